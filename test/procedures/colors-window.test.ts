import { hour, minute } from '../../src/domain/time'
import { alice, bob } from '../support/operations'
import type { Rehearsal } from '../support/rehearsal'
import { call, carryOut, colorOf, deployShop, finishShop, rehearseShop } from '../support/shop'

const finishes = async ({ store }: Rehearsal) =>
  (await store.journal.history('shop', 50)).filter(({ request }) => request.procedure === 'finish')
const endOf = async ({ store }: Rehearsal) => (await store.appointments.of('shop'))[0]?.at ?? 0
const lock = (until?: number) =>
  ({
    kind: 'lock',
    service: 'shop',
    why: 'incident 42',
    by: bob,
    since: 0,
    ...(until !== undefined && { until }),
  }) as const

const open = async (how: Parameters<typeof rehearseShop>[0] = {}) => {
  const rehearsal = rehearseShop(how)
  const deploy = await carryOut(rehearsal, deployShop())
  return { rehearsal, deploy, until: await endOf(rehearsal) }
}
const standing = (rehearsal: Rehearsal) => colorOf(rehearsal, 'shop-blue').states['Standby'] ?? 0

test('a window that is over ends by itself, though nobody is there to ask', async () => {
  const { rehearsal, until } = await open()
  await rehearsal.pass(until - rehearsal.clock.now() - minute)
  expect(standing(rehearsal)).toBe(4)
  await rehearsal.pass(2 * minute)
  expect(standing(rehearsal)).toBe(0)
  expect(await finishes(rehearsal)).toMatchObject([
    { requester: { user: 'Rollcall' }, ending: { kind: 'succeeded' } },
  ])
})

test('a lock keeps it open, and the end is tried again when the lock is over', async () => {
  const { rehearsal, until } = await open()
  await rehearsal.store.locks.set(lock(until + 3 * hour))
  await rehearsal.pass(until - rehearsal.clock.now() + minute)
  expect(await finishes(rehearsal)).toMatchObject([
    { ending: { kind: 'refused', reason: { code: 'locked' } } },
  ])
  expect(standing(rehearsal)).toBe(4)
  expect(await endOf(rehearsal)).toBe(until + 3 * hour)
  await rehearsal.pass(3 * hour)
  expect(standing(rehearsal)).toBe(0)
})

test('a lock without an end is asked about ever more seldom', async () => {
  const { rehearsal, until } = await open()
  await rehearsal.store.locks.set(lock())
  await rehearsal.pass(until - rehearsal.clock.now() + 24 * hour)
  const tried = await finishes(rehearsal)
  expect(tried.length).toBeGreaterThan(3)
  expect(tried.length).toBeLessThan(9)
  expect(standing(rehearsal)).toBe(4)
  await rehearsal.store.locks.clear('shop', 'lock')
  await rehearsal.pass(13 * hour)
  expect(standing(rehearsal)).toBe(0)
})

test('it stays open while the color that serves is not whole, and ends once it has settled', async () => {
  const { rehearsal, until } = await open({ guard: { targetGroup: 'shop-TG', minimum: 3 } })
  await rehearsal.pass(until - rehearsal.clock.now() - minute)
  const [sick] = rehearsal.aws.world.groups.get('shop-green')?.members.keys() ?? []
  await call(rehearsal.aws, 'SetInstanceHealth', {
    InstanceId: sick ?? '',
    HealthStatus: 'Unhealthy',
    ShouldRespectGracePeriod: 'false',
  })
  await rehearsal.pass(2 * minute)
  expect(await finishes(rehearsal)).toMatchObject([
    { ending: { kind: 'refused', reason: { code: expect.stringMatching(/^live_color_/) } } },
  ])
  expect(standing(rehearsal)).toBe(4)
  await rehearsal.pass(hour)
  expect(standing(rehearsal)).toBe(0)
})

describe('with alarms in the catalogue', () => {
  const ring = ({ aws }: Rehearsal, state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA') =>
    call(
      aws,
      'SetAlarmState',
      { AlarmName: 'shop-errors', StateValue: state, StateReason: 'somebody says so' },
      '2010-08-01',
    )
  const watched = { service: { alarms: ['shop-errors'] } }
  const alarmsRead = ({ aws }: Rehearsal) => aws.calls().filter(({ service }) => service === 'cloudwatch')

  test('it stays open while one rings, and ends when that is quiet', async () => {
    const { rehearsal, until } = await open(watched)
    await ring(rehearsal, 'ALARM')
    await rehearsal.pass(until - rehearsal.clock.now() + minute)
    expect(await finishes(rehearsal)).toMatchObject([
      {
        ending: {
          kind: 'refused',
          reason: { code: 'alarms_ringing', facts: { service: 'shop', alarms: ['shop-errors'] } },
        },
      },
    ])
    expect(standing(rehearsal)).toBe(4)
    await ring(rehearsal, 'OK')
    await rehearsal.pass(hour)
    expect(standing(rehearsal)).toBe(0)
  })

  test('an alarm without data keeps nobody', async () => {
    const { rehearsal, until } = await open(watched)
    await ring(rehearsal, 'INSUFFICIENT_DATA')
    await rehearsal.pass(until - rehearsal.clock.now() + minute)
    expect(standing(rehearsal)).toBe(0)
  })

  test('an alarm that does not exist keeps it open: what it would say is not known', async () => {
    const { rehearsal, until } = await open({ service: { alarms: ['shop-errors', 'shop-erorrs'] } })
    await rehearsal.pass(until - rehearsal.clock.now() + minute)
    expect(await finishes(rehearsal)).toMatchObject([
      { ending: { reason: { code: 'alarms_unknown', facts: { alarms: ['shop-erorrs'] } } } },
    ])
    expect(standing(rehearsal)).toBe(4)
  })

  test('CloudWatch that refuses to tell keeps it open', async () => {
    const { rehearsal, until } = await open(watched)
    const refused = {
      kind: 'error-before',
      action: 'DescribeAlarms',
      code: 'AccessDenied',
      status: 403,
    } as const
    rehearsal.aws.setFault(refused)
    await rehearsal.pass(until - rehearsal.clock.now() + minute)
    expect(await finishes(rehearsal)).toMatchObject([{ ending: { reason: { code: 'aws_refused' } } }])
    expect(standing(rehearsal)).toBe(4)
  })

  test('a person is told of one that rings, and decides', async () => {
    const { rehearsal } = await open(watched)
    await ring(rehearsal, 'ALARM')
    const ended = await carryOut(rehearsal, finishShop)
    expect(ended.plan?.warnings).toMatchObject([{ code: 'alarms_ringing' }])
    expect(ended.ending?.kind).toBe('succeeded')
    expect(standing(rehearsal)).toBe(0)
  })

  test('they are read at the end of a window alone; without any CloudWatch is never asked', async () => {
    const named = await open(watched)
    expect(alarmsRead(named.rehearsal)).toEqual([])
    const { rehearsal, until } = await open()
    await ring(rehearsal, 'ALARM')
    const before = alarmsRead(rehearsal).length
    await rehearsal.pass(until - rehearsal.clock.now() + minute)
    expect(standing(rehearsal)).toBe(0)
    expect(alarmsRead(rehearsal)).toHaveLength(before)
  })
})

test('whoever keeps it open longer in the last moment is heard', async () => {
  const { rehearsal, deploy, until } = await open()
  const request = { procedure: 'finish', service: 'shop', operation: deploy.id, due: until } as const
  // The end was recorded already when the click came.
  await rehearsal.store.appointments.set({
    id: 'finish shop',
    at: until + 30 * minute,
    request: { ...request, due: until + 30 * minute },
    by: alice,
  })
  const ended = await carryOut(rehearsal, request)
  expect(ended.ending).toMatchObject({ kind: 'refused', reason: { code: 'window_moved' } })
  expect(await endOf(rehearsal)).toBe(until + 30 * minute)
  expect(standing(rehearsal)).toBe(4)
})

test('a person cancels what began by itself: it is tried again later', async () => {
  const { rehearsal, until } = await open({
    meanwhile: async ({ store, say }) => {
      for (const id of await store.journal.unfinished()) {
        const operation = await store.journal.read(id)
        const first = (await store.journal.history('shop', 50)).length === 1
        if (operation?.request.procedure === 'finish' && first && operation.signals.length === 0)
          await say(id, { id: 'no', kind: 'cancel', by: alice })
      }
    },
  })
  await rehearsal.pass(until - rehearsal.clock.now() + minute)
  expect(await finishes(rehearsal)).toMatchObject([{ ending: { kind: 'cancelled' } }])
  await rehearsal.pass(hour)
  expect(await finishes(rehearsal)).toMatchObject([{ ending: { kind: 'succeeded' } }, {}])
  expect(standing(rehearsal)).toBe(0)
})
