import { array, assert, double, integer, nat, pre, property, record } from 'fast-check'
import { hypergeometric, logFactorial, normalTail } from '../../../../src/domain/analysis/distributions'
import {
  dispersion,
  dispersionBetween,
  excessProbability,
  type Stratum,
  thinned,
} from '../../../../src/domain/analysis/proportions'

const stratum = (
  oldErrors: number,
  oldRequests: number,
  newErrors: number,
  newRequests: number,
): Stratum => ({
  old: { requests: oldRequests, errors: oldErrors },
  new: { requests: newRequests, errors: newErrors },
})

/** Small strata, of which every outcome can be counted. */
const smallStrata = array(
  record({ all: integer({ min: 2, max: 12 }), side: nat(12), marked: nat(6) }).map(
    ({ all, side, marked }) => ({ all, side: Math.min(side, all), marked: Math.min(marked, all) }),
  ),
  { minLength: 1, maxLength: 3 },
)

/** Each way in which the errors of such strata may fall, with its probability. */
const outcomes = (margins: readonly { all: number; side: number; marked: number }[]) =>
  margins.reduce<readonly { strata: readonly Stratum[]; chance: number }[]>(
    (known, { all, side, marked }) => {
      const { from, weights } = hypergeometric(all, side, marked)
      return known.flatMap(({ strata, chance }) =>
        weights.map((weight, at) => ({
          strata: [...strata, stratum(marked - from - at, all - side, from + at, side)],
          chance: chance * weight,
        })),
      )
    },
    [{ strata: [], chance: 1 }],
  )

test('the distributions are those of the tables', () => {
  expect(logFactorial(10)).toBeCloseTo(Math.log(3_628_800), 10)
  expect(logFactorial(100)).toBeCloseTo(363.739_375_555_563_5, 9)
  expect(normalTail(1.959_964)).toBeCloseTo(0.025, 7)
  expect(normalTail(-1.281_552)).toBeCloseTo(0.9, 6)
  expect(normalTail(5) / 2.866_515_7e-7).toBeCloseTo(1, 5)
  // Fisher's lady tasting tea: all four cups right by chance.
  expect(excessProbability([stratum(0, 4, 4, 4)])).toBeCloseTo(1 / 70, 12)
})

test('of versions that are alike no more than so many are found so improbable, whatever the strata', () => {
  assert(
    property(smallStrata, double({ min: 0.001, max: 0.5, noNaN: true }), (margins, level) => {
      const called = outcomes(margins)
        .filter(({ strata }) => excessProbability(strata) <= level)
        .reduce((sum, { chance }) => sum + chance, 0)
      expect(called).toBeLessThanOrEqual(level + 1e-9)
    }),
    { numRuns: 60 },
  )
})

test('one error more on the new side never makes the excess more probable', () => {
  assert(
    property(
      nat(600),
      nat(600),
      integer({ min: 2_000, max: 100_000 }),
      integer({ min: 2_000, max: 100_000 }),
      (oldErrors, newErrors, oldRequests, newRequests) => {
        // Where one way of counting hands over to the other it may jump a little.
        pre(oldErrors + newErrors !== 400)
        const less = excessProbability([stratum(oldErrors, oldRequests, newErrors, newRequests)])
        const more = excessProbability([stratum(oldErrors, oldRequests, newErrors + 1, newRequests)])
        expect(more).toBeLessThanOrEqual(less + 1e-9)
      },
    ),
    { numRuns: 100 },
  )
})

test('many errors are judged as if each were counted: the normal distribution takes over unseen', () => {
  const exact = excessProbability([stratum(160, 100_000, 240, 100_000)])
  const normal = excessProbability([stratum(160, 100_000, 241, 100_000)])
  expect(Math.log10(exact) - Math.log10(normal)).toBeLessThan(0.3)
  expect(normal).toBeLessThan(exact)
})

test('a minute in which both sides fail, or one gets more traffic, says nothing about either', () => {
  const bothFail = [stratum(1, 9_000, 0, 1_000), stratum(450, 9_000, 50, 1_000)]
  expect(excessProbability(bothFail)).toBeGreaterThan(0.3)
  // The new one gets most of the traffic in the bad minute: together it looks worse, minute by minute it is not.
  const shifted = [stratum(9, 9_000, 1, 1_000), stratum(50, 1_000, 450, 9_000)]
  expect(excessProbability(shifted)).toBeGreaterThan(0.3)
})

test('nothing to compare is no evidence', () => {
  expect(excessProbability([])).toBe(1)
  expect(excessProbability([stratum(0, 500, 0, 500)])).toBe(1)
  expect(excessProbability([stratum(0, 0, 5, 100)])).toBe(1)
})

test('errors that come in lumps tell less, and are thinned to the new side’s favour', () => {
  const steady = Array.from({ length: 20 }, () => ({ requests: 1_000, errors: 10 }))
  expect(dispersion(steady)).toBe(1)
  const lumps = steady.map((minute, at) => ({ ...minute, errors: at % 10 === 0 ? 100 : 0 }))
  expect(dispersion(lumps)).toBeGreaterThan(50)
  const between = lumps.map(({ requests, errors }) => ({
    old: { requests, errors: 10 },
    new: { requests, errors },
  }))
  expect(dispersionBetween(between)).toBeGreaterThan(10)
  assert(
    property(nat(500), nat(500), double({ min: 1, max: 50, noNaN: true }), (older, newer, by) => {
      const thin = thinned(stratum(older, 10_000, newer, 10_000), by)
      expect(thin.new.errors).toBeLessThanOrEqual(newer / by)
      expect(thin.old.errors).toBeGreaterThanOrEqual(Math.min(thin.old.requests, older / by))
    }),
  )
})
