import { count, expiry, keys, named, scalar, some, text } from './fields'
import { slackUser } from './slack-ids'

/** Over plain HTTP only on this machine itself, as tests and sandboxes have it. */
const issuer = text(
  'the issuer as its tokens name it, like https://token.actions.githubusercontent.com',
  /^(?:https:\/\/[^\s/?#]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?)(?:\/[^\s?#]*)?$/,
)

/** A machine: who signs for it, or hashes of its tokens. */
export const machineSchema = keys({
  oidc: keys({
    issuer,
    audience: text('up to 255 signs, like rollcall', /^\S{1,255}$/).optional(),
    claims: named(
      'claims of the token, like { repository_id: "456789", environment: production }',
      /^[A-Za-z][\w./:-]{0,127}$/,
      scalar(),
    ),
  }).optional(),
  token: some(
    keys({
      sha256: text('the SHA-256 of the token in 64 hexadecimal digits, in quotes', /^[0-9a-f]{64}$/),
      expires: expiry(),
    }),
  ).optional(),
  owner: slackUser.optional(),
  actors: named(
    "names of the issuer's users, like { octocat: U0ALICE }",
    /^\S{1,128}$/,
    slackUser,
  ).optional(),
  changes: count(1, 100_000).optional(),
})
