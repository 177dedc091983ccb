import { factsOf, operationView } from '../../../src/gateway/operation-view/operation-view'
import type { Catalogue } from '../../../src/domain/catalogue/catalogue'
import { alice, newOperation } from '../../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../../support/simulation'
import { reason } from '../../../src/domain/reasons/reason'
import { catalogue as chatCatalogue, frontDesk } from '../../support/gateway-deps'
import { plan } from '../../support/web-deploy'

const catalogue: Catalogue = catalogueOf(webService())
const voice = { language: 'en', timezone: 'Asia/Seoul', now: 0 } as const
const sourcesOf = ({ store, clock }: Simulation) => ({
  catalogue,
  clock: { now: () => clock.now(), real: (span: number) => span },
  journal: store.journal,
  locks: store.locks,
  timers: store.timers,
  people: { groupsOf: async () => [] },
})
const deployed = async (simulation: Simulation, id: string, version: string) => {
  const source = simulation.aws
    .view()
    .instances.find((one) => one.group === 'Web-ASG' && one.state === 'running')
  const request = { procedure: 'deploy', service: 'web', version, from: source?.id ?? '' } as const
  await simulation.start({ ...newOperation(id), request })
  await simulation.untilEnded()
  expect((await simulation.operation(id)).ending).toEqual({
    kind: 'succeeded',
    at: expect.any(Number),
    left: [],
  })
}
const factsIn = async (simulation: Simulation, id: string) =>
  factsOf(sourcesOf(simulation), await simulation.operation(id), voice)

test('the newest deploy offers the way back to what was before it, and no older one does', async () => {
  const simulation = simulate({ catalogue })
  await deployed(simulation, 'web-aaaaa', 'v2')
  expect(await factsIn(simulation, 'web-aaaaa')).toMatchObject({
    rollback: { to: 'v1', expected: expect.any(Number) },
    targetVersion: 2,
  })
  await deployed(simulation, 'web-bbbbb', 'v3')
  expect((await factsIn(simulation, 'web-aaaaa')).rollback).toBeUndefined()
  expect((await factsIn(simulation, 'web-bbbbb')).rollback?.to).toBe('v2')
})

test('a deploy that was gone back from says by which operation and whom, and offers it no more', async () => {
  const simulation = simulate({ catalogue })
  await deployed(simulation, 'web-aaaaa', 'v2')
  const request = { procedure: 'rollback', service: 'web', operation: 'web-aaaaa' } as const
  await simulation.start({ ...newOperation('web-bbbbb'), request })
  await simulation.untilEnded()
  const facts = await factsIn(simulation, 'web-aaaaa')
  expect(facts.rolledBack).toEqual({ operation: 'web-bbbbb', by: alice.user })
  expect(facts.rollback).toBeUndefined()
  expect(
    await operationView(sourcesOf(simulation)).related(await simulation.operation('web-bbbbb')),
  ).toContain('web-aaaaa')
})

test('only the rollback that froze a service offers to let deploys go on, and only while it is frozen', async () => {
  const simulation = simulate({ catalogue })
  await deployed(simulation, 'web-aaaaa', 'v2')
  const request = { procedure: 'rollback', service: 'web' } as const
  await simulation.start({ ...newOperation('web-bbbbb'), request })
  await simulation.untilEnded()
  expect((await factsIn(simulation, 'web-bbbbb')).frozen).toBe(true)
  expect((await factsIn(simulation, 'web-aaaaa')).frozen).toBe(false)
  await simulation.store.locks.clear('web', 'freeze')
  expect((await factsIn(simulation, 'web-bbbbb')).frozen).toBe(false)
})

test('what waits in line says how many are before it, and which', async () => {
  const desk = frontDesk()
  for (const version of ['v2', 'v3', 'v4']) await desk.say('alice', `deploy web ${version}`)
  const ids = (await desk.operations()).map(({ id }) => id)
  for (const id of ids) await desk.write(id, { join: true, phase: 'queued' })
  const line = await desk.journal.queue('web')
  const last = await desk.journal.read(line[2] ?? '')
  if (last === undefined) throw new Error('nothing waits')
  expect((await factsOf(desk.desk, last, voice)).queue).toEqual({ place: 2, behind: line[1] })
})

test('what waits for approval calls the approvers, once for each plan', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy shop v2')
  const [started] = await desk.operations()
  if (started === undefined) throw new Error('nothing was started')
  await desk.write(started.id, { phase: 'approving', plan: { ...plan, service: 'shop' } })
  const operation = await desk.journal.read(started.id)
  if (operation === undefined) throw new Error('it is gone')
  expect((await factsOf(desk.desk, operation, voice)).wait).toMatchObject({ for: 'approval', count: 1 })
  const call = await operationView(desk.desk).mention(operation)
  expect(call?.key).toBe(plan.fingerprint)
  expect(call?.message.text).toContain('<@U0BOB>')
  expect(operation.requester.user).toBe(alice.user)
  // Half of the time over, the worker has them called once more.
  const key = `plan/reminded ${plan.fingerprint}`
  await desk.write(started.id, { step: { key, order: 1, state: 'done', startedAt: 1, endedAt: 1 } })
  const reminded = await desk.journal.read(started.id)
  const again = reminded && (await operationView(desk.desk).mention(reminded))
  expect(again?.key).not.toBe(call?.key)
  expect(again?.message.text).toMatch(/still waits[^]*<@U0BOB>|<@U0BOB>[^]*still waits/)
})

test('whoever confirmed a plan that has changed since is called to the new one, and only then', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy web v2')
  const [started] = await desk.operations()
  if (started === undefined) throw new Error('nothing was started')
  const { id } = started
  const shown = async (fingerprint: string) => {
    await desk.write(id, { phase: 'confirming', plan: { ...plan, confirm: true, fingerprint } })
    const operation = await desk.journal.read(id)
    if (operation === undefined) throw new Error('it is gone')
    const view = operationView(desk.desk)
    return { call: await view.mention(operation), text: (await view.message(operation)).text }
  }
  expect((await shown('plan-1')).call).toBeUndefined()
  await desk.click('alice', 'confirm', { operation: id, fingerprint: 'plan-1' })
  const changed = await shown('plan-2')
  expect(changed.call?.message.text).toMatch(
    /<@U0ALICE>, the plan of [^]* has changed since it was confirmed/,
  )
  expect(changed.text).toContain('has changed since it was confirmed')
  await desk.click('alice', 'confirm', { operation: id, fingerprint: 'plan-2' })
  expect((await shown('plan-2')).call).toBeUndefined()
})

test('whoever asked is told that a window closed meanwhile, and who answers for windows of an override', async () => {
  const desk = frontDesk({
    catalogue: { ...chatCatalogue, override: { by: 'approvers', count: 1, expires: 3_600_000 } },
  })
  await desk.say('alice', 'deploy web v2')
  await desk.say('alice', 'deploy web v3')
  const [overriding, held] = await desk.operations()
  if (!overriding || !held) throw new Error('nothing was started')
  const override = { window: 'year end', why: 'customers cannot pay' }
  await desk.write(overriding.id, { phase: 'running', startedAt: 1, plan: { ...plan, override } })
  const closed = reason('window_closed', {
    service: 'web',
    window: 'year end',
    until: 9,
    names: ['approvers'],
  })
  await desk.write(held.id, { ending: { kind: 'refused', at: 1, reason: closed, left: [] } })
  const view = operationView(desk.desk)
  const shown = async (id: string) => {
    const operation = await desk.journal.read(id)
    if (operation === undefined) throw new Error('it is gone')
    return { called: (await view.mention(operation))?.message.text, ...(await view.message(operation)) }
  }
  const loud = await shown(overriding.id)
  expect(loud.called).toMatch(/<@U0BOB>[^]*OVERRIDES the window year end[^]*customers cannot pay/)
  expect(loud.text).toContain('OVERRIDES the window year end')
  const told = await shown(held.id)
  expect(told.called).toMatch(/<@U0ALICE>[^]*year end/)
  expect(JSON.stringify(told.blocks)).toMatch(/Ask to override[^]*Then, when it opens/)
})
