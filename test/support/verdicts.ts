import { judge } from '../../src/domain/analysis/verdict'
import type { ObservedMinute } from '../../src/domain/analysis/traffic'
import type { Checks } from '../../src/domain/catalogue/catalogue'
import { type Arrangement, customers, type CustomersSpec } from './customers'

/** Strict ones, by which one answer in a hundred that fails is too many. */
export const strictChecks: Checks = {
  errors: { worse: 2, above: 0.005 },
  latency: { percentile: 99, worse: 1.2, above: 100 },
  least: 100,
  unsure: 'hold',
}

/** So long it is looked before a person decides. */
const longest = 15

export interface Watched {
  readonly verdict: 'good' | 'bad' | 'unsure'
  /** Minutes of data when it was known; `longest` where it was not. */
  readonly minutes: number
}

/** Looks each minute until it is known. */
export const watchVersion = (spec: CustomersSpec, checks: Checks = strictChecks): Watched => {
  const { before, observe } = customers(spec)
  const observed: ObservedMinute[] = []
  while (observed.length < longest) {
    observed.push(observe())
    const { kind } = judge(checks, { before, observed })
    if (kind !== 'unsure') return { verdict: kind, minutes: observed.length }
  }
  return { verdict: 'unsure', minutes: longest }
}

/**
 * As a fixed threshold has it, the naive way: bad with the first minute that has more than 1 % of errors, or a
 * percentile half as high again as it was on average; good after five minutes.
 */
export const watchNaively = (spec: CustomersSpec): Watched => {
  const { before, observe } = customers(spec)
  const usual = before.reduce((sum, { latency = 0 }) => sum + latency, 0) / before.length
  for (let minutes = 1; minutes <= 5; minutes++) {
    const { new: fresh } = observe()
    const failing = fresh.requests > 0 && fresh.errors / fresh.requests > 0.01
    if (failing || (fresh.latency ?? 0) > 1.5 * usual) return { verdict: 'bad', minutes }
  }
  return { verdict: 'good', minutes: 5 }
}

export const arrangements: Readonly<Record<string, Arrangement>> = {
  'canary 10 %': { kind: 'beside', share: 0.1 },
  'side by side': { kind: 'beside', share: 0.5 },
  mixed: { kind: 'mixed', fraction: 0.5 },
  'before and after': { kind: 'after' },
}
