import * as fc from 'fast-check'
import { createAccounts } from '../../../../src/adapters/aws/accounts'
import { type Demand, freeMinute, sizesAt } from '../../../../src/domain/events/sizes'
import { minute } from '../../../../src/domain/time/time'
import { createAws } from '../../../../src/sandbox/aws'
import { seedFleet } from '../../../../src/sandbox/aws/seed'
import { createJumpingClock } from '../../../../src/sandbox/clock'
import { inProcess } from '../../../support/in-process-aws'

const base = { min: 2, desired: 2, max: 4 }
const start = Date.parse('2026-03-02T01:00:00Z')
/** Begins and ends lie on different minutes, as scheduling sees to. */
const demands = fc
  .uniqueArray(fc.integer({ min: 5, max: 600 }), { minLength: 2, maxLength: 12 })
  .chain((minutes) =>
    fc.tuple(
      ...Array.from({ length: Math.floor(minutes.length / 2) }, (_, index) => {
        const edges = minutes.slice(index * 2, index * 2 + 2).sort((a, b) => a - b)
        const [from = 0, to = 0] = edges.map((one) => start + one * minute)
        return fc.record(
          {
            from: fc.constant(from),
            to: fc.constant(to),
            desired: fc.integer({ min: 0, max: 6 }),
            min: fc.integer({ min: 0, max: 6 }),
            max: fc.integer({ min: 6, max: 9 }),
          },
          { requiredKeys: ['from', 'to', 'desired'] },
        )
      }),
    ),
  ) as fc.Arbitrary<readonly Demand[]>
const edgesOf = (events: readonly Demand[]) =>
  events.flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b)

describe('the sizes of a group with events', () => {
  test.each([
    ['before', 0, base],
    ['while the first is on', 10, { min: 2, desired: 6, max: 8 }],
    ['while both are on: the highest', 25, { min: 4, desired: 10, max: 10 }],
    ['when the higher is over', 45, { min: 2, desired: 6, max: 8 }],
    ['when the last is out: the base', 60, base],
  ])('%s', (_name, at, sizes) => {
    const events = [
      { from: 10, to: 60, desired: 6, max: 8 },
      { from: 20, to: 45, desired: 10, min: 4 },
    ]
    expect(sizesAt(base, events, at)).toEqual(sizes)
  })

  test('one action at each begin and end keeps them right at every instant between', () => {
    fc.assert(
      fc.property(demands, fc.integer({ min: 0, max: 620 }), (events, later) => {
        const at = start + later * minute
        const last = edgesOf(events).findLast((edge) => edge <= at)
        expect(last === undefined ? base : sizesAt(base, events, last)).toEqual(sizesAt(base, events, at))
      }),
    )
  })

  test('are what a group of AWS has, by its own clock', async () => {
    await fc.assert(
      fc.asyncProperty(demands, async (events) => {
        const clock = createJumpingClock(start)
        const aws = createAws({ clock, seed: 3 })
        seedFleet(aws)
        const time = { now: () => clock.now(), real: () => 0 }
        const { groups } = createAccounts({ clock: time, clientConfig: inProcess(aws) })({
          region: 'ap-northeast-2',
        })
        for (const at of edgesOf(events))
          await groups.schedule('Web-ASG', { name: `at ${at}`, startAt: at, ...sizesAt(base, events, at) })
        for (const at of edgesOf(events)) {
          // An action runs up to a minute late there; the next edge may be that near.
          const next = edgesOf(events).find((edge) => edge > at)
          if (next !== undefined && next - at <= 2 * minute) continue
          clock.advanceTo(at + 2 * minute)
          expect(await groups.describe('Web-ASG')).toMatchObject(sizesAt(base, events, at))
        }
        expect(await groups.scheduled('Web-ASG')).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  test('find a free minute before or after, where one is taken', () => {
    const taken = new Set([5, 6, 9].map((one) => one * minute))
    expect(freeMinute(5 * minute, taken, 1)).toBe(7 * minute)
    expect(freeMinute(6 * minute, taken, -1)).toBe(4 * minute)
    expect(freeMinute(8 * minute, taken, 1)).toBe(8 * minute)
  })
})
