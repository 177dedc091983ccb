import type { Operation } from '../operation/operation'
import { checkSteps, shareCheckSteps } from '../steps/checks'
import { outcomeOf, recordsOf } from '../steps/records'
import type { ObservedMinute, TrafficMinute } from './traffic'

/** What was observed of a new version, as a look at its customers remembers it. */
export type Observed = { readonly observed: readonly ObservedMinute[] }

/** Both versions by the minute, oldest first, as a picture shows them beside each other. */
export interface Comparison {
  readonly old: readonly TrafficMinute[]
  readonly new: readonly TrafficMinute[]
  /** Whether the minutes of the new version are those of both, in one target group. */
  readonly mixed: boolean
  /** Of latencies. */
  readonly percentile?: number
}

/** The old version in the new one's minutes, where it answers beside it; else before. */
export const comparisonOf = (
  before: readonly TrafficMinute[],
  observed: readonly ObservedMinute[],
  percentile: number | undefined,
): Comparison | undefined => {
  if (observed.length === 0) return undefined
  const beside = observed.flatMap(({ old }) => old ?? [])
  return {
    old: beside.length > 0 ? beside : before,
    new: observed.map((one) => one.new),
    mixed: observed.some(({ fraction }) => fraction < 1),
    ...(percentile !== undefined && { percentile }),
  }
}

/** The last hour of the old version, as an operation wrote it down before it changed anything. */
export const minutesBefore = ({ steps }: Pick<Operation, 'steps'>): readonly TrafficMinute[] =>
  (outcomeOf(steps, checkSteps.before) as { readonly before?: readonly TrafficMinute[] } | undefined)
    ?.before ?? []

/** What an operation has seen of customers so far, whatever it came to; undefined before the first minute. */
export const comparedBy = ({ steps, plan }: Pick<Operation, 'steps' | 'plan'>): Comparison | undefined => {
  const looks = [checkSteps.verdict, shareCheckSteps.verdict]
    .flatMap((step) => recordsOf(steps, step))
    .sort((a, b) => a.record.order - b.record.order)
    .map(({ record }) => (record.state === 'done' ? record.outcome : record.choice))
  // While it waits the look at the fleet has its own memory around it.
  const seen = looks.flatMap((told) => {
    const known = told as unknown as (Partial<Observed> & { readonly judged?: Partial<Observed> }) | undefined
    return known?.observed ?? known?.judged?.observed ?? []
  })
  const newest = new Map(seen.map((one) => [one.new.at, one]))
  const observed = [...newest.values()].sort((a, b) => a.new.at - b.new.at)
  return comparisonOf(minutesBefore({ steps }), observed, plan?.checks?.latency?.percentile)
}
