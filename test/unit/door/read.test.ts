import { beginning, nextLine } from '../../../src/domain/record/chain'
import { catalogue as chatCatalogue } from '../../support/gateway-deps'
import { doorDesk, told } from '../../support/door'

const deploy = { action: 'deploy', service: 'web', version: 'v2' }

const asked = async () => {
  const desk = doorDesk()
  const { id, readToken } = told(await desk.post(deploy, { key: 'k' })) as { id: string; readToken: string }
  return { desk, id, readToken, path: `/v1/operations/${id}` }
}

test('an operation has a tag; who knows it hears that nothing has changed', async () => {
  const { desk, path } = await asked()
  const first = await desk.get(path)
  expect(first).toMatchObject({ status: 200, headers: { etag: 'W/"0"' } })
  const second = await desk.get(path, { headers: { 'if-none-match': 'W/"0"' } })
  expect(second).toEqual({ status: 304, headers: { etag: 'W/"0"' } })
})

test('who waits is answered at the next change, and when the time is over that there was none', async () => {
  const { desk, id, path } = await asked()
  const headers = { 'if-none-match': 'W/"0"' }
  const changed = desk.get(`${path}?wait=25`, { headers })
  await desk.time.pass(1_000)
  await desk.write(id, { phase: 'running' })
  await desk.time.pass(200)
  expect(told(await changed)).toMatchObject({ state: 'running', revision: 1 })
  const unchanged = desk.get(`${path}?wait=5`, { headers: { 'if-none-match': 'W/"1"' } })
  await desk.time.pass(5_000)
  expect((await unchanged).status).toBe(304)
})

test('who is gone waits no longer', async () => {
  const { desk, path } = await asked()
  const gone = new AbortController()
  const waiting = desk.get(`${path}?wait=25`, { headers: { 'if-none-match': 'W/"0"' }, gone: gone.signal })
  await desk.time.pass(100)
  gone.abort()
  expect((await waiting).status).toBe(304)
})

test('its own token reads an operation and nothing else, until an hour after its ending', async () => {
  const { desk, id, readToken, path } = await asked()
  const other = told(await desk.post(deploy, { key: 'other' }))['id']
  const reader = { token: readToken }
  expect((await desk.get(path, reader)).status).toBe(200)
  expect((await desk.get(`/v1/operations/${String(other)}`, reader)).status).toBe(403)
  expect((await desk.get('/v1/services', reader)).status).toBe(403)
  expect((await desk.post(deploy, { ...reader, key: 'k' })).status).toBe(403)
  await desk.write(id, { ending: { kind: 'succeeded', at: desk.time.now(), left: [] } })
  expect(told(await desk.get(path, reader))).toMatchObject({ state: 'ended', ending: 'succeeded' })
  await desk.time.pass(3_600_001)
  expect((await desk.get(path, reader)).status).toBe(401)
})

test('an ending says its word and its reason', async () => {
  const { desk, id, path } = await asked()
  const reason = { code: 'approval_declined' as const, facts: { by: 'U0BOB' } }
  await desk.write(id, { ending: { kind: 'failed clean', at: desk.time.now(), reason, left: [] } })
  expect(told(await desk.get(path))).toMatchObject({
    state: 'ended',
    ending: 'failed_clean',
    code: 'approval_declined',
    says: expect.stringContaining(' U0BOB declined it.'),
  })
})

test('people are called what they are called in Slack, once that is known, and are else told by their id', async () => {
  const names = new Map<string, string>()
  const desk = doorDesk({ readers: { of: async () => ({}), nameOf: (user) => names.get(user) } })
  await desk.say('alice', 'lock web incident for 2h')
  const refused = async (key: string) =>
    told(await desk.post({ service: 'web', action: 'deploy', version: 'v2' }, { key }))
  expect(await refused('one')).toMatchObject({
    code: 'locked',
    says: expect.stringMatching(
      /^web is locked by U0ALICE: incident, until \d{4}-\d\d-\d\d \d\d:\d\d Asia\/Seoul\./,
    ),
  })
  names.set('U0ALICE', 'Alice\u202e Kim')
  expect(await refused('two')).toMatchObject({ says: expect.stringContaining('locked by Alice  Kim:') })
})

test('services and history show what the machine may look at', async () => {
  const { desk, id } = await asked()
  expect(told(await desk.get('/v1/services'))).toMatchObject({
    services: [{ name: 'web', code: 'worker_silent' }],
  })
  expect(told(await desk.get('/v1/services', { as: 'nobody' }))).toEqual({ services: [] })
  expect((await desk.get('/v1/services/shop')).status).toBe(403)
  expect(told(await desk.get('/v1/services/wbe'))).toMatchObject({ status: 404, code: 'unknown_service' })
  await desk.write(id, { ending: { kind: 'succeeded', at: 1, left: [] } })
  expect(told(await desk.get('/v1/history'))).toMatchObject({ operations: [{ id }] })
  expect(told(await desk.get('/v1/history', { as: 'nobody' }))).toEqual({ operations: [] })
})

test('history comes in pages that stay where they are', async () => {
  const desk = doorDesk()
  const ids: unknown[] = []
  for (let nth = 0; nth < 5; nth++) {
    const { id } = told(await desk.post(deploy, { key: `k${nth}` }))
    await desk.write(String(id), { ending: { kind: 'succeeded', at: nth, left: [] } })
    ids.unshift(id)
  }
  const idsOf = (page: Readonly<Record<string, unknown>>) =>
    (page['operations'] as readonly { id: string }[]).map(({ id }) => id)
  const first = told(await desk.get('/v1/history?service=web&limit=2'))
  expect(idsOf(first)).toEqual(ids.slice(0, 2))
  const second = told(await desk.get(`/v1/history?limit=2&cursor=${String(first['next'])}`))
  expect(idsOf(second)).toEqual(ids.slice(2, 4))
  const last = told(await desk.get(`/v1/history?limit=2&cursor=${String(second['next'])}`))
  expect([idsOf(last), last['next']]).toEqual([ids.slice(4), undefined])
})

test('what is not there, and what is asked in another way, is told apart', async () => {
  const desk = doorDesk()
  expect(told(await desk.get('/v1/nothing'))['code']).toBe('not_found')
  expect(await desk.send('DELETE', '/v1/operations/web-aaaaa', {})).toMatchObject({
    status: 405,
    headers: { allow: 'GET' },
  })
  expect(told(await desk.get('/v1/operations/web-zzzzz'))).toMatchObject({
    status: 404,
    code: 'unknown_operation',
  })
  expect(told(await desk.get('/v1/history?limit=201'))).toMatchObject({ errors: [{ pointer: '/limit' }] })
})

describe('the record', () => {
  const { line, head } = nextLine(beginning, { at: 1_000, kind: 'catalogue', sha256: '장애' })

  it('is told byte by byte to who may see the history of all services', async () => {
    const asked: object[] = []
    const record = {
      lines: async (range: object) => {
        asked.push(range)
        return [line]
      },
      head: async () => head,
    }
    const desk = doorDesk({ record })
    const catalogue = {
      ...desk.deps.catalogue,
      rules: [
        ...chatCatalogue.rules,
        { service: '*', actions: ['history'] as const, allow: ['machines.ci'] },
      ],
    }
    const auditor = doorDesk({ record, catalogue })
    const answer = await auditor.get('/v1/audit?since=2026-11-01T00:00:00Z&limit=10')
    expect(answer).toMatchObject({ status: 200, body: { lines: [line], head } })
    expect(asked).toEqual([{ since: Date.parse('2026-11-01T00:00:00Z'), most: 10 }])
    expect(told(await desk.get('/v1/audit'))).toMatchObject({ status: 403, code: 'not_allowed' })
    expect((await auditor.get('/v1/audit?since=yesterday')).status).toBe(400)
  })
})
