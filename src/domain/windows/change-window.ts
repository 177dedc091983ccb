import { CronExpressionParser } from 'cron-parser'
import { DateTime } from 'luxon'
import { hour, minute, type Instant, type Milliseconds } from '../time/time'
import { instantsOf, readingAt, type Reading } from './wall-clock'

/** How long an occurrence lasts: days by the clocks, so that it ends at the hour it began; the rest as time passes. */
export interface Length {
  readonly days: number
  readonly rest: Milliseconds
}

/** A time in which changes are held. "Freeze" is another thing: what follows a rollback. */
export interface ChangeWindow {
  readonly name: string
  /** Names of services, or `*`. */
  readonly services: readonly string[]
  readonly except: readonly string[]
  readonly why?: string
  readonly timezone: string
  readonly times:
    | { readonly kind: 'once'; readonly from: Instant; readonly until: Instant }
    | { readonly kind: 'recurring'; readonly cron: string; readonly lasts: Length }
    /** What a calendar has, as it was read at the start, by when it begins. */
    | { readonly kind: 'calendar'; readonly file: string; readonly spans: readonly NamedSpan[] }
}

export interface Span {
  readonly from: Instant
  readonly until: Instant
}

/** A time of a calendar, and what it says of it. */
export interface NamedSpan extends Span {
  readonly why?: string
}

export const covers = ({ services, except }: ChangeWindow, service: string): boolean =>
  (services.includes('*') || services.includes(service)) && !except.includes(service)

/** How far from an instant the readings of its neighbours may be, because clocks change. */
const slack = 3 * hour

/** The occurrence that holds at an instant: where several overlap, the one that ends last. */
export const occurrenceAt = (window: ChangeWindow, at: Instant): NamedSpan | undefined => {
  const { times } = window
  if (times.kind === 'once') return isIn(times, at) ? times : undefined
  if (times.kind === 'calendar')
    return times.spans
      .filter((span) => isIn(span, at))
      .reduce<NamedSpan | undefined>(
        (last, span) => (last && last.until >= span.until ? last : span),
        undefined,
      )
  // All last equally long: the one that began last ends last.
  const from = remember(times, 'last', at, () => lastStart(window.timezone, times.cron, at))
  if (from === undefined) return undefined
  const until = endOf(window.timezone, from, times.lasts)
  return at < until ? { from, until } : undefined
}

/** The first occurrence that begins after an instant. */
export const nextOccurrence = (window: ChangeWindow, after: Instant): NamedSpan | undefined => {
  const { times } = window
  if (times.kind === 'once') return times.from > after ? times : undefined
  if (times.kind === 'calendar') return times.spans.find(({ from }) => from > after)
  const from = remember(times, 'next', after, () => nextStart(window.timezone, times.cron, after))
  return from === undefined ? undefined : { from, until: endOf(window.timezone, from, times.lasts) }
}

const isIn = ({ from, until }: Span, at: Instant): boolean => from <= at && at < until

const endOf = (zone: string, from: Instant, { days, rest }: Length): Instant =>
  DateTime.fromMillis(from, { zone }).plus({ days }).toMillis() + rest

const remembered = new WeakMap<object, Map<string, Instant | undefined>>()
const mostRemembered = 500

/**
 * What a window's cron gave for a minute: it is asked for each service that the window covers, and takes a millisecond and
 * more each time. All starts are at full minutes, so that all instants of a minute have the same answer.
 */
const remember = (
  times: object,
  which: 'last' | 'next',
  at: Instant,
  find: () => Instant | undefined,
): Instant | undefined => {
  const known = remembered.get(times) ?? new Map<string, Instant | undefined>()
  remembered.set(times, known)
  const key = `${which} ${Math.floor(at / minute)}`
  if (known.has(key)) return known.get(key)
  if (known.size >= mostRemembered) known.clear()
  const found = find()
  known.set(key, found)
  return found
}

/**
 * Cron is reckoned on the readings of the clocks, and those are turned into instants here: asked in a zone, cron-parser
 * leaves out a start in the hour that clocks skip when it goes back, and puts it half an hour or more late when it goes
 * on. A start that the clocks show twice begins both times.
 */
const lastStart = (zone: string, cron: string, at: Instant): Instant | undefined => {
  const here = readingAt(zone, at)
  let last: Instant | undefined
  for (const reading of readings(cron, here + slack, 'prev')) {
    for (const start of instantsOf(zone, reading))
      if (start <= at && start > (last ?? Number.NEGATIVE_INFINITY)) last = start
    if (last !== undefined && reading < here - slack) break
  }
  return last
}

const nextStart = (zone: string, cron: string, after: Instant): Instant | undefined => {
  const here = readingAt(zone, after)
  let next: Instant | undefined
  for (const reading of readings(cron, here - slack, 'next')) {
    for (const start of instantsOf(zone, reading))
      if (start > after && start < (next ?? Number.POSITIVE_INFINITY)) next = start
    if (next !== undefined && reading > here + slack) break
  }
  return next
}

/** The readings at which a cron fires, from one on or back; none once it never fires again. */
const readings = function* (cron: string, from: Reading, direction: 'prev' | 'next'): Generator<Reading> {
  const aside = direction === 'prev' ? 1 : -1
  const expression = CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: new Date(from + aside) })
  for (;;) {
    try {
      yield expression[direction]().getTime()
    } catch {
      return
    }
  }
}

const field = '[\\d*,/?-]+'
const names = (words: string) => `(?:${field}|(?:(?:${words})[,-]?)+)`
const months = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC'
const days = 'SUN|MON|TUE|WED|THU|FRI|SAT'
const form = new RegExp(`^${field} ${field} ${field} ${names(months)} ${names(days)}$`, 'i')

/** What is wrong with a cron, for who wrote it; undefined for one that can be a window's. */
export const cronProblem = (cron: string): 'form' | 'date and weekday' | undefined => {
  if (!form.test(cron)) return 'form'
  const [, , date = '', , weekday = ''] = cron.split(' ')
  const isAny = (part: string) => part === '*' || part === '?'
  // Cron would take the one or the other, which hardly anybody means.
  if (!isAny(date) && !isAny(weekday)) return 'date and weekday'
  return fires(cron) ? undefined : 'form'
}

const fires = (cron: string): boolean => {
  try {
    return readings(cron, 0, 'next').next().done !== true
  } catch {
    return false
  }
}

/** A date by some clocks, with a time of day or as a whole. */
export interface LocalTime {
  readonly reading: Reading
  readonly wholeDay: boolean
}

/** A local date, with a time of day where it has one: `2026-12-21`, `2026-12-21T18:00`. */
export const readLocal = (text: string): LocalTime | undefined => {
  const [, day = '', time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/.exec(text) ?? []
  const read = DateTime.fromISO(`${day}T${time ?? '00:00'}`, { zone: 'UTC' })
  return read.isValid ? { reading: read.toMillis(), wholeDay: time === undefined } : undefined
}

/** Both ends of a window between two local times. A day without a time is in it whole. */
export const onceBetween = (zone: string, from: LocalTime, until: LocalTime): Span => {
  const end = until.wholeDay ? until.reading + 24 * hour : until.reading
  return { from: instantsOf(zone, from.reading)[0], until: Math.max(...instantsOf(zone, end)) }
}

/** A window's length as it is written: `64h`, `2d`, `2d16h`. */
export const readLength = (span: Milliseconds, text: string): Length => {
  const days = Number(/^\s*(\d+)\s*(?:d|days?|일)/i.exec(text)?.[1] ?? 0)
  return { days, rest: span - days * 24 * hour }
}

/** What a window lasts at least, and at most. */
export const shortest: Milliseconds = minute
export const longest: Milliseconds = 60 * 24 * hour
