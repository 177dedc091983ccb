import { DateTime } from 'luxon'
import type { Instant } from '../time'
import type { Every } from '../when/times'

export interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** The times at which something that recurs begins within a span of time, in order, by the clocks of its zone. */
export const occurrences = (every: Every, { from, to }: Span): readonly Span[] => {
  const found: Span[] = []
  const first = DateTime.fromMillis(from, { zone: every.zone }).startOf('day').minus({ days: 1 })
  for (let day = first; day.toMillis() < to; day = day.plus({ days: 1 })) {
    if (!every.days.includes(day.weekday % 7)) continue
    // Where the clocks go forward over it, cron runs it right after (luxon gives the same instant).
    const begins = day.set({ hour: every.hour, minute: every.minute }).toMillis()
    const span = { from: begins, to: begins + every.lasts }
    if (span.to > from && span.from < to) found.push(span)
  }
  return found
}

export const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to
