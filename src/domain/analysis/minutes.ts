import { minute, type Instant, type Milliseconds } from '../time/time'
import type { ObservedMinute, TrafficMinute } from './traffic'

/** CloudWatch tells of a minute bit by bit: it counts when so much time has passed since its end. */
const settleTime: Milliseconds = 2 * minute
/** New instances are cold: so much of their time with customers is left out, on both sides alike. */
const warmUp: Milliseconds = minute

/** The first minute that counts of a version that has customers since `at`, of which `seen` was watched already. */
export const firstMinute = (at: Instant, seen: Milliseconds): Instant =>
  Math.ceil((at + Math.max(0, warmUp - seen)) / minute) * minute

/** Whether a minute that began at `at` is told in full. */
export const isSettled = (at: Instant, now: Instant): boolean => at + minute + settleTime <= now

/** The minutes of several target groups as one: requests added up, the slowest and the busiest of them. */
export const merged = (sources: readonly (readonly TrafficMinute[])[]): readonly TrafficMinute[] => {
  const byTime = new Map<Instant, TrafficMinute>()
  for (const one of sources.flat()) {
    const known = byTime.get(one.at)
    byTime.set(one.at, known ? together(known, one) : one)
  }
  return [...byTime.values()].sort((a, b) => a.at - b.at)
}

const together = (a: TrafficMinute, b: TrafficMinute): TrafficMinute => {
  const latency = greater(a.latency, b.latency)
  const load = greater(a.load, b.load)
  return {
    at: a.at,
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
    ...(latency !== undefined && { latency }),
    ...(load !== undefined && { load }),
  }
}

const greater = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)

/** What was observed of a new version from a minute on, as far as it is told in full. */
export const observedFrom = (
  since: Instant,
  now: Instant,
  sides: {
    readonly new: readonly TrafficMinute[]
    readonly old: readonly TrafficMinute[]
    readonly fraction: number
  },
): readonly ObservedMinute[] => {
  const old = new Map(sides.old.map((one) => [one.at, one]))
  return sides.new
    .filter(({ at }) => at >= since && isSettled(at, now))
    .map((fresh) => {
      const beside = old.get(fresh.at)
      return { new: fresh, ...(beside && { old: beside }), fraction: sides.fraction }
    })
}
