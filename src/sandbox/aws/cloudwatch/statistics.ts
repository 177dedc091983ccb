import { Histogram } from '../traffic/histogram'
import type { Metric, Point } from './store'

/** One value a period, by the begin of the period; oldest first. */
export type Series = ReadonlyMap<number, number>

const standard = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const
type Standard = (typeof standard)[number]
const isStandard = (statistic: string): statistic is Standard => standard.some((one) => one === statistic)

/** Whether a statistic is known: the five standard ones and percentiles, `p99` or `p99.95`. */
export const isStatistic = (statistic: string) =>
  isStandard(statistic) || percentileOf(statistic) !== undefined

/** The share of a percentile: 0.99 of `p99`. */
function percentileOf(statistic: string): number | undefined {
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(statistic) ?? []
  return digits === undefined ? undefined : Number(digits) / 100
}

/**
 * A metric's values by period, of those periods that begin at `from` or later and before `to`, as far as they are
 * known at `now`. Periods are counted from the epoch. A period without data has no value.
 */
export function seriesOf(
  metric: Metric | undefined,
  how: { readonly statistic: string; readonly period: number; readonly from: number; readonly to: number },
  now: number,
): Series {
  const step = how.period * 1000
  const groups = new Map<number, Point[]>()
  const first = Math.floor(how.from / step) * step
  for (const point of metric?.points ?? []) {
    if (point.at < first || point.at >= how.to || point.availableAt > now) continue
    const at = Math.floor(point.at / step) * step
    const group = groups.get(at)
    if (group) group.push(point)
    else groups.set(at, [point])
  }
  const series = new Map<number, number>()
  for (const [at, points] of groups) {
    const value = valueOf(points, how.statistic)
    if (value !== undefined) series.set(at, value)
  }
  return series
}

function valueOf(points: readonly Point[], statistic: string): number | undefined {
  const sum = (part: (point: Point) => number) => points.reduce((total, point) => total + part(point), 0)
  switch (statistic) {
    case 'SampleCount':
      return sum(({ count }) => count)
    case 'Sum':
      return sum((point) => point.sum)
    case 'Average':
      return sum((point) => point.sum) / sum(({ count }) => count)
    case 'Minimum':
      return Math.min(...points.map(({ min }) => min))
    case 'Maximum':
      return Math.max(...points.map(({ max }) => max))
    default:
      return percentile(points, percentileOf(statistic) ?? 1)
  }
}

/** Without raw values a percentile is known where all values are the same. */
function percentile(points: readonly Point[], share: number): number | undefined {
  const all = new Histogram()
  for (const { values, count, min, max } of points) {
    if (values) all.merge(values)
    else if (min === max) all.add(min * 1000, count)
  }
  const found = all.quantile(share)
  return found === undefined ? undefined : found / 1000
}
