import type { Catalogue } from '../../src/domain/catalogue/catalogue'
import type { NewOperation } from '../../src/domain/operation/operation'
import type { ChangeWindow } from '../../src/domain/windows/change-window'
import { hour, minute } from '../../src/domain/time/time'
import { confirmPlans } from '../support/confirm-plans'
import { alice, bob, newOperation } from '../support/operations'
import { catalogueOf, simulate, webService } from '../support/simulation'
import { imageByHand } from '../support/templates'

/** A simulation begins at 10:00 on Monday, 2 March 2026, in Seoul. */
const begin = Date.parse('2026-03-02T01:00:00Z')
const between = (from: number, until: number, name = 'quarter end'): ChangeWindow => ({
  name,
  services: ['*'],
  except: [],
  why: 'books are closed',
  timezone: 'Asia/Seoul',
  times: { kind: 'once', from: begin + from, until: begin + until },
})
const catalogue = (windows: readonly ChangeWindow[], more: Partial<Catalogue> = {}): Catalogue => ({
  ...catalogueOf(webService()),
  people: new Map([
    ['operators', { users: [alice.user], groups: [] }],
    ['approvers', { users: [bob.user], groups: [] }],
  ]),
  override: { by: 'approvers', count: 1, expires: hour },
  windows,
  ...more,
})
const deploy = (more: Partial<NewOperation> = {}): NewOperation => ({ ...newOperation('web-aaaaa'), ...more })
const request = {
  out: { procedure: 'scale', service: 'web', desired: 4 },
  in: { procedure: 'scale', service: 'web', desired: 2, max: 3 },
} as const

/** Something that is under way, so that people are heard between its ticks. */
const scaleOut = { ...newOperation('web-zzzzz'), request: request.out }

test('a closed window holds what goes forward and lets pass what does not', async () => {
  const simulation = simulate({ catalogue: catalogue([between(-hour, 10 * hour)]) })
  const ids = ['web-aaaaa', 'web-bbbbb', 'web-ccccc', 'web-ddddd'] as const
  await simulation.start(deploy())
  await simulation.start({ ...newOperation(ids[1]), request: request.in })
  await simulation.start({ ...newOperation(ids[2]), request: request.out })
  await simulation.start({ ...newOperation(ids[3]), request: { procedure: 'prune', service: 'web' } })
  await simulation.untilEnded()
  const endings = await Promise.all(ids.map(async (id) => (await simulation.operation(id)).ending))
  expect(endings.map((ending) => ending?.reason?.code ?? ending?.kind)).toEqual([
    'window_closed',
    'window_closed',
    'succeeded',
    expect.stringMatching(/window_closed|nothing_to_do|nothing_to_prune/),
  ])
  expect(endings[0]?.reason?.facts).toMatchObject({
    window: 'quarter end',
    until: begin + 10 * hour,
    names: ['approvers'],
  })
})

test('what is under way when a window closes goes on, and a plan that would run into one says so', async () => {
  const shown: unknown[] = []
  const simulation = simulate({
    catalogue: catalogue([between(9 * minute, 10 * hour)]),
    meanwhile: async (running) => {
      const { phase, plan } = await running.operation('web-aaaaa')
      if (phase === 'confirming') shown.push(...(plan?.warnings ?? []))
      await confirmPlans(running)
    },
  })
  await simulation.start(scaleOut)
  await simulation.start(deploy())
  await simulation.untilEnded()
  const warned = { code: 'runs_into_window', facts: expect.objectContaining({ at: begin + 9 * minute }) }
  expect(shown).toContainEqual(warned)
  const { ending, startedAt } = await simulation.operation('web-aaaaa')
  expect(ending?.kind).toBe('succeeded')
  expect(startedAt).toBeLessThan(begin + 9 * minute)
  expect(ending?.at).toBeGreaterThan(begin + 9 * minute)
})

test('what waited in line is looked at again at its start', async () => {
  const phases = new Set<string>()
  const simulation = simulate({
    catalogue: catalogue([between(minute, 10 * hour)]),
    meanwhile: async (running) => {
      phases.add((await running.operation('web-aaaaa')).phase)
      await confirmPlans(running)
    },
  })
  await simulation.start(scaleOut)
  await simulation.start(deploy())
  await simulation.untilEnded()
  expect([...phases]).toContain('queued')
  const { ending, startedAt } = await simulation.operation('web-aaaaa')
  expect(ending).toMatchObject({ kind: 'refused', reason: { code: 'window_closed' } })
  expect(startedAt).toBeUndefined()
})

test('an override wants somebody else, whose word is bound to the plan that says so', async () => {
  const agreed: string[] = []
  const simulation = simulate({
    catalogue: catalogue([between(-hour, 10 * hour)]),
    meanwhile: async (running) => {
      const { phase, plan } = await running.operation('web-aaaaa')
      if (phase !== 'approving' || !plan) return
      const by = agreed.length === 0 ? alice : bob
      agreed.push(`${by.user} ${plan.override?.window}`)
      const { fingerprint } = plan
      await running.signal('web-aaaaa', { id: by.user, kind: 'approve', by, fingerprint })
    },
  })
  await simulation.start(scaleOut)
  await simulation.start(deploy({ atWindow: { override: 'customers cannot pay' } }))
  await simulation.untilEnded()
  expect(agreed.slice(0, 2)).toEqual(['U0ALICE quarter end', 'U0BOB quarter end'])
  const { ending, plan, steps } = await simulation.operation('web-aaaaa')
  expect(ending?.kind).toBe('succeeded')
  expect(steps.find(({ key }) => key === 'plan/passed')?.outcome).toMatchObject({
    approvals: [{ by: 'approvers', count: 1, given: ['U0BOB'] }],
    override: { window: 'quarter end', alone: false },
  })
  expect(plan?.override).toEqual({
    window: 'quarter end',
    until: begin + 10 * hour,
    why: 'customers cannot pay',
  })
})

test('whoever has the right overrides alone; nobody does where the file names nobody', async () => {
  const rules = [
    { service: '*', actions: ['*' as const], allow: ['operators'] },
    { service: 'web', actions: ['override' as const], allow: ['operators'] },
  ]
  const windows = [between(-hour, 10 * hour)]
  const run = async (of: Catalogue) => {
    const simulation = simulate({ catalogue: of })
    await simulation.start(deploy({ atWindow: { override: 'customers cannot pay' } }))
    await simulation.untilEnded()
    const { ending, plan, steps } = await simulation.operation('web-aaaaa')
    const passed = steps.find(({ key }) => key === 'plan/passed')?.outcome
    if (passed) expect(passed).toMatchObject({ approvals: [], override: { alone: true } })
    return [ending?.reason?.code ?? ending?.kind, plan?.override?.why]
  }
  expect(await run(catalogue(windows, { rules }))).toEqual(['succeeded', 'customers cannot pay'])
  const { override: _, ...nobody } = catalogue(windows)
  expect(await run(nobody)).toEqual(['override_not_allowed', 'customers cannot pay'])
})

test('what waits for a window holds up nobody, and starts by itself when it opens', async () => {
  const simulation = simulate({ catalogue: catalogue([between(-hour, 5 * hour)]) })
  await simulation.start(deploy({ atWindow: { waits: true } }))
  await simulation.start({ ...newOperation('web-bbbbb'), request: request.out })
  await simulation.untilOver('web-bbbbb')
  expect((await simulation.operation('web-bbbbb')).ending?.kind).toBe('succeeded')
  expect((await simulation.operation('web-aaaaa')).phase).toBe('queued')
  await simulation.untilEnded()
  const { ending, startedAt = 0 } = await simulation.operation('web-aaaaa')
  expect(ending?.kind).toBe('succeeded')
  expect(startedAt - (begin + 5 * hour)).toBeLessThan(2 * minute)
  expect(startedAt).toBeGreaterThanOrEqual(begin + 5 * hour)
})

test('whoever is asked about what waited for a window has all their time from its opening on', async () => {
  const rules = [
    { service: '*', actions: ['*' as const], allow: ['operators'] },
    {
      service: '*',
      actions: ['deploy' as const],
      allow: ['operators'],
      approval: { by: 'approvers', count: 1, expires: hour },
    },
  ]
  const simulation = simulate({ catalogue: catalogue([between(-hour, 2 * hour)], { rules }) })
  await simulation.start(deploy({ atWindow: { waits: true } }))
  await simulation.untilEnded()
  const { ending, steps } = await simulation.operation('web-aaaaa')
  expect(ending?.reason).toMatchObject({ code: 'approval_expired', facts: { until: begin + 3 * hour } })
  expect(steps.find(({ key }) => key === 'plan/window')).toMatchObject({
    state: 'done',
    endedAt: begin + 2 * hour,
  })
  // Once, at half of their time.
  expect(steps.filter(({ key }) => key.startsWith('plan/reminded'))).toMatchObject([
    { startedAt: begin + 2.5 * hour },
  ])
})

test('the nightly update leaves a closed night out, says so once, and comes again the next night', async () => {
  const day = 24 * hour
  const tag = { Name: 'web-server' }
  const service = webService({
    image: {
      name: 'Web Server {version}',
      from: { tag: { Name: 'ASG-Web-Instance' } },
      newest: { name: 'AWSBackup_*', tag, daily: '02:00' },
    },
  })
  const simulation = simulate({
    catalogue: { ...catalogueOf(service), windows: [between(0, 2 * day + hour)] },
  })
  await simulation.begin()
  const history = async () =>
    (await simulation.store.journal.history('web', 9)).map(
      ({ ending }) => ending?.reason?.code ?? ending?.kind,
    )
  imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
  await simulation.pass(day)
  expect(await history()).toEqual(['window_closed'])
  await simulation.pass(day)
  // It opens at 11:00 of that day, and nothing happens until the night.
  await simulation.pass(4 * hour)
  expect(await history()).toEqual(['window_closed'])
  await simulation.pass(day)
  expect(await history()).toEqual(['succeeded', 'window_closed'])
})
