import { array, assert, boolean, double, integer, nat, property, record } from 'fast-check'
import type { ObservedMinute, TrafficMinute } from '../../../../src/domain/analysis/traffic'
import { judge } from '../../../../src/domain/analysis/verdict'
import type { Checks } from '../../../../src/domain/catalogue/catalogue'
import { arrangements, strictChecks, watchNaively, watchVersion } from '../../../support/verdicts'

const checks: Checks = {
  errors: { worse: 2, above: 0.01 },
  latency: { percentile: 99, worse: 1.5, above: 300 },
  least: 100,
  unsure: 'hold',
}

const minute = (at: number, facts: Partial<TrafficMinute> = {}): TrafficMinute => ({
  at: at * 60_000,
  requests: 6_000,
  errors: 6,
  latency: 210 + ((at * 7) % 11),
  load: 3_000,
  ...facts,
})
const before = Array.from({ length: 60 }, (_, at) => minute(at))
const observe = (
  count: number,
  facts: Partial<TrafficMinute>,
  { old, fraction = 1 }: { old?: Partial<TrafficMinute>; fraction?: number } = {},
): readonly ObservedMinute[] =>
  Array.from({ length: count }, (_, at) => ({
    new: minute(60 + at, facts),
    ...(old && { old: minute(60 + at, old) }),
    fraction,
  }))

test('a version that answers as the old one did is good after five minutes', () => {
  expect(judge(checks, { before, observed: observe(4, {}) })).toMatchObject({
    kind: 'unsure',
    doubt: 'few_minutes',
  })
  expect(judge(checks, { before, observed: observe(5, {}) })).toMatchObject({
    kind: 'good',
    figures: { minutes: 5, requests: 30_000, errors: 30, percentile: 99 },
  })
})

test('one answer in twenty that fails is bad with the second minute', () => {
  for (const options of [{}, { old: {} }]) {
    expect(judge(checks, { before, observed: observe(1, { errors: 300 }, options) }).kind).toBe('unsure')
    const verdict = judge(checks, { before, observed: observe(2, { errors: 300 }, options) })
    expect(verdict).toMatchObject({ kind: 'bad', check: 'errors' })
    expect(verdict.figures.share).toBeCloseTo(0.05)
    expect(verdict.figures.oldShare).toBeCloseTo(0.001)
  }
})

test('looks that were taken before leave less to err by', () => {
  for (const worse of [{ latency: 400 }, { requests: 600, errors: 8 }]) {
    const observed = observe(2, worse)
    expect(judge(checks, { before, observed }).kind).toBe('bad')
    expect(judge(checks, { before, observed, looked: 1e30 }).kind).toBe('unsure')
  }
})

test('where both are mixed the new version’s own share is told', () => {
  const mixed = observe(2, { errors: 156 }, { fraction: 0.5 })
  const { kind, figures } = judge(checks, { before, observed: mixed })
  expect(kind).toBe('bad')
  expect(figures.share).toBeCloseTo(0.051, 3)
})

test('a slower version is bad with the second minute', () => {
  expect(judge(checks, { before, observed: observe(1, { latency: 400 }) }).kind).toBe('unsure')
  expect(judge(checks, { before, observed: observe(2, { latency: 400 }) })).toMatchObject({
    kind: 'bad',
    check: 'latency',
    figures: { latency: 400, oldLatency: 215 },
  })
})

test('what is worse and below the limit is no matter', () => {
  const trifle = { errors: 40, latency: 290 }
  expect(judge(checks, { before, observed: observe(5, trifle) }).kind).toBe('good')
})

test('that the old version was quick says nothing against the new one', () => {
  const observed = observe(5, { latency: 214 }, { old: { latency: 100 } })
  expect(
    judge({ ...checks, latency: { percentile: 99, worse: 1.5, above: 150 } }, { before, observed }),
  ).toMatchObject({
    kind: 'good',
  })
})

test('what slows both, or makes both fail, is not the new version’s fault', () => {
  const storm = { errors: 600, latency: 900 }
  expect(judge(checks, { before, observed: observe(5, storm, { old: storm }) }).kind).toBe('good')
})

test('under more load than there ever was nothing is compared', () => {
  const heavy = { latency: 900, errors: 600, load: 9_000, requests: 18_000 }
  expect(judge(checks, { before, observed: observe(5, heavy) })).toMatchObject({
    kind: 'unsure',
    doubt: 'nothing_to_compare',
  })
})

test('no data and too little are unsure, never good', () => {
  const none = judge(checks, { before, observed: [] })
  expect(none).toMatchObject({ kind: 'unsure', doubt: 'no_data' })
  const few = judge(checks, { before, observed: observe(5, { requests: 10, errors: 0 }) })
  expect(few).toMatchObject({ kind: 'unsure', doubt: 'few_requests' })
  // A percentile of a few requests says nothing.
  const thin = judge(checks, { before, observed: observe(6, { requests: 100, errors: 0 }) })
  expect(thin).toMatchObject({ kind: 'unsure', doubt: 'few_minutes' })
  expect(judge(checks, { before: [], observed: observe(6, {}) })).toMatchObject({
    kind: 'unsure',
    doubt: 'nothing_to_compare',
  })
})

test('what looks worse and may be chance is not called good', () => {
  const { latency: _, ...errorsAlone } = checks
  const [first, ...rest] = observe(5, { requests: 60, errors: 0 })
  if (!first) throw new Error('no minute')
  const some = [{ ...first, new: { ...first.new, errors: 4 } }, ...rest]
  expect(judge(errorsAlone, { before, observed: some })).toMatchObject({ kind: 'unsure', doubt: 'undecided' })
})

test('a share of traffic that has just begun takes five minutes of its own, and counts what was before', () => {
  const observed = observe(8, {}, { old: {} })
  expect(judge(checks, { before, observed }, 3)).toMatchObject({ kind: 'unsure', doubt: 'few_minutes' })
  expect(judge(checks, { before, observed }, 5).kind).toBe('good')
  expect(judge(checks, { before, observed: observe(2, { errors: 600 }, { old: {} }) }, 1).kind).toBe('bad')
})

const traffic = record({
  requests: integer({ min: 0, max: 20_000 }),
  share: double({ min: 0, max: 0.3, noNaN: true }),
  latency: integer({ min: 1, max: 5_000 }),
})
const asMinute = (
  at: number,
  { requests, share, latency }: { requests: number; share: number; latency: number },
) => minute(at, { requests, errors: Math.floor(requests * share), latency })

test('a version that does minute by minute just what the old one does is never bad, whatever that is', () => {
  assert(
    property(array(traffic, { minLength: 1, maxLength: 12 }), (minutes) => {
      const observed = minutes.map((one, at) => ({
        new: asMinute(60 + at, one),
        old: asMinute(60 + at, one),
        fraction: 1,
      }))
      expect(judge(strictChecks, { before, observed }).kind).not.toBe('bad')
    }),
  )
})

test('a single bad minute, however bad, is never called bad', () => {
  assert(
    property(traffic, nat(6), boolean(), (bad, where, beside) => {
      const observed = observe(7, {}, beside ? { old: {} } : {}).map((one, at) =>
        at === where ? { ...one, new: asMinute(60 + at, bad) } : one,
      )
      expect(judge(checks, { before, observed }).kind).not.toBe('bad')
    }),
  )
})

test('fewer than `least` requests are never good', () => {
  assert(
    property(array(integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 }), (counts) => {
      const observed = counts.map((requests, at) => ({
        new: minute(60 + at, { requests, errors: 0 }),
        fraction: 1,
      }))
      expect(judge(checks, { before, observed }).kind).not.toBe('good')
    }),
  )
})

/** A seeded sample of what the bench runs in full: `npm run bench verdict`. */
test('good versions are left alone and bad ones caught, where a fixed threshold does neither', () => {
  const seeds = Array.from({ length: 40 }, (_, at) => at + 1)
  let alarms = 0
  let naive = 0
  for (const arrangement of Object.values(arrangements)) {
    for (const requestsPerSecond of [10, 200]) {
      for (const seed of seeds) {
        const spec = { seed, requestsPerSecond, arrangement }
        if (watchVersion(spec).verdict === 'bad') alarms += 1
        if (watchNaively(spec).verdict === 'bad') naive += 1
      }
    }
  }
  expect(alarms).toBeLessThanOrEqual(2)
  expect(naive).toBeGreaterThan(10)
  for (const seed of seeds.slice(0, 15)) {
    const after = { seed, arrangement: { kind: 'after' } as const }
    expect(watchVersion({ ...after, requestsPerSecond: 50, moreErrors: 0.05 }).verdict).toBe('bad')
    expect(watchVersion({ ...after, requestsPerSecond: 1_000, moreErrors: 0.01 }).verdict).toBe('bad')
    expect(watchVersion({ ...after, requestsPerSecond: 1_000, slower: 1.5 }).verdict).toBe('bad')
  }
})
