import { DateTime } from 'luxon'
import { type Instant, type Milliseconds, minute } from '../time/time'
import type { Every } from '../time/phrases/times'
import type { LiveEvent } from './event'

export interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** One time that an event is, and that its group is out for it. */
export interface Occurrence extends Span {
  readonly outAt: Instant
  readonly inAt: Instant
  /** The day of the week on which it begins, 0 for Sunday. */
  readonly day: number
}

const minutesOfDay = 24 * 60

/**
 * What the clocks show so many minutes after the midnight with which a day begins. Where they are put forward over it,
 * luxon gives the instant right after.
 */
const onClocks = (midnight: DateTime, minutes: number): Instant => {
  const days = Math.floor(minutes / minutesOfDay)
  const time = minutes - days * minutesOfDay
  return midnight
    .plus({ days })
    .set({ hour: Math.floor(time / 60), minute: time % 60 })
    .toMillis()
}

/** The days on which something that recurs may touch a span of time, from two days before it. */
const daysAround = function* (zone: string, { from, to }: Span): Generator<DateTime> {
  const last = to + 2 * minutesOfDay * minute
  let day = DateTime.fromMillis(from, { zone }).startOf('day').minus({ days: 2 })
  for (; day.toMillis() < last; day = day.plus({ days: 1 })) yield day
}

/** When an event's group is out within a span of time, in order; by the clocks of its zone where it recurs. */
export const occurrencesOf = (
  { times, lead }: Pick<LiveEvent, 'times' | 'lead'>,
  span: Span,
): readonly Occurrence[] => {
  if (times.kind === 'once') {
    const { from, to, outAt, inAt, zone } = times
    const day = DateTime.fromMillis(from, { zone }).weekday % 7
    return overlap({ from: outAt, to: inAt }, span) ? [{ from, to, outAt, inAt, day }] : []
  }
  const start = times.hour * 60 + times.minute
  const end = start + times.lasts / minute
  const found: Occurrence[] = []
  for (const midnight of daysAround(times.zone, span)) {
    const day = midnight.weekday % 7
    if (!times.days.includes(day)) continue
    const outAt = onClocks(midnight, start - lead / minute)
    const inAt = onClocks(midnight, end + times.back / minute)
    if (outAt >= times.since && overlap({ from: outAt, to: inAt }, span))
      found.push({ from: onClocks(midnight, start), to: onClocks(midnight, end), outAt, inAt, day })
  }
  return found
}

/** The first instant after `after` at which the clocks show this time on one of these days. */
export const nextTime = (every: Omit<Every, 'lasts'>, after: Instant): Instant => {
  for (const midnight of daysAround(every.zone, { from: after, to: after + 8 * minutesOfDay * minute })) {
    if (!every.days.includes(midnight.weekday % 7)) continue
    const at = onClocks(midnight, every.hour * 60 + every.minute)
    if (at > after) return at
  }
  throw new Error('a time that recurs has at least one day')
}

const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to

type TimeOfDay = Pick<Every, 'hour' | 'minute'>

const shifted = ({ hour, minute: minutes }: TimeOfDay, by: Milliseconds) => {
  const all = hour * 60 + minutes + Math.round(by / minute)
  const days = Math.floor(all / minutesOfDay)
  return { days, time: all - days * minutesOfDay }
}

/** A time of day so much earlier or later, by the clocks. */
export const clockOf = (time: TimeOfDay, by: Milliseconds): TimeOfDay => {
  const { time: minutes } = shifted(time, by)
  return { hour: Math.floor(minutes / 60), minute: minutes % 60 }
}

/** The days of the week that a time so much earlier or later falls on. */
export const daysOf = (time: TimeOfDay, days: readonly number[], by: Milliseconds): readonly number[] =>
  days.map((day) => (((day + shifted(time, by).days) % 7) + 7) % 7)
