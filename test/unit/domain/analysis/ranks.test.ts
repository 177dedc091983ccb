import { assert, integer, nat, property, uniqueArray } from 'fast-check'
import { errorOf, spentAt } from '../../../../src/domain/analysis/looks'
import { higherProbability, median } from '../../../../src/domain/analysis/ranks'

/** All ways to choose so many of these. */
const choices = (values: readonly number[], count: number): readonly (readonly number[])[] => {
  if (count === 0) return [[]]
  return values.flatMap((value, at) =>
    choices(values.slice(at + 1), count - 1).map((rest) => [value, ...rest]),
  )
}

const pairsAbove = (older: readonly number[], newer: readonly number[]): number =>
  newer.reduce((sum, value) => sum + older.filter((one) => value > one).length, 0)

test('the probability is that of counting every order', () => {
  assert(
    property(
      uniqueArray(integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 9 }),
      nat(7),
      (values, cut) => {
        const count = Math.min(values.length - 1, Math.max(1, cut))
        const newer = values.slice(0, count)
        const older = values.slice(count)
        const seen = pairsAbove(older, newer)
        const all = choices(values, count)
        const extreme = all.filter(
          (some) =>
            pairsAbove(
              values.filter((value) => !some.includes(value)),
              some,
            ) >= seen,
        )
        expect(higherProbability(older, newer)).toBeCloseTo(extreme.length / all.length, 10)
      },
    ),
    { numRuns: 60 },
  )
})

test('three minutes above an hour are hardly chance, and equal values never help', () => {
  const hour = Array.from({ length: 60 }, (_, at) => 200 + at)
  expect(higherProbability(hour, [300, 301, 302])).toBeCloseTo(1 / 39_711, 10)
  expect(higherProbability(hour, [259, 259, 259])).toBeGreaterThan(higherProbability(hour, [260, 261, 262]))
  expect(higherProbability(hour, hour)).toBeGreaterThan(0.5)
  expect(higherProbability([], [1])).toBe(1)
})

test('all looks together spend no more than a test may, and all tests less than one in a hundred', () => {
  for (const name of ['errors', 'latency'] as const) {
    const spent = Array.from({ length: 10_000 }, (_, at) => spentAt(name, at + 1)).reduce((a, b) => a + b)
    expect(spent).toBeLessThanOrEqual(errorOf[name])
  }
  expect(2 * errorOf.errors + errorOf.latency).toBeLessThan(0.01)
})

test('the middle of some values', () => {
  expect(median([])).toBeUndefined()
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})
