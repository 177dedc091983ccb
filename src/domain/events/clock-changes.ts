import { DateTime } from 'luxon'
import type { Every } from '../time/phrases/times'
import type { Milliseconds } from '../time/time'
import { clockOf, daysOf, type Span } from './occurrences'

/** The midnights, by the clocks of a zone, of the days within a span on which these change. */
export const clockChanges = (zone: string, { from, to }: Span): readonly DateTime[] => {
  const found: DateTime[] = []
  let midnight = DateTime.fromMillis(from, { zone }).startOf('day')
  while (midnight.toMillis() < to) {
    const next = midnight.plus({ days: 1 })
    if (next.offset !== midnight.offset) found.push(midnight)
    midnight = next
  }
  return found
}

/** What the clocks show on a day at a time so much after one that recurs; undefined on other days of the week. */
const shown = (date: DateTime, every: Every, shift: Milliseconds): DateTime | undefined => {
  if (!daysOf(every, every.days, shift).includes(date.weekday % 7)) return undefined
  return date.set(clockOf(every, shift))
}

/** Whether the clocks leave out, on a day, the time so much after one that recurs. */
export const leavesOut = (date: DateTime, every: Every, shift: Milliseconds): boolean => {
  const at = shown(date, every, shift)
  const { hour, minute } = clockOf(every, shift)
  return at !== undefined && (at.hour !== hour || at.minute !== minute)
}

/** Whether the clocks show it twice. */
export const showsTwice = (date: DateTime, every: Every, shift: Milliseconds): boolean =>
  (shown(date, every, shift)?.getPossibleOffsets().length ?? 1) > 1
