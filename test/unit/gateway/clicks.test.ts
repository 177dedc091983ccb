import { catalogue, frontDesk, type Name, texts } from '../../support/gateway-deps'
import { plan } from '../../support/web-deploy'

type Desk = ReturnType<typeof frontDesk>

const started = async (desk: Desk, line: string): Promise<string> => {
  await desk.say('alice', line)
  const operation = (await desk.operations()).find(({ phase }) => phase === 'planning')
  if (operation === undefined) throw new Error('nothing was started')
  return operation.id
}
const approving = async (desk: Desk): Promise<string> => {
  const id = await started(desk, 'deploy shop v2')
  await desk.write(id, { phase: 'approving', plan: { ...plan, service: 'shop' } })
  return id
}
const signals = async (desk: Desk, id: string) =>
  (await desk.journal.read(id))?.signals.map(({ kind, by }) => `${kind} by ${by.user}`)
const { fingerprint } = plan

test('an approver approves what was shown, once, however often it is clicked', async () => {
  const desk = frontDesk()
  const id = await approving(desk)
  const answered = await desk.click('bob', 'approve', { operation: id, fingerprint })
  await desk.click('bob', 'approve', { operation: id, fingerprint })
  expect(await signals(desk, id)).toEqual(['approve by U0BOB'])
  expect(answered.acks).toHaveLength(1)
  expect(desk.woken.filter((one) => one === id).length).toBeGreaterThanOrEqual(2)
})

test.each<[string, Name, string]>([
  ['by its requester', 'alice', fingerprint],
  ['by somebody else', 'mallory', fingerprint],
  ['of a plan that has changed since', 'bob', 'another'],
])('an approval %s does not count and is explained', async (_, name, shown) => {
  const desk = frontDesk()
  const id = await approving(desk)
  const answered = await desk.click(name, 'approve', { operation: id, fingerprint: shown })
  expect(await signals(desk, id)).toEqual([])
  expect(texts(answered)).not.toBe('')
})

test('an approval that is typed is of the newest plan', async () => {
  const desk = frontDesk()
  const id = await approving(desk)
  await desk.say('bob', `approve ${id}`)
  expect((await desk.journal.read(id))?.signals).toEqual([
    expect.objectContaining({ kind: 'approve', fingerprint }),
  ])
})

test('only the requester confirms a plan', async () => {
  const desk = frontDesk()
  const id = await started(desk, 'deploy web v2')
  await desk.write(id, { phase: 'confirming', plan })
  await desk.click('bob', 'confirm', { operation: id, fingerprint })
  expect(await signals(desk, id)).toEqual([])
  await desk.click('alice', 'confirm', { operation: id, fingerprint })
  expect(await signals(desk, id)).toEqual(['confirm by U0ALICE'])
})

test('a teardown is not confirmed by a click', async () => {
  const desk = frontDesk()
  const id = await started(desk, 'teardown web')
  await desk.write(id, { phase: 'confirming', plan })
  const answered = await desk.click('alice', 'confirm', { operation: id, fingerprint })
  expect(texts(answered)).toContain('typed')
  expect(await signals(desk, id)).toEqual([])
})

test('a stale button is answered kindly and changes nothing', async () => {
  const desk = frontDesk()
  const id = await started(desk, 'deploy web v2')
  await desk.write(id, { ending: { kind: 'succeeded', at: 1, left: [] } })
  const answered = await desk.click('alice', 'cancel', { operation: id })
  expect(texts(answered)).toContain(id)
  expect(await signals(desk, id)).toEqual([])
})

test('a cancel counts once, and again after somebody went on', async () => {
  const desk = frontDesk()
  const id = await started(desk, 'deploy web v2')
  await desk.write(id, { phase: 'running', startedAt: 1 })
  await desk.click('alice', 'cancel', { operation: id })
  await desk.click('alice', 'cancel', { operation: id })
  await desk.write(id, { phase: 'held' })
  await desk.click('alice', 'go_on', { operation: id })
  await desk.click('alice', 'go_back', { operation: id })
  await desk.write(id, { phase: 'running' })
  await desk.click('alice', 'cancel', { operation: id })
  expect(await signals(desk, id)).toEqual(['cancel by U0ALICE', 'go on by U0ALICE', 'cancel by U0ALICE'])
})

test('who may not is refused at the click, whatever the button promised', async () => {
  const desk = frontDesk()
  const id = await started(desk, 'deploy web v2')
  await desk.write(id, { phase: 'running', startedAt: 1 })
  for (const verb of ['cancel', 'rollback', 'unlock'])
    await desk.click('mallory', verb, { operation: id, service: 'web' })
  expect(await signals(desk, id)).toEqual([])
  expect(await desk.operations()).toHaveLength(1)
})

test('two clicks on a rollback button, by whoever, start one rollback', async () => {
  const desk = frontDesk()
  const id = await started(desk, 'deploy web v2')
  await desk.write(id, { ending: { kind: 'succeeded', at: 1, left: [] } })
  const [first, second] = await Promise.all([
    desk.click('alice', 'rollback', { operation: id, service: 'web' }),
    desk.click('alice', 'rollback', { operation: id, service: 'web' }),
  ])
  const rollbacks = (await desk.operations()).filter(({ request }) => request.procedure === 'rollback')
  expect(rollbacks).toHaveLength(1)
  expect(rollbacks[0]?.request).toEqual({ procedure: 'rollback', service: 'web', operation: id })
  for (const answered of [first, second]) expect(texts(answered)).toContain(rollbacks[0]?.id)
})

test('a rollback that came to nothing may be asked for again by the same button', async () => {
  const desk = frontDesk()
  const id = await started(desk, 'deploy web v2')
  await desk.write(id, { ending: { kind: 'succeeded', at: 1, left: [] } })
  await desk.click('alice', 'rollback', { operation: id })
  const [rollback] = (await desk.operations()).filter(({ request }) => request.procedure === 'rollback')
  if (rollback === undefined) throw new Error('no rollback')
  await desk.write(rollback.id, { ending: { kind: 'failed clean', at: 2, left: [] } })
  await desk.click('alice', 'rollback', { operation: id })
  await desk.click('alice', 'rollback', { operation: id })
  const all = (await desk.operations()).filter(({ request }) => request.procedure === 'rollback')
  expect(all).toHaveLength(2)
})

test('the button of a rollback’s message lets deploys go on, and leaves a person’s lock alone', async () => {
  const refreshed: string[] = []
  const desk = frontDesk({ refreshMessage: (id) => refreshed.push(id) })
  const by = { user: 'U0ALICE', team: 'T0' }
  await desk.locks.set({ kind: 'freeze', service: 'web', why: 'back', by, since: 1, operation: 'web-aaaaa' })
  await desk.locks.set({ kind: 'lock', service: 'web', why: 'incident', by, since: 1 })
  await desk.click('alice', 'unlock', { service: 'web', operation: 'web-aaaaa' })
  expect((await desk.locks.of('web')).map(({ kind }) => kind)).toEqual(['lock'])
  expect(refreshed).toEqual(['web-aaaaa'])
})

describe('a lock that two people reach for at once', () => {
  const both = { people: new Map([['operators', { users: ['U0ALICE', 'U0BOB'], groups: [] }]]) }
  const twoOperators = () => frontDesk({ catalogue: { ...catalogue, ...both } })

  test('is the first one’s, and the other is told whose', async () => {
    const desk = twoOperators()
    const answers = await Promise.all([
      desk.say('alice', 'lock web "incident 42"'),
      desk.say('bob', 'lock web "christmas"'),
    ])
    const [held, ...more] = await desk.locks.of('web')
    expect(more).toEqual([])
    const loser = held?.by.user === 'U0ALICE' ? answers[1] : answers[0]
    expect(texts(loser)).toContain(`is locked by <@${held?.by.user}>`)
    expect(texts(loser)).toContain(held?.why)
  })

  test('is not cleared by the button of an older one', async () => {
    const desk = twoOperators()
    await desk.say('alice', 'lock web "incident 42"')
    const [first] = await desk.locks.of('web')
    await desk.say('alice', 'unlock web')
    await desk.time.pass(60_000)
    await desk.say('bob', 'lock web "christmas"')
    for (const value of [{ service: 'web', since: String(first?.since) }, { service: 'web' }]) {
      const answered = await desk.click('alice', 'unlock', value)
      expect(texts(answered)).toContain('That button is of a lock that is over')
      expect((await desk.locks.of('web')).map(({ why }) => why)).toEqual(['christmas'])
    }
    const [second] = await desk.locks.of('web')
    await desk.click('alice', 'unlock', { service: 'web', since: String(second?.since) })
    expect(await desk.locks.of('web')).toEqual([])
  })

  test('nor is the freeze of a later rollback by the message of an earlier one', async () => {
    const desk = twoOperators()
    const by = { user: 'U0BOB', team: 'T0' }
    await desk.locks.set({ kind: 'freeze', service: 'web', why: '', by, since: 2, operation: 'web-bbbbb' })
    await desk.click('alice', 'unlock', { service: 'web', operation: 'web-aaaaa' })
    expect(await desk.locks.of('web')).toHaveLength(1)
  })
})

describe('an operation that was stopped twice', () => {
  const by = { user: 'U0ALICE', team: 'T0' }
  const stopped = async () => {
    const desk = frontDesk()
    const id = await started(desk, 'deploy web v2')
    await desk.write(id, { phase: 'held', plan })
    for (const [kind, at] of [
      ['cancel', 1],
      ['go on', 2],
      ['cancel', 3],
    ] as const)
      await desk.journal.signal(id, { id: `${kind}:${at}`, kind, by, at })
    return { desk, id, said: async () => ((await signals(desk, id)) ?? []).slice(3) }
  }

  test('takes no answer to its first question for one to its second', async () => {
    const { desk, id, said } = await stopped()
    await desk.click('alice', 'go_on', { operation: id, asked: '1' })
    expect(await said()).toEqual([])
    await desk.click('alice', 'go_on', { operation: id, asked: '2' })
    expect(await said()).toEqual(['go on by U0ALICE'])
  })

  test('has one answer, and tells the other person that theirs was not it', async () => {
    const { desk, id, said } = await stopped()
    const answer = { operation: id, asked: '2' }
    await desk.click('alice', 'go_back', answer)
    const other = await desk.click('alice', 'go_on', answer)
    expect(await said()).toEqual(['go back by U0ALICE'])
    expect(texts(other)).not.toMatch(/goes on|recorded/)
  })
})

test('a button that runs a line runs it once, and its message gives way to what came of it', async () => {
  const desk = frontDesk()
  const where = { message: { ts: '7.0', ephemeral: true } }
  const first = await desk.click('alice', 'run_command', { line: 'deploy web v2' }, where)
  await desk.click('alice', 'run_command', { line: 'deploy web v2' }, where)
  expect(await desk.operations()).toHaveLength(1)
  expect(first.told).toEqual([{ message: expect.anything(), instead: true }])
})

test('a button that runs a line asks for permission like the line itself', async () => {
  const desk = frontDesk()
  await desk.click('mallory', 'run_command', { line: 'deploy web v2' })
  expect(await desk.operations()).toEqual([])
})

test.each([
  ['nothing', ''],
  ['no JSON', '}{'],
  ['another shape', '[1]'],
  ['an operation that is no text', '{"operation":{"$ne":1}}'],
])('a button whose value is %s is acknowledged and does nothing', async (_, value) => {
  const desk = frontDesk()
  const answered = await desk.click('alice', 'rollback', {}, { value })
  expect(answered.acks).toEqual([undefined])
  expect(await desk.operations()).toEqual([])
})
