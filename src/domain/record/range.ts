import { DateTime } from 'luxon'
import { parseDuration } from '../time/duration'
import type { Instant } from '../time/time'

/** A time of which the record or the history is asked, as people say it: a span back from now, or a day. */
export interface SaidRange {
  readonly since?: string
  readonly until?: string
}

const day = /^\d{4}-\d\d-\d\d$/

/** Whether a text is a span back from now, or a day. */
export const isMoment = (text: string): boolean =>
  (parseDuration(text) ?? 0) > 0 || (day.test(text) && DateTime.fromISO(text).isValid)

/** The instant that is meant; a day begins where who reads is. */
export const momentOf = (text: string, { now, timezone }: { now: Instant; timezone: string }): Instant => {
  const span = parseDuration(text)
  return span === undefined ? DateTime.fromISO(text, { zone: timezone }).toMillis() : now - span
}
