import type { Checks } from '../catalogue/catalogue'
import { comparable } from './comparable'
import { fewestBadMinutes, spentAt } from './looks'
import { higherProbability, median } from './ranks'
import type { Evidence, ObservedMinute, TrafficMinute } from './traffic'
import type { Judgement } from './judgement'

/** What is said of a new version's answers' times. */
export interface LatencyJudged {
  readonly judgement: Judgement
  /** Milliseconds, in the middle of the minutes; absent where none could be compared. */
  readonly latency?: number
  readonly oldLatency?: number
}

type Check = NonNullable<Checks['latency']>

/** With fewer minutes from before there is nothing to compare with. */
const fewestBefore = 10

/**
 * Judges a percentile of the answers' times, one observation a minute, against the time before. What the old version
 * shows in the same minute, in a target group of its own, is allowed for: what slows both is not the new version's fault.
 * Bad is what chance hardly explains and is in the middle at least `above` and `worse` times the old one as well.
 */
export const judgeLatency = (check: Check, { before, observed, looked = 0 }: Evidence): LatencyJudged => {
  const telling = observed.filter((minute) => isTelling(check, minute.new))
  const latency = median(telling.map((minute) => minute.new.latency ?? 0))
  const known = { ...(latency !== undefined && { latency }) }
  const older = comparable(
    before.filter((minute) => isTelling(check, minute)),
    telling.map((minute) => minute.new),
  ).map(({ latency: value = 0 }) => value)
  const oldLatency = median(older)
  if (oldLatency === undefined || older.length < fewestBefore) {
    return { judgement: 'nothing_to_compare', ...known }
  }
  const figures = { ...known, oldLatency }
  if (telling.length < fewestBadMinutes) return { judgement: 'few_minutes', ...figures }
  const own = telling.map((minute) => ownLatency(check, minute, oldLatency))
  const middle = median(own) ?? 0
  if (middle < check.above || middle < check.worse * oldLatency) {
    return { judgement: telling.length < fewestTelling ? 'few_minutes' : 'good', ...figures }
  }
  const chance = higherProbability(older, own)
  return {
    judgement: chance <= spentAt('latency', looked + telling.length) ? 'bad' : 'undecided',
    ...figures,
  }
}

/** Of fewer minutes a percentile is not called good. */
const fewestTelling = 3

/** A percentile jumps with each request where so few are beyond it. */
const fewestBeyond = 5

const isTelling = ({ percentile }: Check, { latency, requests }: TrafficMinute): boolean =>
  latency !== undefined && latency > 0 && requests * (1 - percentile / 100) >= fewestBeyond

/**
 * A minute's percentile as it would be under the usual conditions, where the old version shows that the minute was slow. That it
 * was quick says nothing against the new one: a quotient of two percentiles varies more than those that it is compared with.
 */
const ownLatency = (check: Check, { new: fresh, old }: ObservedMinute, usual: number): number => {
  const { latency = 0 } = fresh
  return old?.latency !== undefined && isTelling(check, old)
    ? latency * Math.min(1, usual / old.latency)
    : latency
}
