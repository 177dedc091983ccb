import { generateKeyPair, UnsecuredJWT } from 'jose'
import { oidcTokens } from '../../../src/adapters/oidc/id-tokens'
import { startIssuer } from '../../support/issuer'
import { silentLog } from '../../support/silent-log'

type Issuer = Awaited<ReturnType<typeof startIssuer>>

let issuer: Issuer
beforeAll(async () => {
  issuer = await startIssuer()
})
afterAll(() => issuer.stop())
beforeEach(() => {
  issuer.fail(false)
  issuer.asked.length = 0
})

const verifier = (now = () => Date.now()) =>
  oidcTokens({
    issuers: [{ issuer: issuer.url, audience: 'rollcall' }],
    time: { now, after: () => () => {} },
    log: silentLog,
  })
const seconds = () => Math.floor(Date.now() / 1_000)

test('a sound token gives its claims', async () => {
  const claims = { repository_id: '456789', environment: 'production' }
  expect(await verifier().verify(await issuer.sign(claims))).toMatchObject({
    ok: true,
    value: { ...claims, iss: issuer.url },
  })
})

test.each([
  ['for somebody else', { aud: 'https://github.com/acme' }, 'wrong_audience'],
  ['expired for longer than clocks differ', { exp: seconds() - 90 }, 'token_expired'],
  ['not valid yet', { nbf: seconds() + 300 }, 'token_expired'],
  ['of longer life than a job has', { exp: seconds() + 4_000 }, 'bad_token'],
  ['without an end', { exp: undefined }, 'bad_token'],
  ['of an issuer that the catalogue does not name', { iss: 'https://evil.example' }, 'unknown_issuer'],
])('a token %s is refused', async (_, claims, reason) => {
  expect(await verifier().verify(await issuer.sign(claims))).toEqual({ ok: false, reason })
})

test('clocks may differ by a minute', async () => {
  expect(await verifier().verify(await issuer.sign({ exp: seconds() - 30 }))).toMatchObject({ ok: true })
  expect(await verifier().verify(await issuer.sign({ nbf: seconds() + 30 }))).toMatchObject({ ok: true })
})

test('an issuer that a token names by itself is never asked for keys', async () => {
  const other = await startIssuer()
  expect(await verifier().verify(await other.sign())).toEqual({ ok: false, reason: 'unknown_issuer' })
  expect(other.asked).toEqual([])
  await other.stop()
})

test('what is not signed by the issuer’s own key, or in no way that is taken, is refused', async () => {
  const { privateKey } = await generateKeyPair('RS256')
  const { privateKey: other } = await generateKeyPair('PS256')
  const unsigned = new UnsecuredJWT({ iss: issuer.url, aud: 'rollcall' }).encode()
  const byAnother = await issuer.sign({}, { key: privateKey })
  const inAnotherWay = await issuer.sign({}, { key: other, alg: 'PS256' })
  for (const token of [byAnother, inAnotherWay, unsigned, 'a.b.c', `${'x'.repeat(9_000)}.y.z`])
    expect(await verifier().verify(token)).toEqual({ ok: false, reason: 'bad_token' })
})

test('the keys are kept; a stranger’s key ids do not have them fetched again and again', async () => {
  const tokens = verifier()
  await tokens.verify(await issuer.sign())
  for (let nth = 0; nth < 5; nth++)
    expect(await tokens.verify(await issuer.sign({}, { kid: `stranger-${nth}` }))).toMatchObject({
      ok: false,
    })
  expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/jwks'])
})

test('while the issuer cannot be reached nobody is let in, and it is not asked at each call', async () => {
  let now = Date.now()
  const tokens = verifier(() => now)
  issuer.fail(true)
  const token = await issuer.sign()
  for (let nth = 0; nth < 3; nth++)
    expect(await tokens.verify(token)).toEqual({ ok: false, reason: 'issuer_unreachable' })
  expect(issuer.asked).toHaveLength(1)
  issuer.fail(false)
  now += 6_000
  expect(await tokens.verify(token)).toMatchObject({ ok: true })
})
