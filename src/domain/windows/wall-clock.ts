import { DateTime } from 'luxon'
import { hour, minute, type Instant } from '../time/time'

/**
 * What the clocks of a zone show, as a number: the milliseconds of the same reading in UTC. Readings can be counted on;
 * instants cannot, where clocks change.
 */
export type Reading = number

const offsetAt = (zone: string, at: Instant): number => DateTime.fromMillis(at, { zone }).offset * minute

export const readingAt = (zone: string, at: Instant): Reading => at + offsetAt(zone, at)

/** No zone is further from another time than this. */
const widest = 26 * hour

/**
 * The instants at which the clocks show a reading: one; two where they are put back over it; where they are put forward
 * over it the first that exists after it, so that what begins in an hour that is left out begins all the same.
 */
export const instantsOf = (zone: string, reading: Reading): readonly [Instant, ...Instant[]] => {
  const offsets = [
    ...new Set([offsetAt(zone, reading - widest), offsetAt(zone, reading), offsetAt(zone, reading + widest)]),
  ]
  const [first, ...others] = offsets
    .map((offset) => reading - offset)
    .filter((at) => readingAt(zone, at) === reading)
    .toSorted((a, b) => a - b)
  return first === undefined ? [firstAfterGap(zone, reading)] : [first, ...others]
}

/** The instant at which the clocks are put forward over a reading. */
const firstAfterGap = (zone: string, reading: Reading): Instant => {
  let before = reading - widest
  let after = reading + widest
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (readingAt(zone, middle) < reading) before = middle
    else after = middle
  }
  return after
}
