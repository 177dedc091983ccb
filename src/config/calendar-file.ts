import ICAL from 'ical.js'
import { hour, type Instant, type Milliseconds } from '../domain/time/time'
import type { NamedSpan } from '../domain/windows/change-window'
import { instantsOf, readingAt, type Reading } from '../domain/windows/wall-clock'

/** What a calendar is read for. */
export interface CalendarRange {
  /** The zone of whole days, and of times that name none. */
  readonly timezone: string
  readonly from: Instant
  readonly until: Instant
}

/** Times in one file: far beyond what any calendar of people has, and soon looked through. */
const most = 20_000
/** Real milliseconds that a rule may be followed: some of them never come to a time. */
const followTimeout = 5_000
const day: Milliseconds = 24 * hour

/** A file that cannot be taken as it is: nothing of it is left out silently, for that would leave open what it closes. */
class Wrong extends Error {}

/**
 * The times at which a calendar of RFC 5545 has something, whatever it is, within a range. Rules are followed on the
 * readings of the clocks, and those turned into instants here, so that they neither depend on this machine's zone nor
 * leave out what begins in an hour that clocks skip.
 */
export const spansOf = (
  text: string,
  range: CalendarRange,
): { readonly spans: readonly NamedSpan[] } | { readonly wrong: string } => {
  try {
    const root = new ICAL.Component(ICAL.parse(text) as unknown[])
    if (root.name !== 'vcalendar') throw new Wrong('holds no VCALENDAR')
    const zones = zonesOf(root, range.timezone)
    const events = root.getAllSubcomponents('vevent').map((component) => eventOf(component, zones))
    const spans = events
      .filter(({ instance }) => instance === undefined)
      .flatMap((event) =>
        occurrences(
          event,
          events.filter((other) => replaces(other, event)),
          range,
        ),
      )
    if (spans.length > most) throw new Wrong(`has more than ${most} times`)
    return { spans: spans.toSorted((a, b) => a.from - b.from) }
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown)
    return { wrong: thrown instanceof Wrong ? said : `is no iCalendar file (${said.slice(0, 100)})` }
  }
}

/** A zone as times are reckoned in it. */
interface Zone {
  readonly readingAt: (at: Instant) => Reading
  readonly instantOf: (reading: Reading) => Instant
}

const known = (zone: string): Zone => ({
  readingAt: (at) => readingAt(zone, at),
  instantOf: (reading) => instantsOf(zone, reading)[0],
})

/** A zone that the file itself defines, as Outlook's calendars do by names of Windows. */
const defined = (component: ICAL.Component): Zone => {
  const zone = new ICAL.Timezone(component)
  const offsetAt = (reading: Reading): Milliseconds => zone.utcOffset(timeOf(reading)) * 1_000
  return {
    readingAt: (at) => at + offsetAt(at + offsetAt(at)),
    instantOf: (reading) => reading - offsetAt(reading),
  }
}

const isKnown = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions()
    return true
  } catch {
    return false
  }
}

const zonesOf = (root: ICAL.Component, timezone: string) => {
  const ofFile = new Map(
    root
      .getAllSubcomponents('vtimezone')
      .map((component) => [String(component.getFirstPropertyValue('tzid')), component] as const),
  )
  const usual = known(timezone)
  return (name: string | undefined): Zone => {
    if (name === undefined) return usual
    if (isKnown(name)) return known(name)
    const component = ofFile.get(name)
    if (!component)
      throw new Wrong(`names the time zone "${name}", which is neither IANA's nor defined in it`)
    return defined(component)
  }
}
type Zones = ReturnType<typeof zonesOf>

const readingOf = (time: ICAL.Time): Reading =>
  Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second)

const timeOf = (reading: Reading): ICAL.Time => {
  const date = new Date(reading)
  return new ICAL.Time(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  )
}

/** The times of a property; of a period its beginning. */
const timesOf = (property: ICAL.Property): readonly ICAL.Time[] =>
  property
    .getValues()
    .flatMap((value: unknown) =>
      value instanceof ICAL.Time ? value : value instanceof ICAL.Period ? value.start : [],
    )

const tzidOf = (property: ICAL.Property): string | undefined => {
  const name: unknown = property.getParameter('tzid')
  return typeof name === 'string' ? name : undefined
}

/** An event of the file, with all its times as readings of the clocks in its own zone. */
interface Event {
  readonly uid: string
  /** Which time of a recurring event it stands for. */
  readonly instance?: Reading
  readonly cancelled: boolean
  readonly zone: Zone
  readonly start: Reading
  /** Whole days last by the clocks, the rest as time passes. */
  readonly lasts: { readonly days: number } | { readonly exactly: Milliseconds }
  readonly rules: readonly ICAL.Recur[]
  readonly added: readonly Reading[]
  readonly left: ReadonlySet<Reading>
  readonly why?: string
}

const eventOf = (component: ICAL.Component, zones: Zones): Event => {
  const property = component.getFirstProperty('dtstart')
  const [begins] = property ? timesOf(property) : []
  if (!property || !begins) throw new Wrong('has an event without DTSTART')
  const isUtc = begins.zone.tzid === 'UTC'
  const zone = begins.isDate ? zones(undefined) : isUtc ? known('UTC') : zones(tzidOf(property))
  /** Where a time was written by other clocks, what those of this event show then. */
  const here =
    (of: ICAL.Property) =>
    (time: ICAL.Time): Reading => {
      if (begins.isDate || time.isDate) return readingOf(time)
      const theirs = time.zone.tzid === 'UTC' ? known('UTC') : zones(tzidOf(of))
      return zone.readingAt(theirs.instantOf(readingOf(time)))
    }
  const readings = (name: string): readonly Reading[] =>
    component.getAllProperties(name).flatMap((one) => timesOf(one).map(here(one)))
  const [instance] = readings('recurrence-id')
  const summary: unknown = component.getFirstPropertyValue('summary')
  const why = typeof summary === 'string' ? summary.replace(/\s+/g, ' ').trim().slice(0, 200) : ''
  const start = readingOf(begins)
  return {
    uid: String(component.getFirstPropertyValue('uid') ?? ''),
    ...(instance !== undefined && { instance }),
    cancelled: component.getFirstPropertyValue('status') === 'CANCELLED',
    zone,
    start,
    lasts: lengthOf(component, begins, zone, readings('dtend')[0]),
    rules: component.getAllProperties('rrule').flatMap((one) => {
      const rule: unknown = one.getFirstValue()
      if (!(rule instanceof ICAL.Recur)) return []
      const { until } = rule
      // Rules are followed on readings: so their end is one as well.
      if (until?.zone.tzid === 'UTC' && !begins.isDate) rule.until = timeOf(zone.readingAt(readingOf(until)))
      else if (until) rule.until = timeOf(until.isDate ? readingOf(until) + day - 1_000 : readingOf(until))
      return rule
    }),
    added: readings('rdate'),
    left: new Set(readings('exdate')),
    ...(why !== '' && { why }),
  }
}

/** RFC 5545, 3.6.1: a day without an end is that day, and a time without one is over as it begins. */
const lengthOf = (
  component: ICAL.Component,
  begins: ICAL.Time,
  zone: Zone,
  end: Reading | undefined,
): Event['lasts'] => {
  const start = readingOf(begins)
  const duration: unknown = component.getFirstPropertyValue('duration')
  if (begins.isDate) {
    const span = end === undefined ? undefined : end - start
    const said = duration instanceof ICAL.Duration ? duration.toSeconds() * 1_000 : undefined
    return { days: Math.max(1, Math.round((span ?? said ?? day) / day)) }
  }
  if (end !== undefined) return { exactly: zone.instantOf(end) - zone.instantOf(start) }
  return { exactly: duration instanceof ICAL.Duration ? duration.toSeconds() * 1_000 : 0 }
}

const replaces = (other: Event, event: Event): boolean =>
  other.instance !== undefined && other.uid === event.uid && other.uid !== ''

const occurrences = (event: Event, others: readonly Event[], range: CalendarRange): readonly NamedSpan[] => {
  const moved = new Set(others.map(({ instance }) => instance))
  const starts = [
    ...(event.rules.length === 0 ? [event.start] : []),
    ...followed(event, range),
    ...event.added,
  ]
  const own = [...new Set(starts)].filter((start) => !event.left.has(start) && !moved.has(start))
  return [
    ...(event.cancelled ? [] : own.map((start) => spanAt(event, start))),
    ...others.filter(({ cancelled }) => !cancelled).map((other) => spanAt(other, other.start)),
  ].filter(({ from, until }) => until > from && until > range.from && from < range.until)
}

const spanAt = ({ zone, lasts, why }: Event, start: Reading): NamedSpan => {
  const from = zone.instantOf(start)
  const until = 'days' in lasts ? zone.instantOf(start + lasts.days * day) : from + lasts.exactly
  return { from, until, ...(why !== undefined && { why }) }
}

/** The starts that an event's rules come to, up to the range's end. */
const followed = ({ rules, start, lasts }: Event, { from, until }: CalendarRange): readonly Reading[] => {
  const found: Reading[] = []
  const length = 'days' in lasts ? lasts.days * day : lasts.exactly
  const giveUp = performance.now() + followTimeout
  for (const rule of rules) {
    const iterator = rule.iterator(timeOf(start))
    for (let time = iterator.next(); time; time = iterator.next()) {
      const reading = readingOf(time)
      if (reading > until + day) break
      if (performance.now() > giveUp) throw new Wrong('has a rule that takes too long to follow')
      if (reading + length < from - day || !isMeant(rule, time, timeOf(start))) continue
      found.push(reading)
      if (found.length > most) throw new Wrong(`has an event with more than ${most} times`)
    }
  }
  return found
}

/**
 * The library goes on into the next month where a month has no such day, which is to be left out (RFC 5545, 3.3.10: "such
 * recurrence instances MUST be ignored").
 */
const isMeant = (rule: ICAL.Recur, time: ICAL.Time, start: ICAL.Time): boolean => {
  const parts = rule.parts as Readonly<Record<string, readonly (number | string)[] | undefined>>
  const { BYMONTH: months, BYMONTHDAY: days } = parts
  if (months && !months.map(Number).includes(time.month)) return false
  if (days?.every((one) => Number(one) > 0) && !days.map(Number).includes(time.day)) return false
  if (Object.keys(parts).some((part) => part.startsWith('BY'))) return true
  const isYearly = rule.freq === 'YEARLY'
  return (
    !(isYearly || rule.freq === 'MONTHLY') ||
    (time.day === start.day && (!isYearly || time.month === start.month))
  )
}
