import type { Checks } from '../catalogue/catalogue'
import { comparable } from './comparable'
import type { Judgement } from './judgement'
import { fewestBadMinutes, spentAt } from './looks'
import {
  dispersion,
  dispersionBetween,
  excessProbability,
  shareOf,
  type Stratum,
  thinned,
  total,
} from './proportions'
import type { Evidence, ObservedMinute, TrafficMinute } from './traffic'

/** What is said of a new version's errors. */
export interface ErrorsJudged {
  readonly judgement: Judgement
  /** Shares of answers that are errors, of both versions. */
  readonly share: number
  readonly oldShare: number
}

/** The old version says something about a minute only with so much of its requests. */
const fewestBeside = 0.02
/** With fewer minutes from before there is nothing to compare with. */
const fewestBefore = 5

/**
 * Judges the share of errors. Minutes in which both versions answer in target groups of their own are compared side by
 * side, the others with the time before. Bad is what chance hardly explains and is at least `above` and `worse` times the
 * old share as well.
 */
export const judgeErrors = (
  check: Checks['errors'],
  { before, observed, looked = 0 }: Evidence,
): ErrorsJudged => {
  const beside = observed.flatMap(besideOld)
  const alone = observed.filter((minute) => besideOld(minute).length === 0)
  const parts = [
    ...(beside.length > 0 ? [judgeBeside(check, beside, looked)] : []),
    ...(alone.length > 0 ? [judgeBefore(check, before, alone, looked)] : []),
  ]
  const worst =
    parts.find(({ judgement }) => judgement === 'bad') ??
    parts.find(({ judgement }) => judgement !== 'good') ??
    parts[0]
  return worst ?? { judgement: 'few_minutes', share: 0, oldShare: shareOf(total(before)) }
}

const besideOld = (minute: ObservedMinute): readonly Stratum[] => {
  const { old, new: fresh, fraction } = minute
  return old &&
    fraction === 1 &&
    old.requests >= fewestBeside * (old.requests + fresh.requests) &&
    old.requests > 0
    ? [{ old, new: fresh }]
    : []
}

const judgeBeside = (check: Checks['errors'], strata: readonly Stratum[], looked: number): ErrorsJudged => {
  const share = shareOf(total(strata.map((stratum) => stratum.new)))
  // As the old one would have failed in the new one's minutes: shares shift from minute to minute.
  const oldShare = standardised(strata)
  const by = dispersionBetween(strata)
  return {
    share,
    oldShare,
    judgement: conclude(check, {
      share,
      oldShare,
      look: looked + strata.length,
      bad: strata.filter((stratum) => shareOf(stratum.new) > shareOf(stratum.old)).length,
      chance: () => excessProbability(strata.map((stratum) => thinned(stratum, by))),
    }),
  }
}

/** The old side's share, weighted by the new side's requests in each minute. */
const standardised = (strata: readonly Stratum[]): number => {
  const all = strata.reduce((sum, stratum) => sum + stratum.new.requests, 0)
  if (all === 0) return shareOf(total(strata.map(({ old }) => old)))
  return strata.reduce((sum, { old, new: fresh }) => sum + shareOf(old) * fresh.requests, 0) / all
}

const judgeBefore = (
  check: Checks['errors'],
  before: readonly TrafficMinute[],
  minutes: readonly ObservedMinute[],
  looked: number,
): ErrorsJudged => {
  const telling = minutes.filter((minute) => comparable(before, [minute.new]).length >= fewestBefore)
  const like = comparable(
    before,
    telling.map((minute) => minute.new),
  )
  const older = total(like)
  const newer = total(telling.map((minute) => minute.new))
  const oldShare = shareOf(older)
  const share = ownShare(telling, oldShare)
  if (telling.length === 0) return { share, oldShare, judgement: 'nothing_to_compare' }
  const by = dispersion(before)
  return {
    share,
    oldShare,
    judgement: conclude(check, {
      share,
      oldShare,
      look: looked + telling.length,
      bad: telling.filter((minute) => shareOf(minute.new) > oldShare).length,
      chance: () => excessProbability([thinned({ old: older, new: newer }, by)]),
    }),
  }
}

/** The new version's own share: in a mixture of both an excess shows by its part of the targets alone. */
const ownShare = (minutes: readonly ObservedMinute[], oldShare: number): number => {
  let errors = 0
  let requests = 0
  for (const { new: fresh, fraction } of minutes) {
    const own = fresh.requests * fraction
    requests += own
    errors += fresh.errors - (fresh.requests - own) * oldShare
  }
  return requests === 0 ? 0 : Math.min(1, Math.max(0, errors / requests))
}

interface Compared {
  readonly share: number
  readonly oldShare: number
  /** Minutes that were looked at, which are looks. */
  readonly look: number
  /** Minutes in which the new version did worse. */
  readonly bad: number
  /** How probable it is by chance. */
  readonly chance: () => number
}

const conclude = (check: Checks['errors'], { share, oldShare, look, bad, chance }: Compared): Judgement => {
  if (!check || share < check.above || share < check.worse * oldShare) return 'good'
  const certain = bad >= fewestBadMinutes && chance() <= spentAt('errors', look)
  return certain ? 'bad' : 'undecided'
}
