import { confirmPlans } from '../../support/confirm-plans'
import { newOperation } from '../../support/operations'
import type { Scenario } from '../scenario'
import { webWorld } from './web-world'

const world = { ...webWorld, meanwhile: confirmPlans }

const eventAt = (id: string, said: string, desired: number): Scenario['operation'] => ({
  ...newOperation(id),
  request: { procedure: 'schedule', service: 'web', said, desired },
})

/** The first of two that overlap: the second corrects what the first restores. */
const schedule: Scenario = {
  name: 'schedule',
  world,
  before: async (simulation) => {
    await simulation.start(eventAt('web-aaaaa', '2026-03-02T20:00 3h', 3))
    await simulation.untilEnded()
  },
  operation: eventAt('web-bbbbb', '2026-03-02T22:00 2h', 4),
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const actions = aws.view().schedules.map(({ name, desired }) => [name, desired])
    expect(Object.fromEntries(actions)).toEqual({
      'rollcall web-aaaaa out': 3,
      'rollcall web-aaaaa in': 4,
      'rollcall web-bbbbb out': 4,
      'rollcall web-bbbbb in': 2,
    })
  },
}

/** One that is so near that it is followed at once: by one follower, to its end. */
const scheduleSoon: Scenario = {
  name: 'schedule soon',
  world,
  operation: eventAt('web-aaaaa', '2026-03-02T10:50 20m', 4),
  ending: 'succeeded',
  changesWithTime:
    'its event begins within the hour: whoever says yes to it hours later is told that its time is past',
  expectFleet: ({ aws, known }) => {
    expect(aws.view().schedules).toEqual([])
    expect(aws.view().groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({ desired: 2 })
    expect(known.size).toBe(2)
  },
}

/** Two more instances for good, with an event to come: it goes back to the new sizes. */
const scaleBeforeEvent: Scenario = {
  name: 'scale before an event',
  world,
  before: schedule.before ?? (async () => {}),
  operation: {
    ...newOperation('web-bbbbb'),
    request: { procedure: 'scale', service: 'web', desired: 4, afterCooldown: true },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const actions = aws.view().schedules.map(({ name, desired }) => [name, desired])
    expect(Object.fromEntries(actions)).toEqual({ 'rollcall web-aaaaa out': 4, 'rollcall web-aaaaa in': 4 })
    expect(aws.healthyTargets('Web-TG')).toBe(4)
  },
}

/** An event that is once, across one that recurs, is moved to the next day and made bigger. */
const reschedule: Scenario = {
  name: 'reschedule',
  world,
  before: async (simulation) => {
    await simulation.start(eventAt('web-aaaaa', 'every day 20:00-22:00', 3))
    await simulation.untilEnded()
    await simulation.start(eventAt('web-bbbbb', '2026-03-04T21:00 2h', 3))
    await simulation.untilEnded()
  },
  operation: {
    ...newOperation('web-ccccc'),
    request: {
      procedure: 'reschedule',
      service: 'web',
      event: 'web-bbbbb',
      said: '2026-03-05T21:00 2h',
      desired: 4,
    },
  },
  ending: 'succeeded',
  expectFleet: (simulation) => {
    const { clock, aws } = simulation
    for (const [time, desired] of [
      ['04T21:00', 3],
      ['04T22:05', 2],
      ['05T20:30', 3],
      ['05T21:00', 4],
      ['05T22:30', 4],
      ['05T23:05', 2],
      ['06T21:00', 3],
    ] as const) {
      clock.advanceTo(Date.parse(`2026-03-${time}+09:00`))
      expect([time, aws.view().groups.find(({ name }) => name === 'Web-ASG')?.desired]).toEqual([
        time,
        desired,
      ])
    }
  },
}

const unschedule: Scenario = {
  name: 'unschedule',
  world,
  before: async (simulation) => {
    await schedule.before?.(simulation)
    await simulation.start(schedule.operation)
    await simulation.untilEnded()
  },
  operation: {
    ...newOperation('web-ccccc'),
    request: { procedure: 'unschedule', service: 'web', event: 'web-bbbbb' },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    const actions = aws.view().schedules.map(({ name, desired }) => [name, desired])
    expect(Object.fromEntries(actions)).toEqual({ 'rollcall web-aaaaa out': 3, 'rollcall web-aaaaa in': 2 })
  },
}

/** An event is followed to its end while nothing else changes anything. */
const follow: Scenario = {
  name: 'monitor-event',
  world,
  before: async (simulation) => {
    await simulation.start(eventAt('web-aaaaa', '2026-03-02T12:30 20m', 4))
    await simulation.untilEnded(1_000).catch(() => confirmPlans(simulation))
    await simulation.untilEnded()
    // Who follows it is started by the scenario itself.
    for (const { id } of await simulation.store.timers.of('web')) await simulation.store.timers.cancel(id)
    simulation.clock.advanceTo(Date.parse('2026-03-02T12:00+09:00'))
  },
  operation: {
    ...newOperation('web-bbbbb'),
    request: {
      procedure: 'monitor-event',
      service: 'web',
      event: 'web-aaaaa',
      from: Date.parse('2026-03-02T12:30+09:00'),
    },
  },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    expect(aws.view().groups.find(({ name }) => name === 'Web-ASG')).toMatchObject({ desired: 2 })
    expect(aws.view().schedules).toEqual([])
    const changes = aws.calls().filter(({ mutating }) => mutating)
    expect(changes.map(({ action }) => action)).toEqual([
      'PutScheduledUpdateGroupAction',
      'PutScheduledUpdateGroupAction',
    ])
  },
}

/** Somebody deleted the way in of an event: it is said, and nothing is changed. */
const audit: Scenario = {
  name: 'detect-drift',
  world,
  before: async (simulation) => {
    await simulation.start(eventAt('web-aaaaa', '2026-03-06T20:00 3h', 4))
    await simulation.untilEnded()
    await simulation.account.groups.unschedule('Web-ASG', 'rollcall web-aaaaa in')
  },
  operation: { ...newOperation('web-bbbbb'), request: { procedure: 'detect-drift', service: 'web' } },
  ending: 'succeeded',
  expectFleet: ({ aws }) => {
    expect(aws.view().schedules.map(({ name }) => name)).toEqual(['rollcall web-aaaaa out'])
  },
}

/** Live events of `web`: what writes, moves, follows and checks their scheduled actions. */
export const eventScenarios: readonly Scenario[] = [
  schedule,
  scheduleSoon,
  reschedule,
  unschedule,
  follow,
  audit,
  scaleBeforeEvent,
]
