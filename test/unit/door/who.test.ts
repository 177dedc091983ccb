import { doorDesk, told } from '../../support/door'
import type { IdTokens } from '../../../src/ports/id-tokens'

const deploy = { action: 'deploy', service: 'shop', version: 'v2' }
const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'rollcall',
  repository: 'acme/shop',
  repository_id: '456789',
  ref: 'refs/heads/main',
  run_id: '123',
  actor: 'octocat',
  jti: 'token-1',
}
const verified = (value: object = claims): { idTokens: IdTokens } => ({
  idTokens: { verify: async () => ({ ok: true, value: { ...value } }) },
})
const token = 'head.claims.signature'

test('an issuer’s token asks as its machine, and the operation says which run it was', async () => {
  const desk = doorDesk(verified())
  const answer = told(await desk.post(deploy, { token, key: 'k' }))
  expect(answer['requestedBy']).toEqual({
    kind: 'machine',
    id: 'machines.pipeline',
    title: 'GitHub Actions, acme/shop@main, run 123',
    url: 'https://github.com/acme/shop/actions/runs/123',
  })
  const [operation] = await desk.operations()
  expect(operation?.requester.caller?.behind).toBe('U0BOB')
})

test('it is good for one change: sent again under its key yes, for anything else no', async () => {
  const desk = doorDesk(verified())
  const first = told(await desk.post(deploy, { token, key: 'k' }))
  expect(told(await desk.post(deploy, { token, key: 'k' }))['id']).toBe(first['id'])
  expect(told(await desk.post(deploy, { token, key: 'other' }))).toMatchObject({
    status: 401,
    code: 'token_used',
  })
  expect((await desk.get(`/v1/operations/${String(first['id'])}`, { token })).status).toBe(200)
})

test('a genuine token of nobody’s claims, and a problem of the verifier, are told apart', async () => {
  const other = doorDesk(verified({ ...claims, ref: 'refs/pull/1/merge' }))
  expect(told(await other.post(deploy, { token, key: 'k' }))).toMatchObject({
    status: 403,
    code: 'no_machine',
  })
  const away = doorDesk({ idTokens: { verify: async () => ({ ok: false, reason: 'issuer_unreachable' }) } })
  expect(await away.post(deploy, { token, key: 'k' })).toMatchObject({
    status: 503,
    headers: { 'retry-after': '2' },
  })
})

test('without a token, with a wrong one, a long one or an expired one nobody is let in', async () => {
  const desk = doorDesk()
  const none = await desk.get('/v1/services', { headers: { authorization: '' } })
  expect(none).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="rollcall"' } })
  for (const [wrong, code] of [
    ['nonsense', 'bad_token'],
    ['rcr_nonsense', 'bad_token'],
    ['x'.repeat(9_000), 'bad_token'],
    ['token_of_nightly', 'token_expired'],
  ] as const)
    expect(told(await desk.get('/v1/services', { token: wrong }))).toMatchObject({ status: 401, code })
  expect((await desk.get('/v1/services', { token: 'new_token_of_nightly' })).status).toBe(200)
})
