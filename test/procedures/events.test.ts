import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling'
import { parseLine } from '../../src/commands/parse'
import type { Request } from '../../src/domain/operation/request'
import { minute } from '../../src/domain/time/time'
import { operationButtons } from '../../src/messages/operation/buttons'
import { newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'
import { confirmPlans } from '../support/confirm-plans'

/** It is 10:00 on Monday, 2 March 2026, in Seoul. */
const simulateWeb = (how: Partial<SimulationOptions> = {}): Simulation =>
  simulate({ catalogue: catalogueOf(webService()), meanwhile: confirmPlans, ...how })

let count = 0
const runToEnd = async (simulation: Simulation, request: Request) => {
  const id = `web-aaaa${(count += 1) % 10}`
  await simulation.start({ ...newOperation(id), request })
  // Its follower goes on for hours.
  return simulation.untilOver(id)
}
const event = (
  said: string,
  desired: number,
  more: Partial<Extract<Request, { procedure: 'schedule' }>> = {},
) => ({ procedure: 'schedule', service: 'web', said, desired, ...more }) as const
const scaled = (desired: number) => ({ procedure: 'scale', service: 'web', desired }) as const
/** When the last instance was launched. */
const newest = ({ aws }: Simulation) => Math.max(...aws.view().instances.map(({ launchedAt }) => launchedAt))
const sizes = ({ aws }: Simulation) => {
  const { min, desired, max } = aws.view().groups.find(({ name }) => name === 'Web-ASG') ?? {}
  return { min, desired, max }
}
const at = (time: string) => Date.parse(`2026-03-${time}+09:00`)
const base = { min: 2, desired: 2, max: 4 }

test('an event scales out in time, and in again', async () => {
  const simulation = simulateWeb()
  const done = await runToEnd(simulation, event('tonight 8pm for 3h', 4, { name: 'Spring live' }))
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  simulation.clock.advanceTo(at('02T19:50'))
  expect(sizes(simulation)).toEqual(base)
  // At the hour everything is healthy, AWS's two minutes over.
  simulation.clock.advanceTo(at('02T20:00'))
  expect(sizes(simulation)).toEqual({ ...base, desired: 4 })
  expect(simulation.aws.healthyTargets('Web-TG')).toBe(4)
  simulation.clock.advanceTo(at('02T22:59'))
  expect(simulation.aws.healthyTargets('Web-TG')).toBe(4)
  simulation.clock.advanceTo(at('02T23:10'))
  expect(sizes(simulation)).toEqual(base)
  expect(simulation.aws.view().schedules).toEqual([])
})

test('events that overlap leave the base when the last is over', async () => {
  const simulation = simulateWeb()
  await runToEnd(simulation, event('tonight 8pm for 3h', 3))
  await runToEnd(simulation, event('tonight 9pm for 1h', 6, { max: 8 }))
  simulation.clock.advanceTo(at('02T21:02'))
  expect(sizes(simulation)).toEqual({ min: 2, desired: 6, max: 8 })
  simulation.clock.advanceTo(at('02T22:05'))
  expect(sizes(simulation)).toEqual({ ...base, desired: 3 })
  simulation.clock.advanceTo(at('02T23:05'))
  expect(sizes(simulation)).toEqual(base)
})

test('one that is cancelled in its middle gives the sizes back at once', async () => {
  const simulation = simulateWeb()
  const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
  simulation.clock.advanceTo(at('02T21:00'))
  const done = await runToEnd(simulation, { procedure: 'unschedule', service: 'web', event: id })
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  expect(sizes(simulation)).toEqual(base)
  expect(simulation.aws.view().schedules).toEqual([])
})

test('one that recurs goes out and in on its days, on the clocks of its zone', async () => {
  const simulation = simulateWeb()
  const done = await runToEnd(simulation, event('every weekday 19:30-23:00', 4))
  expect(done.ending).toMatchObject({ kind: 'succeeded' })
  expect(simulation.aws.view().schedules).toMatchObject([
    { recurrence: '0 23 * * 1,2,3,4,5', timezone: 'Asia/Seoul' },
    { recurrence: '24 19 * * 1,2,3,4,5', timezone: 'Asia/Seoul' },
  ])
  for (const [time, desired] of [
    ['02T20:00', 4],
    ['03T12:00', 2],
    ['06T22:00', 4],
    ['07T20:00', 2],
    ['09T19:30', 4],
  ] as const) {
    simulation.clock.advanceTo(at(time))
    expect([time, sizes(simulation).desired]).toEqual([time, desired])
  }
})

describe('the lead of an event', () => {
  const planned = async (simulation: Simulation) =>
    (await runToEnd(simulation, event('tonight 8pm for 3h', 4))).plan?.schedule

  test('is a usual time where nothing is known', async () => {
    expect(await planned(simulateWeb())).toMatchObject({ event: { lead: 6 * minute }, leadFrom: 'usual' })
  })

  test('is what the catalogue says of the service', async () => {
    const slow = simulateWeb({ catalogue: catalogueOf(webService({ boot: 9 * minute })) })
    expect(await planned(slow)).toMatchObject({ event: { lead: 11 * minute }, leadFrom: 'catalogue' })
  })

  test('is what the last scale-outs took, and half of it, once three tell, whatever the catalogue says', async () => {
    const known = simulateWeb({ catalogue: catalogueOf(webService({ boot: 9 * minute })) })
    const took: number[] = []
    for (const turn of [1, 2, 3]) {
      if (turn === 3) expect(await leadNow(known)).toEqual([11 * minute, 'catalogue'])
      const out = await runToEnd(known, scaled(3))
      await runToEnd(known, scaled(2))
      const health = out.steps.filter(({ key }) => key.startsWith('health/'))
      took.push(Math.max(...health.map(({ startedAt, endedAt = 0 }) => endedAt - startedAt)))
    }
    const longest = Math.max(...took)
    expect(await leadNow(known)).toEqual([Math.ceil((1.5 * longest + 2 * minute) / minute) * minute, 'past'])
  })

  test('is longer than what is said, too, where the first scale-out took longer', async () => {
    const quick = simulateWeb({ catalogue: catalogueOf(webService({ boot: minute / 2 })) })
    await runToEnd(quick, scaled(3))
    await runToEnd(quick, scaled(2))
    expect((await leadNow(quick))[1]).toBe('past')
  })

  /** Of an event that is not scheduled after all. */
  const leadNow = async (simulation: Simulation) => {
    const done = await runToEnd(simulation, event('tomorrow 8pm for 3h', 4))
    await runToEnd(simulation, { procedure: 'unschedule', service: 'web', event: done.id })
    return [done.plan?.schedule?.event?.lead, done.plan?.schedule?.leadFrom]
  }
})

test('the plan names the policy that would scale in again what the event has scaled out, unless its minimum holds it', async () => {
  const planned = async (more: Parameters<typeof event>[2]) =>
    (await runToEnd(simulateWeb(), event('tonight 8pm for 3h', 4, more))).plan?.schedule
  expect(await planned({})).toMatchObject({ event: { desired: 4 }, scaledInBy: ['Target Tracking Policy'] })
  expect(await planned({ min: 4 })).not.toHaveProperty('scaledInBy')
})

describe('a policy that takes nothing away while the event is on is not warned of:', () => {
  const scaledInBy = async (changed: Partial<ScalingPolicy>, said = 'tonight 8pm for 3h') => {
    const simulation = simulateWeb({
      prepare: ({ world }) => {
        const policies = world.groups.get('Web-ASG')?.policies
        for (const [arn, policy] of policies ?? []) policies?.set(arn, { ...policy, ...changed })
      },
    })
    const { plan } = await runToEnd(simulation, event(said, 4))
    return plan?.schedule && 'scaledInBy' in plan.schedule ? plan.schedule.scaledInBy : []
  }

  test('told not to scale in, disabled, or only adding', async () => {
    const tracking = { TargetValue: 30, DisableScaleIn: true }
    expect(await scaledInBy({ TargetTrackingConfiguration: tracking })).toEqual([])
    expect(await scaledInBy({ Enabled: false })).toEqual([])
    const adds = [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }]
    expect(await scaledInBy({ PolicyType: 'StepScaling', StepAdjustments: adds })).toEqual([])
  })

  test('one that does is, each night of an event that recurs', async () => {
    expect(await scaledInBy({}, 'every day 8pm for 3h')).toEqual(['Target Tracking Policy'])
  })
})

describe('room for what is to come is looked at', () => {
  const warned = async (prepare: NonNullable<SimulationOptions['prepare']>) =>
    (await runToEnd(simulateWeb({ prepare }), event('tonight 8pm for 3h', 40, { max: 40 }))).plan?.warnings

  test('and nothing is said where there is enough', async () => {
    expect(await warned(() => {})).toEqual([])
  })

  test('in the subnets', async () => {
    expect(await warned((aws) => void aws.setFault({ kind: 'few-addresses', addresses: 9 }))).toMatchObject([
      { code: 'addresses_short', facts: { need: 38 } },
    ])
  })

  test('in the quota of vCPUs', async () => {
    expect(await warned((aws) => void aws.setFault({ kind: 'vcpu-quota', vcpus: 30 }))).toMatchObject([
      { code: 'vcpus_short', facts: { type: 't2.micro', need: 38, quota: 30 } },
    ])
  })

  test('but the event stands all the same when AWS does not tell, and the plan says that nobody checked', async () => {
    const silent = (action: string) => ({ kind: 'error-before', action, code: 'AccessDenied' }) as const
    const simulation = simulateWeb({ prepare: (aws) => void aws.setFault(silent('GetServiceQuota')) })
    const done = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(done.plan?.warnings).toMatchObject([
      { code: 'not_checked', facts: { action: 'GetServiceQuota', awsCode: 'AccessDenied' } },
    ])
  })
})

test('nothing is scheduled without a yes', async () => {
  const simulation = simulateWeb({ meanwhile: () => {} })
  const refused = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
  expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
  expect(simulation.aws.view().schedules).toEqual([])
})

describe('it is refused', () => {
  test.each([
    ['past', event('2026-03-01T20:00 3h', 4), 'time_past'],
    ['of no length', event('tonight 8pm to 8pm', 4), 'time_zero_length'],
    ['that ends before it begins', event('2026-03-03T20:00 2026-03-02T20:00', 4), 'time_ends_first'],
    ['in an unknown zone', event('tonight 8pm for 3h Mars/Olympus', 4), 'zone_unknown'],
    ['that may mean two times', event('tomorrow 8 for 3h', 4), 'time_ambiguous'],
    ['above the maximum', event('tonight 8pm for 3h', 5), 'capacity_out_of_bounds'],
    ['below the minimum', event('tonight 8pm for 3h', 1), 'capacity_out_of_bounds'],
  ])('%s', async (_what, request, code) => {
    const simulation = simulateWeb()
    expect((await runToEnd(simulation, request)).ending).toMatchObject({ kind: 'refused', reason: { code } })
    expect(simulation.aws.view().schedules).toEqual([])
  })

  test('at the same instant as another', async () => {
    const simulation = simulateWeb()
    await runToEnd(simulation, event('tonight 8pm for 3h', 3))
    const again = await runToEnd(simulation, event('tonight 8pm for 1h', 4))
    expect(again.ending).toMatchObject({ kind: 'refused', reason: { code: 'event_same_start' } })
  })

  test('across one that recurs by the clocks of a zone that change on other days', async () => {
    const simulation = simulateWeb()
    await runToEnd(simulation, event('every friday 20:00-22:00', 3))
    const across = await runToEnd(simulation, event('every friday 12:30-14:30 Europe/Paris', 4))
    expect(across.ending).toMatchObject({ kind: 'refused', reason: { code: 'event_crosses' } })
  })

  test('when the group has as many actions as AWS allows', async () => {
    const simulation = simulateWeb()
    for (let one = 0; one < 124; one += 1)
      await simulation.account.groups.schedule('Web-ASG', {
        name: `x${one}`,
        desired: 2,
        startAt: at('20T01:00') + one * minute,
      })
    const full = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    expect(full.ending).toMatchObject({ kind: 'refused', reason: { code: 'too_many_actions' } })
  })

  test('of somebody who may not, and neither are changes of theirs', async () => {
    const simulation = simulateWeb()
    const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    const before = simulation.aws.view().schedules
    for (const request of [
      event('tomorrow 8pm for 3h', 4),
      { procedure: 'unschedule', service: 'web', event: id },
      { procedure: 'reschedule', service: 'web', event: id, desired: 3 },
      scaled(3),
    ] as const) {
      const asked = `web-bbbb${(count += 1) % 10}`
      await simulation.start({
        ...newOperation(asked),
        request,
        requester: { user: 'U0MALLORY', team: 'T0' },
      })
      expect((await simulation.untilOver(asked)).ending).toMatchObject({
        kind: 'refused',
        reason: { code: 'not_allowed' },
      })
    }
    expect(simulation.aws.view().schedules).toEqual(before)
    expect(sizes(simulation)).toEqual(base)
  })

  test('to take away what is no event of ours', async () => {
    const simulation = simulateWeb()
    const foreign = { name: 'nightly', desired: 2, startAt: at('03T01:00') }
    await simulation.account.groups.schedule('Web-ASG', foreign)
    const refused = await runToEnd(simulation, {
      procedure: 'unschedule',
      service: 'web',
      event: 'web-zzzzz',
    })
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'unknown_event' } })
    expect(simulation.aws.view().schedules).toMatchObject([{ name: 'nightly' }])
  })
})

test('an event can be cancelled though its actions are gone by the time that they are to be deleted', async () => {
  const simulation = simulateWeb({
    inject: ({ method }) => {
      const schedules = simulation.aws.world.groups.get('Web-ASG')?.schedules
      if (method === 'groups.unschedule') for (const name of schedules?.keys() ?? []) schedules?.delete(name)
      return undefined
    },
  })
  const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
  const gone = await runToEnd(simulation, cancel(id))
  expect(gone.ending).toMatchObject({ kind: 'succeeded' })
})

test('actions that others made are shown, and left as they are', async () => {
  const simulation = simulateWeb()
  const foreign = { name: 'nightly', desired: 2, startAt: at('02T21:00') }
  await simulation.account.groups.schedule('Web-ASG', foreign)
  const done = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
  expect(done.plan?.warnings).toMatchObject([{ code: 'foreign_actions', facts: { names: ['nightly'] } }])
  expect(simulation.aws.view().schedules).toContainEqual(
    expect.objectContaining({ name: 'nightly', desired: 2 }),
  )
})

describe('a deploy while an event is on', () => {
  const deploy = { procedure: 'deploy', service: 'web', version: 'v2' } as const
  const onEvent = async (meanwhile: SimulationOptions['meanwhile']) => {
    let says = confirmPlans
    const simulation = simulateWeb({ meanwhile: (at) => says(at) })
    const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    simulation.clock.advanceTo(at('02T20:10'))
    says = async (at) => meanwhile?.(at)
    return { event: id, deployed: await runToEnd(simulation, deploy), simulation }
  }

  test('wants a yes that was said to the event by its name', async () => {
    const told = await onEvent(confirmPlans)
    expect(told.deployed.plan).toMatchObject({
      confirm: true,
      warnings: [{ code: 'during_event', facts: { event: told.event } }],
    })
    expect(told.deployed.ending).toMatchObject({ kind: 'succeeded' })
    expect(sizes(told.simulation)).toMatchObject({ desired: 4 })
  })

  test('does not begin without one', async () => {
    const told = await onEvent(() => {})
    expect(told.deployed.ending).toMatchObject({ kind: 'refused', reason: { code: 'not_confirmed' } })
  })
})

test('a deploy on a day without events wants no further yes', async () => {
  const simulation = simulateWeb({ meanwhile: () => {} })
  const deployed = await runToEnd(simulation, { procedure: 'deploy', service: 'web', version: 'v2' })
  expect(deployed.ending).toMatchObject({ kind: 'succeeded' })
})

describe('scaling now', () => {
  test('waits until every instance is healthy, and in again', async () => {
    const simulation = simulateWeb()
    const out = await runToEnd(simulation, { procedure: 'scale', service: 'web', desired: 4 })
    expect(out.ending).toMatchObject({ kind: 'succeeded' })
    expect(simulation.aws.healthyTargets('Web-TG')).toBe(4)
    const back = await runToEnd(simulation, { procedure: 'scale', service: 'web', desired: 2 })
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(sizes(simulation)).toEqual(base)
  })

  test('goes back to the sizes from before by the line that its button runs', async () => {
    const simulation = simulateWeb()
    const out = await runToEnd(simulation, { procedure: 'scale', service: 'web', desired: 6, max: 8 })
    const shown = operationButtons({
      operation: out,
      now: simulation.clock.now(),
      language: 'en',
      timezone: 'Asia/Seoul',
    })
    const lines = shown.flatMap(({ value }) => ('line' in value ? [value.line] : []))
    expect(lines).toEqual(['scale web desired=2 min=2 max=4'])
    const understood = parseLine(lines[0] ?? '', catalogueOf(webService()))
    if (!understood.ok || !('request' in understood.command)) throw new Error('not understood')
    await runToEnd(simulation, understood.command.request)
    expect(sizes(simulation)).toEqual(base)
  })

  test('takes no notice of the cooldown, unless it is asked to', async () => {
    const simulation = simulateWeb()
    await runToEnd(simulation, scaled(3))
    const asked = simulation.clock.now()
    const done = await runToEnd(simulation, scaled(4))
    expect(done.plan?.warnings).toEqual([])
    expect(newest(simulation) - asked).toBeLessThan(minute)
  })

  test('waits for the end of the cooldown when it is asked to', async () => {
    const simulation = simulateWeb()
    await runToEnd(simulation, scaled(3))
    const asked = simulation.clock.now()
    const done = await runToEnd(simulation, { ...scaled(6), max: 8, afterCooldown: true })
    expect(done.ending).toMatchObject({ kind: 'succeeded' })
    expect(sizes(simulation)).toEqual({ min: 2, desired: 6, max: 8 })
    const until = Number(done.plan?.warnings.find(({ code }) => code === 'cooldown_lasts')?.facts['until'])
    expect(until - asked).toBeGreaterThan(4 * minute)
    expect(newest(simulation)).toBeGreaterThanOrEqual(until)
    expect(newest(simulation) - until).toBeLessThan(minute)
  })

  test('beyond the bounds is refused', async () => {
    const simulation = simulateWeb()
    const refused = await runToEnd(simulation, { procedure: 'scale', service: 'web', desired: 5 })
    expect(refused.ending).toMatchObject({ kind: 'refused', reason: { code: 'capacity_out_of_bounds' } })
  })

  test('leaves what came, and calls a person, when AWS has no capacity', async () => {
    const simulation = simulateWeb({ prepare: (aws) => void aws.setFault({ kind: 'capacity-shortage' }) })
    const short = await runToEnd(simulation, { procedure: 'scale', service: 'web', desired: 4 })
    expect(short.ending).toMatchObject({ kind: 'needs attention', reason: { code: 'capacity_short' } })
    expect(simulation.aws.healthyTargets('Web-TG')).toBe(2)
  })
})

const change = (id: string, more: Partial<Extract<Request, { procedure: 'reschedule' }>> = {}) =>
  ({ procedure: 'reschedule', service: 'web', event: id, ...more }) as const
const cancel = (id: string) => ({ procedure: 'unschedule', service: 'web', event: id }) as const
/** What is done when, whatever the actions are called. */
const actionsOf = ({ aws }: Simulation) =>
  aws
    .view()
    .schedules.map(({ desired = 0, start = 0 }) => ({ desired, start }))
    .toSorted((a, b) => a.start - b.start)

describe('changing an event', () => {
  test('moves it, with both its actions standing all the while', async () => {
    const simulation = simulateWeb()
    const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    const moved = await runToEnd(simulation, change(id, { said: 'tomorrow 9pm for 2h' }))
    expect(moved.ending).toMatchObject({ kind: 'succeeded' })
    const calls = simulation.aws
      .calls()
      .filter(({ action }) => /Schedule/.test(action) && !/Describe/.test(action))
    expect(calls.map(({ action }) => action)).toEqual([
      'PutScheduledUpdateGroupAction',
      'PutScheduledUpdateGroupAction',
      'PutScheduledUpdateGroupAction',
      'PutScheduledUpdateGroupAction',
      'DeleteScheduledAction',
      'DeleteScheduledAction',
    ])
    simulation.clock.advanceTo(at('02T21:00'))
    expect(sizes(simulation)).toEqual(base)
    simulation.clock.advanceTo(at('03T21:00'))
    expect(simulation.aws.healthyTargets('Web-TG')).toBe(4)
    simulation.clock.advanceTo(at('03T23:05'))
    expect(sizes(simulation)).toEqual(base)
  })

  test('in its middle sets the new sizes at once, and makes it longer', async () => {
    const simulation = simulateWeb()
    const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 3))
    simulation.clock.advanceTo(at('02T21:00'))
    const more = await runToEnd(simulation, change(id, { said: 'until 23:30', desired: 6, max: 8 }))
    expect(more.ending).toMatchObject({ kind: 'succeeded' })
    expect(sizes(simulation)).toEqual({ min: 2, desired: 6, max: 8 })
    simulation.clock.advanceTo(at('02T23:10'))
    expect(sizes(simulation)).toEqual({ min: 2, desired: 6, max: 8 })
    simulation.clock.advanceTo(at('02T23:35'))
    expect(sizes(simulation)).toEqual(base)
    expect(simulation.aws.view().schedules).toEqual([])
  })

  test.each([
    ['at another hour', 'tomorrow 9pm for 2h', 2],
    ['at the same hour', 'tomorrow 8pm for 2h', 0],
  ])('that recurs into one that is once, %s, leaves no recurrence behind', async (_, said, beside) => {
    const simulation = simulateWeb()
    const { id } = await runToEnd(simulation, event('every day 20:00-22:00', 4))
    simulation.clock.advanceTo(at('02T23:00'))
    const moved = await runToEnd(simulation, change(id, { said }))
    expect(moved.ending).toMatchObject({ kind: 'succeeded' })
    const { schedules } = simulation.aws.view()
    expect(schedules.map(({ recurrence }) => recurrence)).toEqual([undefined, undefined])
    // AWS takes no two actions for one instant: only then is the old one deleted before the new one is made.
    const calls = simulation.aws
      .calls()
      .flatMap(({ action }) => (/^(Put|Delete)Sch/.test(action) ? [action] : []))
    const lastPuts = calls.slice(2, 2 + beside).filter((action) => action.startsWith('Put'))
    expect(lastPuts).toHaveLength(beside)
    simulation.clock.advanceTo(at('03T21:30'))
    expect(sizes(simulation)).toMatchObject({ desired: 4 })
    simulation.clock.advanceTo(at('04T21:30'))
    expect(sizes(simulation)).toEqual(base)
    expect(simulation.aws.view().schedules).toEqual([])
  })

  test('without a change puts right what somebody deleted and moved in AWS', async () => {
    const simulation = simulateWeb()
    const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    const before = actionsOf(simulation)
    const { groups } = simulation.account
    await groups.unschedule('Web-ASG', `rollcall ${id} out`)
    await groups.schedule('Web-ASG', { name: `rollcall ${id} in`, desired: 3, startAt: at('02T22:00') })
    const mended = await runToEnd(simulation, change(id))
    expect(mended.ending).toMatchObject({ kind: 'succeeded' })
    expect(actionsOf(simulation)).toEqual(before)
    const nothing = await runToEnd(simulation, change(id))
    expect(nothing.ending).toMatchObject({ kind: 'refused', reason: { code: 'nothing_to_do' } })
  })

  test('whose new time is over, or of which nothing is known, is refused', async () => {
    const simulation = simulateWeb()
    const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    simulation.clock.advanceTo(at('02T21:00'))
    const past = await runToEnd(simulation, change(id, { said: 'until 20:30' }))
    expect(past.ending).toMatchObject({ kind: 'refused', reason: { code: 'time_past' } })
    const unknown = await runToEnd(simulation, change('web-zzzzz', { desired: 3 }))
    expect(unknown.ending).toMatchObject({ kind: 'refused', reason: { code: 'unknown_event' } })
  })
})

describe('an event that is once, across one that recurs', () => {
  /** Every evening at three from 20:00 to 22:00; on Wednesday at six from 21:00 to 23:00. */
  const both = async () => {
    const simulation = simulateWeb()
    const daily = await runToEnd(simulation, event('every day 20:00-22:00', 3))
    const once = await runToEnd(simulation, event('wednesday 21:00 for 2h', 6, { max: 8 }))
    expect([daily.ending?.kind, once.ending?.kind]).toEqual(['succeeded', 'succeeded'])
    return { simulation, daily: daily.id, once: once.id }
  }
  const expectSizes = (simulation: Simulation, rows: readonly (readonly [string, number, number])[]) => {
    for (const [time, desired, max] of rows) {
      simulation.clock.advanceTo(at(time))
      expect([time, sizes(simulation)]).toEqual([time, { min: 2, desired, max }])
    }
  }

  test('has the highest sizes, and leaves the other what it is on all other days', async () => {
    const { simulation } = await both()
    expectSizes(simulation, [
      ['02T20:00', 3, 4],
      ['02T22:03', 2, 4],
      ['04T20:30', 3, 4],
      ['04T21:00', 6, 8],
      ['04T22:05', 6, 8],
      ['04T22:59', 6, 8],
      ['04T23:03', 2, 4],
      ['05T20:30', 3, 4],
      ['05T22:03', 2, 4],
      ['11T21:00', 3, 4],
    ])
  })

  test('that is taken away again leaves the other as it was', async () => {
    const { simulation, once } = await both()
    await runToEnd(simulation, cancel(once))
    expectSizes(simulation, [
      ['04T20:30', 3, 4],
      ['04T21:30', 3, 4],
      ['04T22:03', 2, 4],
      ['05T20:30', 3, 4],
      ['05T22:03', 2, 4],
    ])
  })

  test('outlives the other when that is taken away', async () => {
    const { simulation, daily } = await both()
    await runToEnd(simulation, cancel(daily))
    expectSizes(simulation, [
      ['03T21:00', 2, 4],
      ['04T20:30', 2, 4],
      ['04T21:00', 6, 8],
      ['04T22:59', 6, 8],
      ['04T23:03', 2, 4],
    ])
    expect(simulation.aws.view().schedules).toEqual([])
  })
})

test('two that recur have the higher sizes on the days that they share', async () => {
  const simulation = simulateWeb()
  await runToEnd(simulation, event('every weekday 20:00-22:00', 3))
  await runToEnd(simulation, event('every friday 21:00-23:00', 4))
  for (const [time, desired] of [
    ['05T21:30', 3],
    ['05T22:30', 2],
    ['06T20:30', 3],
    ['06T21:30', 4],
    ['06T22:30', 4],
    ['06T23:05', 2],
    ['13T22:30', 4],
  ] as const) {
    simulation.clock.advanceTo(at(time))
    expect([time, sizes(simulation).desired]).toEqual([time, desired])
  }
})

describe('sizes that change while events are to come', () => {
  test('by scale are what the events go back to', async () => {
    const simulation = simulateWeb()
    await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    await runToEnd(simulation, event('every friday 20:00-22:00', 4))
    const out = await runToEnd(simulation, scaled(3))
    expect(out.plan?.schedule?.put.map(({ edge, sizes }) => [edge, sizes.desired])).toEqual([
      ['in', 3],
      ['in', 3],
    ])
    for (const [time, desired] of [
      ['02T21:00', 4],
      ['02T23:05', 3],
      ['06T21:00', 4],
      ['06T22:05', 3],
    ] as const) {
      simulation.clock.advanceTo(at(time))
      expect([time, sizes(simulation).desired]).toEqual([time, desired])
    }
  })

  test('by a deploy too', async () => {
    const bigger = webService({ capacity: { min: 3, desired: 3, max: 6, cooldown: 30 } })
    const simulation = simulateWeb({ catalogue: catalogueOf(bigger) })
    const { id } = await runToEnd(simulation, event('tonight 8pm for 3h', 4))
    const { plan } = await runToEnd(simulation, { procedure: 'deploy', service: 'web', version: 'v2' })
    expect(plan?.confirm).toBeUndefined()
    expect(plan?.warnings).toEqual([
      {
        code: 'events_rebased',
        facts: { events: [id], group: 'Web-ASG', restores: { min: 3, desired: 3, max: 6 } },
      },
    ])
    simulation.clock.advanceTo(at('02T23:05'))
    expect(sizes(simulation)).toEqual({ min: 3, desired: 3, max: 6 })
  })

  test('by a scale-out in the middle of one hold until its end', async () => {
    const simulation = simulateWeb()
    await runToEnd(simulation, event('tonight 8pm for 3h', 3))
    simulation.clock.advanceTo(at('02T21:00'))
    const out = await runToEnd(simulation, scaled(4))
    expect(out.plan?.warnings).toMatchObject([{ code: 'scale_in_event', facts: { at: at('02T23:00') } }])
    simulation.clock.advanceTo(at('02T23:05'))
    expect(sizes(simulation)).toEqual(base)
  })
})

describe('a deploy across the edge of an event', () => {
  const deploy = { procedure: 'deploy', service: 'web', version: 'v2' } as const
  const across = async (from: string) => {
    const capacity = { min: 2, desired: 2, max: 4, cooldown: 30 }
    const simulation = simulateWeb({ catalogue: catalogueOf(webService({ capacity })) })
    await runToEnd(simulation, event('tonight 8pm for 3h', 6, { max: 8 }))
    simulation.clock.advanceTo(at(from))
    expect((await runToEnd(simulation, deploy)).ending).toMatchObject({ kind: 'succeeded' })
    return simulation
  }

  test('leaves the event its sizes when the group goes out meanwhile', async () => {
    const simulation = await across('02T19:53')
    expect(sizes(simulation)).toEqual({ min: 2, desired: 6, max: 8 })
    simulation.clock.advanceTo(at('02T23:05'))
    expect(sizes(simulation)).toEqual(base)
  })

  test('in its middle too', async () => {
    const simulation = await across('02T21:00')
    expect(sizes(simulation)).toEqual({ min: 2, desired: 6, max: 8 })
    simulation.clock.advanceTo(at('02T23:05'))
    expect(sizes(simulation)).toEqual(base)
  })

  test('and goes back to the sizes of before when it fails after the event', async () => {
    const simulation = simulateWeb({ meanwhile: confirmPlans })
    await runToEnd(simulation, event('tonight 8pm for 20m', 4, { max: 8 }))
    simulation.clock.advanceTo(at('02T20:05'))
    simulation.aws.setFault({ kind: 'never-healthy', image: 'Web Server v2' })
    expect((await runToEnd(simulation, deploy)).ending?.kind).toBe('rolled back')
    expect(sizes(simulation)).toMatchObject({ min: 2, max: 4 })
  })

  test('leaves the sizes of before when the event ends meanwhile', async () => {
    const simulation = await across('02T22:58')
    simulation.clock.advanceBy(10 * minute)
    expect(sizes(simulation)).toEqual(base)
  })
})
