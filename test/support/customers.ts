import type { ObservedMinute, TrafficMinute } from '../../src/domain/analysis/traffic'
import { seeded } from './seeded'

/** Chance from a seed: the same numbers each time. */
const chanceOf = (seed: number) => {
  const uniform = seeded(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  /** How many of independent events come, where so many are usual. */
  const poisson = (mean: number): number => {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
    const end = Math.exp(-mean)
    let count = 0
    for (let product = uniform(); product > end; product *= uniform()) count += 1
    return count
  }
  return { uniform, normal, poisson }
}

/** How old and new share the traffic: a target group each (with the new one's part), one for both, or after one another. */
export type Arrangement =
  | { readonly kind: 'beside'; readonly share: number }
  | { readonly kind: 'mixed'; readonly fraction: number }
  | { readonly kind: 'after' }

export interface CustomersSpec {
  readonly seed: number
  readonly requestsPerSecond: number
  readonly arrangement: Arrangement
  /** Share of the old version's answers that are errors. */
  readonly errors?: number
  /** What the new version adds to that, and by what its answers take longer. */
  readonly moreErrors?: number
  readonly slower?: number
}

const minuteMs = 60_000
const usualLatency = 200
/** Load of a target, as a part of what it can carry, that target tracking aims at. */
const aimedLoad = 0.5

/**
 * Minutes of a service's traffic, an hour of the old version and then the new one: a daily curve, bursts of two to six
 * minutes and up to twice the load, a fleet that scales some minutes behind, answers that get slower with the
 * load, and a slowness of minutes that both versions share.
 */
export const customers = ({
  seed,
  requestsPerSecond,
  arrangement,
  errors = 0.0005,
  ...worse
}: CustomersSpec) => {
  const { uniform, normal, poisson } = chanceOf(seed)
  const { moreErrors = 0, slower = 1 } = worse
  const phase = uniform() * 2 * Math.PI
  const usualTargets = 4
  const carries = requestsPerSecond / (usualTargets * aimedLoad)
  let burst = { left: 0, by: 1 }
  let targets = usualTargets
  let drift = 0
  const recent: number[] = []

  /** One minute: what comes, on how many targets. */
  const next = (at: number) => {
    if (burst.left === 0 && uniform() < 1 / 40)
      burst = { left: 2 + Math.floor(uniform() * 5), by: 1.3 + uniform() * 0.9 }
    const by = burst.left > 0 ? burst.by : 1
    burst = { ...burst, left: Math.max(0, burst.left - 1) }
    const rate =
      requestsPerSecond * by * (1 + 0.4 * Math.sin(phase + (2 * Math.PI * at) / (24 * 60 * minuteMs)))
    recent.push(rate)
    // Out after three minutes above the aim, in after fifteen below it: as target tracking does.
    const wanted = (seen: readonly number[], pick: (...values: number[]) => number) =>
      Math.max(2, Math.ceil(pick(...seen) / (carries * aimedLoad)))
    targets = Math.max(targets, wanted(recent.slice(-4, -1), Math.min))
    if (recent.length > 15) targets = Math.min(targets, Math.max(2, wanted(recent.slice(-15), Math.max)))
    drift = 0.7 * drift + 0.04 * normal()
    return { rate, load: rate / targets, used: rate / targets / carries, slow: Math.exp(drift) }
  }

  const answered = (
    at: number,
    part: number,
    now: ReturnType<typeof next>,
    version: typeof worse,
  ): TrafficMinute => {
    const requests = poisson(now.rate * 60 * part)
    const overload = Math.max(0, now.used - 1) * 0.2
    const share = errors + overload + (version.moreErrors ?? 0)
    const base = usualLatency * (1 + now.used ** 3) * now.slow * (version.slower ?? 1)
    const noise = Math.min(0.8, Math.max(0.02, 0.4 / Math.sqrt(Math.max(1, requests * 0.01))))
    return {
      at,
      requests,
      errors: Math.min(requests, poisson(requests * share)),
      load: now.load * 60,
      ...(requests > 0 && { latency: base * Math.exp(noise * normal()) }),
    }
  }

  const before: TrafficMinute[] = []
  let at = 0
  for (; before.length < 60; at += minuteMs) before.push(answered(at, 1, next(at), {}))

  const observe = (): ObservedMinute => {
    const now = next(at)
    at += minuteMs
    const fresh = { moreErrors, slower }
    switch (arrangement.kind) {
      case 'beside':
        return {
          new: answered(at, arrangement.share, now, fresh),
          old: answered(at, 1 - arrangement.share, now, {}),
          fraction: 1,
        }
      case 'mixed': {
        const { fraction } = arrangement
        // Of a mixture the slowest answers are the slower version's.
        const mixed = {
          moreErrors: moreErrors * fraction,
          slower: 1 + (slower - 1) * Math.min(1, fraction * 1.6),
        }
        return { new: answered(at, 1, now, mixed), fraction }
      }
      case 'after':
        return { new: answered(at, 1, now, fresh), fraction: 1 }
    }
  }
  return { before, observe }
}
