import { readCatalogue } from '../../../src/config/catalogue'
import { writeMistakes } from '../../../src/config/mistake'

const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const file = (machine: string, rule = 'allow: machines.ci') => `
defaults: { region: ap-northeast-2, channel: ops }
services:
  web: { group: Web-ASG }
people: { operators: { users: [U0ALICE] } }
machines:
  ci: ${machine}
rules:
  - { service: web, action: deploy, ${rule} }
`
const mistakes = (machine: string, rule?: string): string => {
  const read = readCatalogue(file(machine, rule), 'rollcall.yaml')
  return read.ok ? 'none' : writeMistakes(read.mistakes)
}
const oidc = (claims: string, issuer = 'https://token.actions.githubusercontent.com') =>
  `{ oidc: { issuer: "${issuer}", claims: ${claims} } }`

test('a machine is read, numbers and truth values of claims as their text', () => {
  const read = readCatalogue(
    file(
      `{ oidc: { issuer: https://gitlab.example.com, claims: { project_id: 42, ref: main, ref_protected: true } }, token: { sha256: "${hash}", expires: 2027-06-01 }, owner: U0BOB, actors: { octocat: U0ALICE } }`,
    ),
    'rollcall.yaml',
  )
  if (!read.ok) throw new Error(writeMistakes(read.mistakes))
  expect(read.value.machines?.get('ci')).toEqual({
    name: 'ci',
    oidc: {
      issuer: 'https://gitlab.example.com',
      audience: 'rollcall',
      claims: { project_id: '42', ref: 'main', ref_protected: 'true' },
    },
    tokens: [{ sha256: hash, expires: Date.parse('2027-06-01T23:59:59.999Z') }],
    owner: 'U0BOB',
    actors: { octocat: 'U0ALICE' },
  })
  expect(read.value.rules).toEqual([{ service: 'web', actions: ['deploy'], allow: ['machines.ci'] }])
})

test.each([
  [oidc('{ repository_id: 456789, ref: refs/heads/main }'), 'none'],
  [oidc('{ repository_id: 456789, environment: production }'), 'none'],
  [
    oidc('{ repository_id: 456789 }'),
    'rollcall.yaml:7:72 machines.ci.oidc.claims: no branch, tag or environment is named: every branch and pull request could ask. Allowed: one of ref, environment, branch, tag, build_branch, build_tag, oidc.circleci.com/vcs-ref',
  ],
  [
    oidc('{ ref: refs/heads/main }'),
    "rollcall.yaml:7:72 machines.ci.oidc.claims: no project is named: everybody's could ask. Allowed: one of repository, repository_id, project_path, project_id, pipeline_id, pipeline_slug, oidc.circleci.com/project-id",
  ],
  [
    oidc('{ sub: "repo:acme/web:ref:refs/heads/main", ref: refs/heads/main }'),
    'rollcall.yaml:7:82 machines.ci.oidc.claims.sub: "sub" is never compared: what stands in it changes with the settings of the project. Allowed: single claims, like repository_id and environment',
  ],
  [
    '{ owner: U0BOB }',
    'rollcall.yaml:7:3 machines.ci: nothing says how it proves who it is. Allowed: oidc, token',
  ],
])('%s: %s', (machine, said) => {
  expect(mistakes(machine)).toBe(said)
})

test.each([
  [
    oidc('{ repository: acme/web, ref: main }', 'http://gitlab.example.com'),
    'oidc.issuer: "http://gitlab.example.com" will not do',
  ],
  ['{ token: { sha256: "abc", expires: 2027-06-01 } }', 'token[0].sha256: "abc" will not do'],
  [`{ token: { sha256: "${hash}" } }`, 'token[0].expires: is missing'],
  [`{ token: { sha256: "${hash}", expires: 2027-02-30 } }`, 'token[0].expires: "2027-02-30" will not do'],
  [
    `{ token: [${['a', 'b', 'c'].map((sign) => `{ sha256: "${sign.repeat(64)}", expires: 2027-06-01 }`).join(', ')}] }`,
    'token: 3 tokens are given. Allowed: one, or two',
  ],
])('%s is a mistake', (machine, said) => {
  expect(mistakes(machine)).toContain(said)
})

test('a token of two machines, a rule for a machine that is not there, and one that would have it approve are mistakes', () => {
  const token = `{ token: { sha256: "${hash}", expires: 2027-06-01 } }`
  expect(mistakes(`${token}\n  night: ${token}`)).toContain(
    'machines.night.token: this is a token of "ci" already',
  )
  expect(mistakes(token, 'allow: machines.cd')).toContain(
    'rules[0].allow: there is no machine "machines.cd" (did you mean "machines.ci"?)',
  )
  const approving = file(token).replace('action: deploy', 'action: approve')
  const read = readCatalogue(approving, 'rollcall.yaml')
  expect(read.ok ? '' : writeMistakes(read.mistakes)).toContain('can approve nothing: a machine never does')
  expect(mistakes(token, 'allow: operators, approval: { by: machines.ci }')).toContain(
    'there is no group of people',
  )
})
