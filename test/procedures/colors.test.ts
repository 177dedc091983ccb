import {
  carryOut,
  call,
  colorOf,
  deployShop,
  finishShop,
  rehearseShop,
  rollBackShop,
  scheduleOn,
  swapShop,
} from '../support/shop'
import type { Rehearsal } from '../support/rehearsal'
import type { Operation } from '../../src/domain/operation'

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
const asSeeded = (rehearsal: Rehearsal) => {
  expect(colorOf(rehearsal, 'shop-blue')).toEqual({ ...live, version: 'v1' })
  const { states, ...green } = colorOf(rehearsal, 'shop-green')
  expect(green).toEqual({ ...idle, version: 'v1' })
  expect(Object.keys(states).filter((state) => !state.startsWith('Terminating'))).toEqual([])
  expect(rehearsal.violations).toEqual([])
}

/** Does something once, as soon as a step of an operation is there. */
const once = (key: RegExp, act: (rehearsal: Rehearsal) => Promise<void> | void) => {
  let done = false
  return async (rehearsal: Rehearsal) => {
    if (done) return
    for (const id of await rehearsal.store.journal.unfinished()) {
      if (!(await rehearsal.operation(id)).steps.some((step) => key.test(step.key))) continue
      done = true
      await act(rehearsal)
    }
  }
}

test('a deploy moves everything to the other color and keeps the old one warm', async () => {
  const rehearsal = rehearseShop()
  const done = await carryOut(rehearsal, deployShop())
  expect(done.ending).toEqual({ kind: 'succeeded', at: expect.any(Number), left: [] })
  expect(colorOf(rehearsal, 'shop-green')).toEqual({ ...live, version: 'v2' })
  expect(colorOf(rehearsal, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: { Standby: 4 } })
  expect(rehearsal.violations).toEqual([])
  expect(keys(done)).toMatchSnapshot()
  const instances = rehearsal.aws.view().instances.filter(({ group }) => group === 'shop-green')
  expect(instances.map(({ tags }) => tags['docker:image:version'])).toEqual(['v2', 'v2', 'v2', 'v2'])
  const [window] = await rehearsal.store.appointments.of('shop')
  expect(window).toMatchObject({ id: 'finish shop', request: { procedure: 'finish', operation: done.id } })
  expect((window?.at ?? 0) - (done.ending?.at ?? 0)).toBeCloseTo(2 * 60 * minutes, -4)
})

test('within the window it is rolled back warm, and everything is as it was', async () => {
  const rehearsal = rehearseShop()
  await carryOut(rehearsal, deployShop())
  const began = rehearsal.clock.now()
  const back = await carryOut(rehearsal, rollBackShop)
  expect(back.ending).toMatchObject({ kind: 'succeeded' })
  expect(keys(back)).toMatchSnapshot()
  asSeeded(rehearsal)
  // No boot, no bake: registered again, and one passing check.
  expect((back.ending?.at ?? 0) - began).toBeLessThan(2 * minutes)
  expect(await rehearsal.store.appointments.of('shop')).toEqual([])
  const again = await carryOut(rehearsal, deployShop('v3'))
  expect(again.ending).toMatchObject({ kind: 'refused', reason: { code: 'frozen_after_rollback' } })
})

test('after the window the old color is finished by itself, and a rollback deploys anew', async () => {
  const rehearsal = rehearseShop()
  await carryOut(rehearsal, deployShop())
  await rehearsal.pass(121 * minutes)
  await rehearsal.pass(10 * minutes)
  expect(colorOf(rehearsal, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: {} })
  expect(await rehearsal.store.appointments.of('shop')).toEqual([])
  const [finished] = await rehearsal.store.journal.history('shop', 1)
  expect(finished).toMatchObject({ request: { procedure: 'finish' }, ending: { kind: 'succeeded' } })
  expect(keys(finished as Operation)).toMatchSnapshot()

  const back = await carryOut(rehearsal, rollBackShop)
  expect(back.ending).toMatchObject({ kind: 'succeeded' })
  expect(colorOf(rehearsal, 'shop-blue')).toEqual({ ...live, version: 'v1' })
  expect(colorOf(rehearsal, 'shop-green')).toEqual({ ...idle, version: 'v2', states: { Standby: 4 } })
  expect(rehearsal.violations).toEqual([])
})

test('a swap changes the places and leaves the version', async () => {
  const rehearsal = rehearseShop()
  const done = await carryOut(rehearsal, swapShop)
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  expect(colorOf(rehearsal, 'shop-green')).toEqual({ ...live, version: 'v1' })
  expect(colorOf(rehearsal, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: { Standby: 4 } })
  const ended = await carryOut(rehearsal, finishShop)
  expect(ended.ending).toMatchObject({ kind: 'succeeded' })
  await rehearsal.pass(10 * minutes)
  expect(colorOf(rehearsal, 'shop-blue')).toEqual({ ...idle, version: 'v1', states: {} })
  expect(rehearsal.violations).toEqual([])
})

describe('a deploy goes back by itself', () => {
  test('when the new color never gets healthy', async () => {
    const rehearsal = rehearseShop({
      prepare: (aws) => void aws.setFault({ kind: 'never-healthy', group: 'shop-green' }),
    })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'new_fleet_unhealthy' } })
    asSeeded(rehearsal)
  })

  test('when AWS has no capacity', async () => {
    const rehearsal = rehearseShop({ prepare: (aws) => void aws.setFault({ kind: 'capacity-shortage' }) })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'rolled back', reason: { code: 'capacity_short' } })
    asSeeded(rehearsal)
  })

  test.each([
    ['while the new color comes up', /^fleet\/come up/],
    ['at the hand-over', /^handover\/alarms count/],
    ['while the old color enters Standby', /^standby\/enter/],
    ['while its targets drain', /^standby\/stands/],
  ])('when it is cancelled %s', async (_when, key) => {
    const rehearsal = rehearseShop({
      meanwhile: async (running) => {
        const [id] = await running.store.journal.unfinished()
        const operation = id === undefined ? undefined : await running.operation(id)
        if (!operation || !id) return
        const cancelled = operation.signals.length > 0
        if (!cancelled && operation.steps.some((step) => key.test(step.key)))
          await running.say(id, { id: 'c', kind: 'cancel', by: operation.requester })
        if (operation.phase === 'held')
          await running.say(id, { id: 'b', kind: 'go back', by: operation.requester })
      },
    })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'cancelled' })
    asSeeded(rehearsal)
  })
})

describe('what others do meanwhile is followed', () => {
  const scaleBlue =
    (desired: number) =>
    async ({ account }: Rehearsal) =>
      account.groups.setDesired('shop-blue', desired)

  test('a scale-out of the color that serves', async () => {
    const rehearsal = rehearseShop({ meanwhile: once(/^fleet\/come up/, scaleBlue(6)) })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({ desired: 6, states: { InService: 6 } })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ desired: 0, states: { Standby: 6 } })
    expect(rehearsal.violations).toEqual([])
  })

  test('a scale-in, which nothing of it outlives', async () => {
    const rehearsal = rehearseShop({
      guard: { targetGroup: 'shop-TG', minimum: 3 },
      meanwhile: once(/^fleet\/come up/, scaleBlue(3)),
    })
    await carryOut(rehearsal, deployShop())
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({ desired: 3, states: { InService: 3 } })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ desired: 0, states: { Standby: 3 } })
    expect(rehearsal.violations).toEqual([])
  })

  test('a person who scales the old color while it enters Standby', async () => {
    const rehearsal = rehearseShop({
      meanwhile: once(/^standby\/enter/, async ({ account }) =>
        account.groups.update('shop-blue', { min: 2, desired: 2 }),
      ),
    })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    const blue = colorOf(rehearsal, 'shop-blue')
    expect(blue).toMatchObject({ min: 0, desired: 0 })
    expect(Object.keys(blue.states)).toEqual(['Standby'])
    expect(rehearsal.violations).toEqual([])
  })

  test('an instance of the old color that dies while it enters Standby', async () => {
    const rehearsal = rehearseShop({
      meanwhile: once(/^standby\/no balancing/, async ({ aws }) => {
        const [id] = aws.world.groups.get('shop-blue')?.members.keys() ?? []
        await call(aws, 'SetInstanceHealth', {
          InstanceId: id ?? '',
          HealthStatus: 'Unhealthy',
          ShouldRespectGracePeriod: 'false',
        })
      }),
    })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ min: 0, desired: 0, suspended: [] })
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({ desired: 4, states: { InService: 4 } })
  })

  test.each([
    ['goes out', 8, 8],
    ['goes in', 2, 2],
  ])('a scheduled action that %s in the middle', async (_what, desired, ends) => {
    const rehearsal = rehearseShop({ guard: { targetGroup: 'shop-TG', minimum: 2 } })
    const { aws, clock } = rehearsal
    await scheduleOn(aws, 'shop-blue', { name: 'live', at: clock.now() + 2.5 * minutes, desired })
    const done = await carryOut(rehearsal, swapShop)
    expect(done.plan?.warnings).toMatchObject([{ code: 'actions_due', facts: { names: ['live'] } }])
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    await rehearsal.pass(10 * minutes)
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({
      desired: ends,
      states: { InService: ends },
      actions: [],
    })
    expect(colorOf(rehearsal, 'shop-blue')).toMatchObject({ desired: 0, actions: [] })
    expect(rehearsal.violations).toEqual([])
  })
})

describe('when neither color can be trusted', () => {
  test('the new color keeps serving, and a person is told all that is left', async () => {
    const rehearsal = rehearseShop({
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
          await running.say(id, { id: 'c', kind: 'cancel', by: operation.requester })
        }
        if (operation.phase === 'held')
          await running.say(id, { id: 'b', kind: 'go back', by: operation.requester })
      },
    })
    const done = await carryOut(rehearsal, deployShop())
    expect(done.ending).toMatchObject({
      kind: 'needs attention',
      left: [
        { code: 'way_back_failed', facts: { what: 'colors', code: 'old_color_unhealthy' } },
        { code: 'left_suspended', facts: { group: 'shop-blue', processes: ['AZRebalance'] } },
      ],
    })
    expect(colorOf(rehearsal, 'shop-green')).toMatchObject({
      desired: 4,
      policies: ['cpu-50'],
      states: { InService: 4 },
    })
    expect(rehearsal.violations).toEqual([])
  })
})
