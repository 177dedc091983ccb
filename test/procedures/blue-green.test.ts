import {
  runToEnd,
  call,
  colorOf,
  deployShop,
  finishShop,
  simulateShop,
  rollBackShop,
  scheduleOn,
  swapShop,
} from '../support/shop'
import type { Simulation } from '../support/simulation'
import type { Operation } from '../../src/domain/operation/operation'

/** The steps by name; a plan's key carries its fingerprint. */
const keys = (operation: Operation) =>
  operation.steps.map((step) => step.key).filter((key) => !key.startsWith('plan/'))

const minutes = 60_000
const idle = { min: 0, desired: 0, max: 8, suspended: [], policies: [], actions: [] }
const live = {
  min: 2,
  desired: 4,
  max: 8,
  suspended: [],
  policies: ['cpu-50'],
  actions: [],
  states: { InService: 4 },
}

/** Both colors as the seed made them; what was in green is leaving or gone. */
const asSeeded = (simulation: Simulation) => {
  expect(colorOf(simulation, 'shop-blue')).toEqual({ ...live, version: 'v1' })
  const { states, ...green } = colorOf(simulation, 'shop-green')
  expect(green).toEqual({ ...idle, version: 'v1' })
  expect(Object.keys(states).filter((state) => !state.startsWith('Terminating'))).toEqual([])
  expect(simulation.violations).toEqual([])
}

/** Does something once, as soon as a step of an operation is there. */
const once = (key: RegExp, act: (simulation: Simulation) => Promise<void> | void) => {
  let done = false
  return async (simulation: Simulation) => {
    if (done) return
    for (const id of await simulation.store.journal.unfinished()) {
      if (!(await simulation.operation(id)).steps.some((step) => key.test(step.key))) continue
      done = true
      await act(simulation)
    }
  }
}

test('a deploy moves everything to the other color and keeps the old one warm', async () => {
  const simulation = simulateShop()
  const done = await runToEnd(simulation, deployShop())
  expect(done.ending).toEqual({ kind: 'succeeded', at: expect.any(Number), left: [] })
  expect(colorOf(simulation, 'shop-green')).toEqual({ ...live, version: 'v2' })
  expect(colorOf(simulation, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: { Standby: 4 } })
  expect(simulation.violations).toEqual([])
  expect(keys(done)).toMatchSnapshot()
  const instances = simulation.aws.view().instances.filter(({ group }) => group === 'shop-green')
  expect(instances.map(({ tags }) => tags['docker:image:version'])).toEqual(['v2', 'v2', 'v2', 'v2'])
  const [window] = await simulation.store.timers.of('shop')
  expect(window).toMatchObject({ id: 'finish shop', request: { procedure: 'finish', operation: done.id } })
  expect((window?.at ?? 0) - (done.ending?.at ?? 0)).toBeCloseTo(2 * 60 * minutes, -4)
})

test('within the window it is rolled back warm, and everything is as it was', async () => {
  const simulation = simulateShop()
  await runToEnd(simulation, deployShop())
  const began = simulation.clock.now()
  const back = await runToEnd(simulation, rollBackShop)
  expect(back.ending).toMatchObject({ kind: 'succeeded' })
  expect(keys(back)).toMatchSnapshot()
  asSeeded(simulation)
  // No boot, no bake: registered again, and one passing check.
  expect((back.ending?.at ?? 0) - began).toBeLessThan(2 * minutes)
  expect(await simulation.store.timers.of('shop')).toEqual([])
  const again = await runToEnd(simulation, deployShop('v3'))
  expect(again.ending).toMatchObject({ kind: 'refused', reason: { code: 'frozen_after_rollback' } })
})

test('after the window the old color is finished by itself, and a rollback deploys anew', async () => {
  const simulation = simulateShop()
  await runToEnd(simulation, deployShop())
  await simulation.pass(121 * minutes)
  await simulation.pass(10 * minutes)
  expect(colorOf(simulation, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: {} })
  expect(await simulation.store.timers.of('shop')).toEqual([])
  const [finished] = await simulation.store.journal.history('shop', 1)
  expect(finished).toMatchObject({ request: { procedure: 'finish' }, ending: { kind: 'succeeded' } })
  expect(keys(finished as Operation)).toMatchSnapshot()

  const back = await runToEnd(simulation, rollBackShop)
  expect(back.ending).toMatchObject({ kind: 'succeeded' })
  expect(colorOf(simulation, 'shop-blue')).toEqual({ ...live, version: 'v1' })
  expect(colorOf(simulation, 'shop-green')).toEqual({ ...idle, version: 'v2', states: { Standby: 4 } })
  expect(simulation.violations).toEqual([])
})

test('a swap changes the places and leaves the version', async () => {
  const simulation = simulateShop()
  const done = await runToEnd(simulation, swapShop)
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  expect(colorOf(simulation, 'shop-green')).toEqual({ ...live, version: 'v1' })
  expect(colorOf(simulation, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: { Standby: 4 } })
  const ended = await runToEnd(simulation, finishShop)
  expect(ended.ending).toMatchObject({ kind: 'succeeded' })
  await simulation.pass(10 * minutes)
  expect(colorOf(simulation, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: {} })
  expect(simulation.violations).toEqual([])
})

describe('a deploy goes back by itself', () => {
  test('when the new color never gets healthy', async () => {
    const simulation = simulateShop({
      prepare: (aws) => void aws.setFault({ kind: 'never-healthy', group: 'shop-green' }),
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    asSeeded(simulation)
  })

  test('when AWS has no capacity', async () => {
    const simulation = simulateShop({ prepare: (aws) => void aws.setFault({ kind: 'capacity-shortage' }) })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'capacity_short' } })
    asSeeded(simulation)
  })

  test.each([
    ['while the new color comes up', /^fleet\/come up/],
    ['at the hand-over', /^handover\/alarms count/],
    ['while the old color enters Standby', /^standby\/enter/],
    ['while its targets drain', /^standby\/stands/],
  ])('when it is cancelled %s', async (_when, key) => {
    const simulation = simulateShop({
      meanwhile: async (running) => {
        const [id] = await running.store.journal.unfinished()
        const operation = id === undefined ? undefined : await running.operation(id)
        if (!operation || !id) return
        const cancelled = operation.signals.length > 0
        if (!cancelled && operation.steps.some((step) => key.test(step.key)))
          await running.signal(id, { id: 'c', kind: 'cancel', by: operation.requester })
        if (operation.phase === 'held')
          await running.signal(id, { id: 'b', kind: 'go back', by: operation.requester })
      },
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'cancelled' })
    asSeeded(simulation)
  })
})

describe('what others do meanwhile is followed', () => {
  const scaleBlue =
    (desired: number) =>
    async ({ account }: Simulation) =>
      account.groups.setDesired('shop-blue', desired)

  test('a scale-out of the color that serves', async () => {
    const simulation = simulateShop({ meanwhile: once(/^fleet\/come up/, scaleBlue(6)) })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ desired: 6, states: { InService: 6 } })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ desired: 0, states: { Standby: 6 } })
    expect(simulation.violations).toEqual([])
  })

  test('a scale-in, which nothing of it outlives', async () => {
    const simulation = simulateShop({
      guard: { targetGroup: 'shop-TG', minimum: 3 },
      meanwhile: once(/^fleet\/come up/, scaleBlue(3)),
    })
    await runToEnd(simulation, deployShop())
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ desired: 3, states: { InService: 3 } })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ desired: 0, states: { Standby: 3 } })
    expect(simulation.violations).toEqual([])
  })

  test('but not to zero: the color that comes up serves as many as the service must have', async () => {
    const simulation = simulateShop({
      guard: { targetGroup: 'shop-TG', minimum: 0 },
      meanwhile: once(/^fleet\/come up/, ({ account }) =>
        account.groups.update('shop-blue', { min: 0, desired: 0 }),
      ),
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    const { minimum } = done.plan?.colors?.components[0] ?? { minimum: 0 }
    expect(minimum).toBeGreaterThan(0)
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ desired: minimum })
  })

  test('a person who scales the old color while it enters Standby', async () => {
    const simulation = simulateShop({
      meanwhile: once(/^standby\/enter/, async ({ account }) =>
        account.groups.update('shop-blue', { min: 2, desired: 2 }),
      ),
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    const blue = colorOf(simulation, 'shop-blue')
    expect(blue).toMatchObject({ min: 0, desired: 0 })
    expect(Object.keys(blue.states)).toEqual(['Standby'])
    expect(simulation.violations).toEqual([])
  })

  test('an instance of the old color that dies while it enters Standby', async () => {
    const simulation = simulateShop({
      meanwhile: once(/^standby\/no balancing/, async ({ aws }) => {
        const [id] = aws.world.groups.get('shop-blue')?.members.keys() ?? []
        await call(aws, 'SetInstanceHealth', {
          InstanceId: id ?? '',
          HealthStatus: 'Unhealthy',
          ShouldRespectGracePeriod: 'false',
        })
      }),
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ min: 0, desired: 0, suspended: [] })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({ desired: 4, states: { InService: 4 } })
  })

  test.each([
    ['goes out', 8, 8],
    ['goes in', 2, 2],
  ])('a scheduled action that %s in the middle', async (_what, desired, ends) => {
    const simulation = simulateShop({ guard: { targetGroup: 'shop-TG', minimum: 2 } })
    const { aws, clock } = simulation
    await scheduleOn(aws, 'shop-blue', { name: 'live', at: clock.now() + 2.5 * minutes, desired })
    const done = await runToEnd(simulation, swapShop)
    expect(done.plan?.warnings).toMatchObject([{ code: 'actions_due', facts: { names: ['live'] } }])
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    await simulation.pass(10 * minutes)
    expect(colorOf(simulation, 'shop-green')).toMatchObject({
      desired: ends,
      states: { InService: ends },
      actions: [],
    })
    expect(colorOf(simulation, 'shop-blue')).toMatchObject({ desired: 0, actions: [] })
    expect(simulation.violations).toEqual([])
  })
})

describe('when neither color can be trusted', () => {
  test('the new color keeps serving, and a person is told all that is left', async () => {
    const simulation = simulateShop({
      guard: { targetGroup: 'shop-TG', minimum: 2 },
      service: { gate: { bake: 60_000, timeout: 5 * minutes } },
      meanwhile: async (running) => {
        const [id] = await running.store.journal.unfinished()
        const operation = id === undefined ? undefined : await running.operation(id)
        if (!operation || !id) return
        const stands = operation.steps.some(({ key }) => key.startsWith('standby/stands'))
        if (stands && operation.signals.length === 0) {
          // The old color does not answer any more, and what it launches does not either.
          running.aws.setFault({ kind: 'never-healthy', group: 'shop-blue' })
          for (const one of running.aws.world.groups.get('shop-blue')?.members.keys() ?? [])
            Object.assign(running.aws.world.instances.get(one) ?? {}, { broken: true })
          await running.signal(id, { id: 'c', kind: 'cancel', by: operation.requester })
        }
        if (operation.phase === 'held')
          await running.signal(id, { id: 'b', kind: 'go back', by: operation.requester })
      },
    })
    const done = await runToEnd(simulation, deployShop())
    expect(done.ending).toMatchObject({
      kind: 'needs attention',
      left: [
        { code: 'way_back_failed', facts: { what: 'colors', code: 'old_color_unhealthy' } },
        { code: 'left_group_sizes', facts: { group: 'shop-green', desired: 4 } },
        { code: 'left_suspended', facts: { group: 'shop-blue', processes: ['AZRebalance'] } },
        { code: 'left_changed', facts: { group: 'shop-green', what: 'policies', names: ['cpu-50'] } },
        { code: 'left_changed', facts: { group: 'shop-blue', what: 'policies', names: ['cpu-50'] } },
        { code: 'left_changed', facts: { group: 'shop-green', what: 'tags' } },
      ],
    })
    expect(colorOf(simulation, 'shop-green')).toMatchObject({
      desired: 4,
      policies: ['cpu-50'],
      states: { InService: 4 },
    })
    expect(simulation.violations).toEqual([])
  })
})
