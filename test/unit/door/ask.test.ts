import { StoreUnavailable } from '../../../src/ports/failure'
import { doorDesk, told } from '../../support/door'
import { memoryApiRecords } from '../../support/memory-api-records'
import { plan } from '../../support/web-deploy'

const deploy = { action: 'deploy', service: 'web', version: 'v2', reason: 'release' }
const key = 'wish-1'

test('a call is recorded and answered with its operation, as a line of chat would be', async () => {
  const desk = doorDesk()
  const answer = await desk.post(deploy, { key })
  const [operation] = await desk.operations()
  expect(operation).toMatchObject({
    request: { procedure: 'deploy', service: 'web', version: 'v2' },
    requester: { user: 'machines.ci', caller: { behind: 'U0BOB' } },
    why: 'release',
  })
  expect(desk.woken).toEqual([operation?.id])
  expect(answer).toMatchObject({ status: 202, headers: { location: `/v1/operations/${operation?.id}` } })
  expect(told(answer)).toMatchObject({
    id: operation?.id,
    state: 'planning',
    action: 'deploy',
    requestedBy: { kind: 'machine', id: 'machines.ci' },
    readToken: expect.stringMatching(/^rcr_[\w-]{43}$/),
  })
})

test('sent again under its key it is the same operation, also in quotes; under another key it is another', async () => {
  const desk = doorDesk()
  const first = told(await desk.post(deploy, { key }))
  expect(told(await desk.post(deploy, { key: `"${key}"` }))['id']).toBe(first['id'])
  expect(await desk.operations()).toHaveLength(1)
  expect(told(await desk.post(deploy, { key: 'wish-2' }))['id']).not.toBe(first['id'])
})

test('something else under the same key is refused, and nothing is done', async () => {
  const desk = doorDesk()
  await desk.post(deploy, { key })
  const answer = await desk.post({ ...deploy, version: 'v3' }, { key })
  expect(answer.status).toBe(422)
  expect(told(answer)['code']).toBe('key_reused')
  expect(await desk.operations()).toHaveLength(1)
})

test('a key is of its machine: another one’s is another', async () => {
  const desk = doorDesk()
  await desk.post(deploy, { key })
  expect((await desk.post(deploy, { key, as: 'nobody' })).status).toBe(403)
})

test('while the first is answered, the second is told to come again', async () => {
  const desk = doorDesk()
  const create = desk.journal.create
  let recorded = (): void => {}
  desk.journal.create = async (...all) => {
    await new Promise<void>((resolve) => {
      recorded = resolve
    })
    return create(...all)
  }
  const first = desk.post(deploy, { key })
  const second = await desk.post(deploy, { key })
  expect(second).toMatchObject({ status: 409, headers: { 'retry-after': '1' } })
  recorded()
  expect((await first).status).toBe(202)
})

test('killed between recording and answering, the same call finds what was recorded', async () => {
  const desk = doorDesk()
  const { apiRecords } = desk.deps
  const finish = apiRecords.finish
  // The process dies after the journal has it: nothing is remembered of the call but that it was begun, and that ends.
  apiRecords.finish = () => Promise.reject(new StoreUnavailable('dead'))
  const read = desk.journal.read
  desk.journal.read = () => Promise.reject(new StoreUnavailable('dead'))
  expect(await desk.post(deploy, { key })).toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
  apiRecords.finish = finish
  desk.journal.read = read
  expect((await desk.post(deploy, { key })).status).toBe(202)
  expect(await desk.operations()).toHaveLength(1)
})

test('with Redis down nothing is started, and it is said when to come again', async () => {
  const desk = doorDesk()
  desk.journal.create = () => Promise.reject(new StoreUnavailable('down'))
  const answer = await desk.post(deploy, { key })
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
  expect(told(answer)['code']).toBe('store_unavailable')
})

test('a refusal is chat’s own, in the language that is asked for', async () => {
  const desk = doorDesk()
  const shop = { ...deploy, service: 'shop' }
  const english = await desk.post(shop, { key })
  expect(english.status).toBe(403)
  expect(english.headers['content-type']).toBe('application/problem+json')
  expect(told(english)).toMatchObject({
    code: 'not_allowed',
    status: 403,
    instance: '/v1/operations',
    says: expect.stringMatching(/^You are not allowed to run deploy on shop\. /),
  })
  const korean = await desk.post(shop, { key, headers: { 'accept-language': 'ko-KR, en;q=0.5' } })
  expect(told(korean)['says']).toMatch(/권한이 없습니다/)
})

test('a refused call may be sent again: what was in the way may be gone', async () => {
  const desk = doorDesk()
  await desk.say('alice', 'lock web "incident"')
  expect(told(await desk.post(deploy, { key }))).toMatchObject({ status: 409, code: 'locked' })
  await desk.say('alice', 'unlock web')
  expect((await desk.post(deploy, { key })).status).toBe(202)
})

test.each([
  [{ ...deploy, version: undefined }, '/version', 'invalid_request'],
  [{ ...deploy, colour: 'red' }, '/colour', 'invalid_request'],
  [{ ...deploy, action: 'approve' }, '/action', 'invalid_request'],
  [{ ...deploy, strategy: 'hope' }, '/strategy', 'bad_value'],
  [{ ...deploy, service: 'wen' }, '/service', 'unknown_service'],
  [{ action: 'lock', service: 'web' }, '/reason', 'missing_argument'],
  [{ action: 'scale', service: 'web' }, '/desired', 'missing_argument'],
  [{ action: 'schedule', service: 'web', when: 'tomorrow 8pm for 3h' }, '/desired', 'missing_argument'],
])('%j is answered with the field that is wrong', async (body, pointer, code) => {
  const answer = await doorDesk().post(body, { key })
  expect(answer.status).toBe(400)
  expect(told(answer)).toMatchObject({ code, errors: [{ pointer, detail: expect.any(String) }] })
})

test('what is no JSON, or has no key, is answered kindly and does nothing', async () => {
  const desk = doorDesk()
  expect(told(await desk.post('{', { key }))['code']).toBe('not_json')
  expect(told(await desk.post(deploy))['code']).toBe('key_missing')
  expect(told(await desk.post(deploy, { key: '열쇠' }))['code']).toBe('key_invalid')
  expect(told(await desk.post(deploy, { key, headers: { 'content-type': 'text/plain' } }))['status']).toBe(
    415,
  )
  expect(await desk.operations()).toHaveLength(0)
})

test('a dry run shows the plan, needs no key and records nothing', async () => {
  const desk = doorDesk()
  desk.answers.plan = async () => ({ ok: true, value: plan })
  const answer = await desk.post({ ...deploy, dryRun: true })
  expect(answer.status).toBe(200)
  expect(told(answer)).toMatchObject({ dryRun: true, fingerprint: plan.fingerprint, calls: plan.calls })
  expect(await desk.operations()).toHaveLength(0)
})

test('without a worker a dry run is no success', async () => {
  expect(told(await doorDesk().post({ ...deploy, dryRun: true }))).toMatchObject({
    status: 503,
    code: 'worker_silent',
  })
})

test('cancel, lock and unlock do what chat does, once for each key', async () => {
  const desk = doorDesk()
  const { id } = told(await desk.post(deploy, { key }))
  const cancelled = await desk.post({ action: 'cancel', operation: id }, { key: 'c' })
  expect(cancelled).toMatchObject({ status: 202, headers: { location: `/v1/operations/${String(id)}` } })
  await desk.post({ action: 'cancel', operation: id }, { key: 'c' })
  expect((await desk.operations())[0]?.signals.map(({ kind }) => kind)).toEqual(['cancel'])

  const lock = { action: 'lock', service: 'web', reason: 'incident', for: '2h' }
  const locked = await desk.post(lock, { key: 'l' })
  expect(locked.status).toBe(200)
  expect(told(locked)['says']).toMatch(/web: locked by machines\.ci · incident/)
  expect(await desk.post(lock, { key: 'l' })).toEqual(locked)
  expect((await desk.locks.of('web')).map(({ by }) => by.user)).toEqual(['machines.ci'])
  expect((await desk.post({ action: 'unlock', service: 'web' }, { key: 'u' })).status).toBe(200)
  expect(await desk.locks.of('web')).toEqual([])
})

test('of changes a machine begins so many in an hour; what repeats, looks or was refused counts none', async () => {
  const desk = doorDesk()
  const wish = (call: number) => desk.post({ ...deploy, version: `v${call}` }, { key: `key ${call}` })
  for (let call = 1; call <= 60; call++) {
    // What is refused, and what is sent again.
    expect((await desk.post({ ...deploy, service: 'shop' }, { key: `no ${call}` })).status).toBe(403)
    expect((await wish(call)).status).toBe(202)
    expect((await wish(1)).status).toBe(202)
  }
  const over = await wish(61)
  expect(over).toMatchObject({ status: 429, headers: { 'retry-after': '3600' } })
  expect(told(over)).toMatchObject({
    code: 'too_many_changes',
    says: expect.stringMatching(/60 changes.*rollcall\.yaml/),
  })
  expect((await wish(60)).status).toBe(202)
  expect((await desk.get('/v1/services/web')).status).toBe(200)
  // What goes back, stops or holds is what one needs now.
  const lock = { action: 'lock', service: 'web', reason: 'a pipeline ran wild' }
  expect((await desk.post(lock, { key: 'lock' })).status).toBe(200)
  expect((await desk.post({ action: 'rollback', service: 'web' }, { key: 'back' })).status).toBe(202)
  expect((await desk.post({ action: 'cancel', service: 'web' }, { key: 'stop' })).status).toBe(202)
})

test('the catalogue says how many changes a machine may ask for', async () => {
  const desk = doorDesk()
  const machines = new Map(desk.deps.catalogue.machines)
  const ci = machines.get('ci')
  if (ci) machines.set('ci', { ...ci, changesPerHour: 1 })
  const few = doorDesk({ catalogue: { ...desk.deps.catalogue, machines } })
  expect((await few.post(deploy, { key: 'one' })).status).toBe(202)
  expect((await few.post(deploy, { key: 'two' })).status).toBe(429)
})

test('a key that the journal alone remembers is refused for another wish', async () => {
  const desk = doorDesk()
  await desk.post(deploy, { key })
  const forgetful = doorDesk({ ...desk.deps, apiRecords: memoryApiRecords() })
  expect(told(await forgetful.post({ ...deploy, version: 'v9' }, { key }))).toMatchObject({
    status: 422,
    code: 'key_reused',
  })
  expect((await forgetful.post(deploy, { key })).status).toBe(202)
  expect(await desk.operations()).toHaveLength(1)
})

test('too many calls of one machine are told when to come again; others are not concerned', async () => {
  const desk = doorDesk()
  const answers = []
  for (let call = 0; call <= 3_000; call++) answers.push(await desk.post('{}', { as: 'nobody' }))
  expect(answers.at(-2)?.status).toBe(400)
  expect(answers.at(-1)).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
  expect((await desk.post(deploy, { key })).status).toBe(202)
})
