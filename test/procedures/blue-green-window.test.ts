import { hour, minute } from '../../src/domain/time/time'
import { alice, bob } from '../support/operations'
import type { Simulation } from '../support/simulation'
import { call, runToEnd, colorOf, deployShop, finishShop, simulateShop } from '../support/shop'

const finishes = async ({ store }: Simulation) =>
  (await store.journal.history('shop', 50)).filter(({ request }) => request.procedure === 'finish')
const endOf = async ({ store }: Simulation) => (await store.timers.of('shop'))[0]?.at ?? 0
const lock = (until?: number) =>
  ({
    kind: 'lock',
    service: 'shop',
    why: 'incident 42',
    by: bob,
    since: 0,
    ...(until !== undefined && { until }),
  }) as const

const open = async (how: Parameters<typeof simulateShop>[0] = {}) => {
  const simulation = simulateShop(how)
  const deploy = await runToEnd(simulation, deployShop())
  return { simulation, deploy, until: await endOf(simulation) }
}
const standing = (simulation: Simulation) => colorOf(simulation, 'shop-blue').states['Standby'] ?? 0

test('a window that is over ends by itself, though nobody is there to ask', async () => {
  const { simulation, until } = await open()
  await simulation.pass(until - simulation.clock.now() - minute)
  expect(standing(simulation)).toBe(4)
  await simulation.pass(2 * minute)
  expect(standing(simulation)).toBe(0)
  expect(await finishes(simulation)).toMatchObject([
    { requester: { user: 'Rollcall' }, ending: { kind: 'succeeded' } },
  ])
})

test('a lock keeps it open, and the end is tried again when the lock is over', async () => {
  const { simulation, until } = await open()
  await simulation.store.locks.set(lock(until + 3 * hour))
  await simulation.pass(until - simulation.clock.now() + minute)
  expect(await finishes(simulation)).toMatchObject([
    { ending: { kind: 'refused', reason: { code: 'locked' } } },
  ])
  expect(standing(simulation)).toBe(4)
  expect(await endOf(simulation)).toBe(until + 3 * hour)
  await simulation.pass(3 * hour)
  expect(standing(simulation)).toBe(0)
})

test('a lock without an end is asked about ever more seldom', async () => {
  const { simulation, until } = await open()
  await simulation.store.locks.set(lock())
  await simulation.pass(until - simulation.clock.now() + 24 * hour)
  const tried = await finishes(simulation)
  expect(tried.length).toBeGreaterThan(3)
  expect(tried.length).toBeLessThan(9)
  expect(standing(simulation)).toBe(4)
  await simulation.store.locks.clear('shop', 'lock')
  await simulation.pass(13 * hour)
  expect(standing(simulation)).toBe(0)
})

test('it stays open while the color that serves is not whole, and ends once it has settled', async () => {
  const { simulation, until } = await open({ guard: { targetGroup: 'shop-TG', minimum: 3 } })
  await simulation.pass(until - simulation.clock.now() - minute)
  const [sick] = simulation.aws.world.groups.get('shop-green')?.members.keys() ?? []
  await call(simulation.aws, 'SetInstanceHealth', {
    InstanceId: sick ?? '',
    HealthStatus: 'Unhealthy',
    ShouldRespectGracePeriod: 'false',
  })
  await simulation.pass(2 * minute)
  expect(await finishes(simulation)).toMatchObject([
    { ending: { kind: 'refused', reason: { code: expect.stringMatching(/^live_color_/) } } },
  ])
  expect(standing(simulation)).toBe(4)
  await simulation.pass(hour)
  expect(standing(simulation)).toBe(0)
})

describe('with alarms in the catalogue', () => {
  const ring = ({ aws }: Simulation, state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA') =>
    call(
      aws,
      'SetAlarmState',
      { AlarmName: 'shop-errors', StateValue: state, StateReason: 'somebody says so' },
      '2010-08-01',
    )
  const watched = { service: { alarms: ['shop-errors'] } }
  const alarmsRead = ({ aws }: Simulation) => aws.calls().filter(({ service }) => service === 'cloudwatch')

  test('it stays open while one rings, and ends when that is quiet', async () => {
    const { simulation, until } = await open(watched)
    await ring(simulation, 'ALARM')
    await simulation.pass(until - simulation.clock.now() + minute)
    expect(await finishes(simulation)).toMatchObject([
      {
        ending: {
          kind: 'refused',
          reason: { code: 'alarms_ringing', facts: { service: 'shop', alarms: ['shop-errors'] } },
        },
      },
    ])
    expect(standing(simulation)).toBe(4)
    await ring(simulation, 'OK')
    await simulation.pass(hour)
    expect(standing(simulation)).toBe(0)
  })

  test('an alarm without data keeps nobody', async () => {
    const { simulation, until } = await open(watched)
    await ring(simulation, 'INSUFFICIENT_DATA')
    await simulation.pass(until - simulation.clock.now() + minute)
    expect(standing(simulation)).toBe(0)
  })

  test('an alarm that does not exist keeps it open: what it would say is not known', async () => {
    const { simulation, until } = await open({ service: { alarms: ['shop-errors', 'shop-erorrs'] } })
    await simulation.pass(until - simulation.clock.now() + minute)
    expect(await finishes(simulation)).toMatchObject([
      { ending: { reason: { code: 'alarms_unknown', facts: { alarms: ['shop-erorrs'] } } } },
    ])
    expect(standing(simulation)).toBe(4)
  })

  test('CloudWatch that refuses to tell keeps it open', async () => {
    const { simulation, until } = await open(watched)
    const refused = {
      kind: 'error-before',
      action: 'DescribeAlarms',
      code: 'AccessDenied',
      status: 403,
    } as const
    simulation.aws.setFault(refused)
    await simulation.pass(until - simulation.clock.now() + minute)
    expect(await finishes(simulation)).toMatchObject([{ ending: { reason: { code: 'aws_refused' } } }])
    expect(standing(simulation)).toBe(4)
  })

  test('a person is told of one that rings, and decides', async () => {
    const { simulation } = await open(watched)
    await ring(simulation, 'ALARM')
    const ended = await runToEnd(simulation, finishShop)
    expect(ended.plan?.warnings).toMatchObject([{ code: 'alarms_ringing' }])
    expect(ended.ending?.kind).toBe('succeeded')
    expect(standing(simulation)).toBe(0)
  })

  test('they are read at the end of a window alone; without any CloudWatch is never asked', async () => {
    const named = await open(watched)
    expect(alarmsRead(named.simulation)).toEqual([])
    const { simulation, until } = await open()
    await ring(simulation, 'ALARM')
    const before = alarmsRead(simulation).length
    await simulation.pass(until - simulation.clock.now() + minute)
    expect(standing(simulation)).toBe(0)
    expect(alarmsRead(simulation)).toHaveLength(before)
  })
})

test('whoever keeps it open longer in the last moment is heard', async () => {
  const { simulation, deploy, until } = await open()
  const request = { procedure: 'finish', service: 'shop', operation: deploy.id, due: until } as const
  // The end was recorded already when the click came.
  await simulation.store.timers.set({
    id: 'finish shop',
    at: until + 30 * minute,
    request: { ...request, due: until + 30 * minute },
    by: alice,
  })
  const ended = await runToEnd(simulation, request)
  expect(ended.ending).toMatchObject({ kind: 'refused', reason: { code: 'window_moved' } })
  expect(await endOf(simulation)).toBe(until + 30 * minute)
  expect(standing(simulation)).toBe(4)
})

test('a person cancels what began by itself: it is tried again later', async () => {
  const { simulation, until } = await open({
    meanwhile: async ({ store, signal }) => {
      for (const id of await store.journal.unfinished()) {
        const operation = await store.journal.read(id)
        const first = (await store.journal.history('shop', 50)).length === 1
        if (operation?.request.procedure === 'finish' && first && operation.signals.length === 0)
          await signal(id, { id: 'no', kind: 'cancel', by: alice })
      }
    },
  })
  await simulation.pass(until - simulation.clock.now() + minute)
  expect(await finishes(simulation)).toMatchObject([{ ending: { kind: 'cancelled' } }])
  await simulation.pass(hour)
  expect(await finishes(simulation)).toMatchObject([{ ending: { kind: 'succeeded' } }, {}])
  expect(standing(simulation)).toBe(0)
})
