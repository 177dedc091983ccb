import { hypergeometric, normalTail } from './distributions'

/** What two sides answered in the same time: whole numbers. */
export interface Stratum {
  readonly old: Counts
  readonly new: Counts
}
export type Counts = {
  readonly requests: number
  readonly errors: number
}

/** Up to so many errors the distribution is worked out; beyond, the normal one is near enough. */
const mostExact = 400

/**
 * How probable it is that the new side has so many errors, or more, were both sides alike: the one-sided test of
 * Cochran, Mantel and Haenszel, exact while errors are few. Each stratum is compared within itself, so that a minute in
 * which both sides fail, or one gets more of the traffic, says nothing about either. 1 where nothing can be compared.
 */
export const excessProbability = (strata: readonly Stratum[]): number => {
  const telling = strata
    .map(marginsOf)
    .filter(({ all, side, marked }) => side > 0 && side < all && marked > 0)
  const seen = telling.reduce((sum, { seen: errors }) => sum + errors, 0)
  const errors = telling.reduce((sum, { marked }) => sum + marked, 0)
  if (errors === 0) return 1
  return errors <= mostExact ? exactTail(telling, seen) : normalApproximation(telling, seen)
}

interface Margins {
  readonly all: number
  readonly side: number
  readonly marked: number
  readonly seen: number
}

const marginsOf = ({ old, new: fresh }: Stratum): Margins => ({
  all: old.requests + fresh.requests,
  side: fresh.requests,
  marked: Math.min(old.errors + fresh.errors, old.requests + fresh.requests),
  seen: fresh.errors,
})

/** The chance of the sum over the strata: one distribution after the other is folded in. */
const exactTail = (strata: readonly Margins[], seen: number): number => {
  let from = 0
  let sum: readonly number[] = [1]
  for (const { all, side, marked } of strata) {
    const one = hypergeometric(all, side, marked)
    const next = Array.from({ length: sum.length + one.weights.length - 1 }, () => 0)
    for (const [i, before] of sum.entries())
      for (const [j, weight] of one.weights.entries()) next[i + j] = (next[i + j] ?? 0) + before * weight
    from += one.from
    sum = next
  }
  const tail = sum.reduce((total, weight, k) => (from + k >= seen ? total + weight : total), 0)
  return Math.min(1, tail)
}

const normalApproximation = (strata: readonly Margins[], seen: number): number => {
  let expected = 0
  let variance = 0
  for (const { all, side, marked } of strata) {
    expected += (marked * side) / all
    variance += all < 2 ? 0 : (marked * side * (all - side) * (all - marked)) / (all * all * (all - 1))
  }
  return variance === 0 ? 1 : normalTail((seen - expected - 0.5) / Math.sqrt(variance))
}

/**
 * How much more than chance the errors of one side vary from minute to minute: 1 where they come independently of each
 * other. Pearson's estimate; 1 too where there are too few minutes to tell.
 */
export const dispersion = (minutes: readonly Counts[]): number => {
  const counted = minutes.filter(({ requests }) => requests > 0)
  const share = shareOf(total(counted))
  if (counted.length < fewestForDispersion || share === 0 || share === 1) return 1
  const sum = counted.reduce(
    (squares, { requests, errors }) =>
      squares + (errors - requests * share) ** 2 / (requests * share * (1 - share)),
    0,
  )
  return Math.max(1, sum / (counted.length - 1))
}
const fewestForDispersion = 5

/**
 * The same of two sides side by side: how much more than chance the new side's part of the errors varies about what
 * the two sides' shares let expect.
 */
export const dispersionBetween = (strata: readonly Stratum[]): number => {
  const telling = strata
    .map(marginsOf)
    .filter(({ all, side, marked }) => side > 0 && side < all && marked > 0)
  if (telling.length < fewestForDispersion) return 1
  const whole = total(strata.map((stratum) => stratum.new))
  const other = total(strata.map((stratum) => stratum.old))
  const odds = (shareOf(whole) + tiny) / (shareOf(other) + tiny)
  let sum = 0
  for (const { all, side, marked, seen } of telling) {
    const part = (side * odds) / (side * odds + all - side)
    sum += (seen - marked * part) ** 2 / (marked * part * (1 - part))
  }
  return Math.max(1, sum / (telling.length - 1))
}
const tiny = 1e-9

/** Counts as if there were fewer by this factor, to the new side's favour: what varies more than chance tells less. */
export const thinned = ({ old, new: fresh }: Stratum, by: number): Stratum => {
  if (by <= 1) return { old, new: fresh }
  const oldRequests = Math.round(old.requests / by)
  const newRequests = Math.round(fresh.requests / by)
  return {
    old: { requests: oldRequests, errors: Math.min(oldRequests, Math.ceil(old.errors / by)) },
    new: { requests: newRequests, errors: Math.min(newRequests, Math.floor(fresh.errors / by)) },
  }
}

export const total = (counts: readonly Counts[]): Counts => ({
  requests: counts.reduce((sum, { requests }) => sum + requests, 0),
  errors: counts.reduce((sum, { errors }) => sum + errors, 0),
})

/** The share of requests that failed; 0 without any. */
export const shareOf = ({ requests, errors }: Counts): number => (requests === 0 ? 0 : errors / requests)
