import { DateTime } from 'luxon'
import { parseDuration } from '../duration'
import { hour, type Instant, type Milliseconds } from '../time'
import { englishPoint } from './english'
import { takeCron, takeDays } from './every'
import { isKorean, koreanPoint } from './korean'
import {
  type Day,
  timeParseError,
  type Point,
  read,
  type Spoken,
  type TimeOfDay,
  type ReadTime,
  type When,
} from './times'
import { dayOf, instantAt, takeZone } from './zones'

/** Longer than this an event is rather a mistake, or a new size for good. */
const longest: Milliseconds = 7 * 24 * hour
const halfDay = 12 * hour

/**
 * Understands when something is to be, as people say it in English or Korean: a start with a length or an end, once
 * or again and again. What may mean two things, is over, or does not exist on the clocks there is asked back.
 */
export const readWhen = (phrase: string, spoken: Spoken): ReadTime<When> => {
  const tidy = phrase
    .normalize('NFKC')
    .replace(/[“”"]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!。]+$/u, '')
  const zoned = takeZone(tidy, spoken)
  if (!zoned.ok) return zoned
  const { zone } = zoned.value
  const text = zoned.value.text.toLowerCase()
  if (text === '') return timeParseError({ code: 'no_time' })
  const there = { ...spoken, zone }
  return readEvery(text, there) ?? readOnce(text, there)
}

const readEvery = (text: string, spoken: Spoken): ReadTime<When> | undefined => {
  const { zone } = spoken
  const cron = takeCron(text)
  if (cron === 'unsupported') return timeParseError({ code: 'unclear', text })
  const taken = cron ?? takeDays(text)
  if (!taken) return undefined
  const { days, rest } = taken
  if (days === undefined) return timeParseError({ code: 'unclear', text })
  if (cron) {
    const lasts = parseDuration(rest.replace(/^for /, '').replace(/ ?동안$/u, ''))
    if (lasts === undefined)
      return timeParseError(rest === '' ? { code: 'no_end' } : { code: 'unclear', text: rest })
    return checked({ kind: 'every', days, hour: cron.hour, minute: cron.minute, lasts, zone })
  }
  const { start, lasts, end } = parted(rest)
  const from = point(start, spoken)
  if (!from.ok) return from
  const to = end === undefined ? undefined : point(end, spoken)
  if (to && !to.ok) return to
  const { time } = from.value
  if (from.value.day ?? from.value.at ?? to?.value.day ?? to?.value.at)
    return timeParseError({ code: 'unclear', text: rest })
  if (!time) return timeParseError({ code: 'no_time' })
  if (lasts === undefined && !to?.value.time) return timeParseError({ code: 'no_end' })
  const clear = to?.value.time ? clearTimes(time, to.value.time) : [time]
  const [begin, close] = clear ?? []
  if (!begin || begin.bare) return bareTime(start, time)
  const none = to?.value.time && sameOnDial(begin, to.value.time)
  const span = lasts ?? (close && !none ? spanBetween(begin, close) : 0)
  return checked({ kind: 'every', days, hour: begin.hour, minute: begin.minute, lasts: span, zone })
}

const checked = (every: Extract<When, { kind: 'every' }>): ReadTime<When> => {
  if (every.lasts <= 0) return timeParseError({ code: 'zero_length' })
  // One that is not over before it begins again would be there always.
  if (every.lasts >= 24 * hour) return timeParseError({ code: 'too_long', most: 24 * hour })
  return read(every)
}

const readOnce = (text: string, spoken: Spoken): ReadTime<When> => {
  const { zone, now } = spoken
  const { start, lasts, end } = parted(text)
  const from = point(start, spoken)
  if (!from.ok) return from
  const to = end === undefined ? undefined : point(end, spoken)
  if (to && !to.ok) return to
  if (lasts === undefined && !to)
    return from.value.time || from.value.at
      ? timeParseError({ code: 'no_end' })
      : timeParseError({ code: 'no_time' })

  const begin = startOf(start, from.value, to?.value, spoken)
  if (!begin.ok) return begin
  if (begin.value <= now) return timeParseError({ code: 'past', at: begin.value })
  const close =
    lasts === undefined && to
      ? endOf(end ?? '', begin.value, to.value, zone)
      : read(begin.value + (lasts ?? 0))
  if (!close.ok) return close
  const span = close.value - begin.value
  if (span === 0) return timeParseError({ code: 'zero_length' })
  if (span < 0) return timeParseError({ code: 'end_before_start' })
  if (span > longest) return timeParseError({ code: 'too_long', most: longest })
  return read({ kind: 'once', from: begin.value, to: close.value, zone })
}

const startOf = (
  text: string,
  from: Point,
  to: Point | undefined,
  { now, zone }: Spoken,
): ReadTime<Instant> => {
  if (from.at !== undefined) return read(from.at)
  if (!from.time) return timeParseError({ code: 'no_time' })
  const [time] = (to?.time && clearTimes(from.time, to.time)) ?? [from.time]
  if (time.bare) return bareTime(text, time)
  return instantAt(from.day ?? to?.day ?? dayOf(now, zone), time, zone)
}

const endOf = (text: string, start: Instant, to: Point, zone: string): ReadTime<Instant> => {
  if (to.at !== undefined) return read(to.at)
  if (!to.time) return timeParseError({ code: 'unclear', text })
  const begun = DateTime.fromMillis(start, { zone })
  if (!to.day && sameOnDial(begun, to.time)) return read(start)
  const first: TimeOfDay = { hour: begun.hour, minute: begun.minute, bare: false }
  const [, time] = clearTimes(first, to.time) ?? [first, to.time]
  if (to.day) return to.time.bare ? bareTime(text, to.time) : instantAt(to.day, time, zone)
  const sameDay = instantAt(dayOf(start, zone), time, zone)
  if (!sameDay.ok || sameDay.value >= start) return sameDay
  const nextDay: Day = dayOf(start, zone, 1)
  const over = instantAt(nextDay, time, zone)
  // 22:00 to 02:00 goes over midnight; 23:00 to 20:00 is rather a mistake.
  if (over.ok && over.value - start > halfDay) return timeParseError({ code: 'end_before_start' })
  return over
}

/**
 * A start and an end of which one alone says its half of the day: the other is what lies nearest to it, so `8pm to 11`
 * and `8-11pm` are three hours in the evening. Undefined where neither says it.
 */
const clearTimes = (from: TimeOfDay, to: TimeOfDay): readonly [TimeOfDay, TimeOfDay] | undefined => {
  if (from.bare && to.bare) return undefined
  const halves = (time: TimeOfDay): readonly TimeOfDay[] =>
    time.bare ? [0, 12].map((more) => ({ ...time, hour: (time.hour % 12) + more, bare: false })) : [time]
  const pairs = halves(from).flatMap((one) => halves(to).map((other) => [one, other] as const))
  return pairs.toSorted((a, b) => nonZero(spanBetween(...a)) - nonZero(spanBetween(...b)))[0]
}
/** `8pm to 8` is rather no time at all than twelve hours. */
const sameOnDial = (from: Pick<TimeOfDay, 'hour' | 'minute'>, to: TimeOfDay): boolean =>
  to.bare && from.hour % 12 === to.hour % 12 && from.minute === to.minute
const nonZero = (span: number): number => span || 24 * hour

/** From one time of day to the next time that it is the other. */
const spanBetween = (from: TimeOfDay, to: TimeOfDay): Milliseconds => {
  const minutes = to.hour * 60 + to.minute - from.hour * 60 - from.minute
  return ((minutes + 24 * 60) % (24 * 60)) * 60_000
}

const bareTime = (text: string, { hour: typedHour, minute }: TimeOfDay) => {
  const choice = (more: number) =>
    `${String((typedHour % 12) + more).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return timeParseError({ code: 'ambiguous', text, choices: [choice(0), choice(12)] })
}

const iso = /^(\d{4}-\d{2}-\d{2})[t ](\d{2}):(\d{2})(?::\d{2})?(z|[+-]\d{2}:?\d{2})?$/

const point = (text: string, spoken: Spoken): ReadTime<Point> => {
  const exact = iso.exec(text)
  if (exact?.[4]) {
    const at = DateTime.fromISO(text.toUpperCase().replace(' ', 'T'))
    return at.isValid ? read({ at: at.toMillis() }) : timeParseError({ code: 'unclear', text })
  }
  if (exact) {
    const day = DateTime.fromISO(exact[1] ?? '')
    const [hour, minute] = [Number(exact[2]), Number(exact[3])]
    if (!day.isValid || hour > 23 || minute > 59) return timeParseError({ code: 'unclear', text })
    return read({
      day: { year: day.year, month: day.month, day: day.day },
      time: { hour, minute, bare: false },
    })
  }
  return isKorean(text) ? koreanPoint(text, spoken) : englishPoint(text, spoken)
}

interface Parted {
  readonly start: string
  readonly lasts?: Milliseconds
  readonly end?: string
}

const instant = String.raw`\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2})?(?:z|[+-]\d{2}:?\d{2})?`
const twoExact = new RegExp(`^(${instant})\\s*(?:-|–|~|to|until|till)?\\s+?(${instant}|\\d{2}:\\d{2})$`)
const clockRange =
  /^(.*?)(?<![\d/.-])((?:(?:오전|오후|아침|낮|저녁|밤|새벽) ?)?\d{1,2}(?::\d{2}|시(?: ?(?:\d{1,2} ?분|반))?)?(?: ?[ap]\.?m\.?)?) ?[-–—~] ?((?:(?:오전|오후|아침|낮|저녁|밤|새벽) ?)?\d{1,2}(?::\d{2}|시(?: ?(?:\d{1,2} ?분|반))?)?(?: ?[ap]\.?m\.?)?)(?:까지)?$/u

/** Parts a text into its start and its length or end. An end at 24:00 is the midnight after its start. */
const parted = (text: string): Parted => {
  const { end, ...parts } = partedAsSaid(text)
  if (end === undefined) return parts
  return { ...parts, end: /^24(?::00| ?시)$/u.test(end) ? '00:00' : end }
}

const partedAsSaid = (text: string): Parted => {
  const exact = twoExact.exec(text)
  if (exact) return { start: exact[1] ?? '', end: exact[2] ?? '' }
  const long = withDuration(text)
  if (long) return long
  const korean = /^(.+?)(?:부터|에서) ?(.+?)(?:까지)?$/u.exec(text)
  if (korean) return { start: korean[1]?.trim() ?? '', end: korean[2]?.trim() ?? '' }
  const words = /^(?:from )?(.+?)\s+(?:to|until|till|til|through|-|–|—|~)\s+(.+?)$/.exec(text)
  if (words) return { start: words[1] ?? '', end: (words[2] ?? '').replace(/ ?까지$/u, '') }
  const range = clockRange.exec(text)
  if (range) return { start: `${range[1] ?? ''}${range[2] ?? ''}`.trim(), end: range[3] ?? '' }
  const until = /^(.+\S)\s+(\S+) ?까지$/u.exec(text)
  if (until) return { start: until[1] ?? '', end: until[2] ?? '' }
  return { start: text }
}

/** A length at the end of a text. What only looks like one (the minutes of a time, a day of the month) is none. */
const withDuration = (text: string): Parted | undefined => {
  const trimmed = text.replace(/ ?동안$/u, '')
  const announced = trimmed !== text
  const words = trimmed.split(' ')
  for (let used = Math.min(4, words.length - 1); used > 0; used -= 1) {
    const before = words.slice(0, -used).join(' ')
    const last = words.slice(-used).join(' ')
    const lasts = parseDuration(last.replace(/^for /, ''))
    if (lasts === undefined || /\bin$/.test(before)) continue
    const minutesOfHour = before.endsWith('시') && /^\d+ ?분$/u.test(last)
    const dayOfMonth = /^\d+ ?일$/u.test(last)
    if (!announced && (minutesOfHour || dayOfMonth)) continue
    return {
      start: before
        .replace(/ (?:for|,)$/, '')
        .replace(/(?:부터|에)$/u, '')
        .replace(/,$/, ''),
      lasts,
    }
  }
  return undefined
}
