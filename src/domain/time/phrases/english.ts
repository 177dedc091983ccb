import { en } from 'chrono-node'
import { DateTime } from 'luxon'
import { hour as oneHour } from '../time'
import { parseDuration } from '../duration'
import { midnight, type Part, timeOfDay } from './clock-times'
import {
  type Day,
  timeParseError,
  type Point,
  read,
  type Spoken,
  type TimeOfDay,
  type ReadTime,
} from './times'
import { dayOf, isDay } from './zones'

const parts: readonly (readonly [RegExp, Part])[] = [
  [/\btonight\b|\bthis evening\b|\bin the evening\b|\bevening\b/, 'evening'],
  [/\b(?:this|in the) morning\b|\bmorning\b/, 'am'],
  [/\b(?:this|in the) afternoon\b|\bafternoon\b/, 'pm'],
]
const twelve = /(?<![\d/.-])(?:\b(?:at|from)\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\b\.?/
const twentyFour = /(?<![\d/.-])(?:\b(?:at|from)\s+)?(\d{1,2}):(\d{2})(?!\d)/
const bareHour =
  /(?<![\d/.-])\b(?:at|from)\s+(\d{1,2})(?:\s*o'?clock)?(?![\d/.:-])|(?<![\d/.-])\b(\d{1,2})(?:\s*o'?clock)?$/

/** One end of a time in English: its time of day by rules of our own, its day by chrono. Lower case, no zone. */
export const englishPoint = (text: string, spoken: Spoken): ReadTime<Point> => {
  const span = /^in (.+)$/.exec(text)?.[1]
  const later = span === undefined ? undefined : parseDuration(span)
  // Days later are days on the calendar, and want a time of day; hours later are an instant.
  if (later !== undefined && later % (24 * oneHour) !== 0) return read({ at: spoken.now + later })
  const taken = takeTime(text)
  if (!taken.ok) return taken
  const { time, rest } = taken.value
  const day = rest === '' ? read(undefined) : englishDay(rest, spoken)
  if (!day.ok) return day
  return read({ ...(time && { time }), ...(day.value && { day: day.value }) })
}

const takeTime = (phrase: string): ReadTime<{ readonly time?: TimeOfDay; readonly rest: string }> => {
  const part = parts.find(([words]) => words.test(phrase))
  const today = /\btonight\b|\bthis (?:morning|afternoon|evening)\b/.test(phrase)
  const text = part ? phrase.replace(part[0], today ? 'today' : ' ') : phrase
  if (/\bmidnight\b/.test(text)) return midnight('midnight')
  const noon = /\b(?:at\s+)?(?:noon|midday)\b/.exec(text)
  if (noon)
    return read({ time: { hour: 12, minute: 0, bare: false }, rest: tidy(text.replace(noon[0], ' ')) })
  const found = hourIn(text)
  if (!found) return read({ rest: tidy(text) })
  const { text: written, half, hour } = found
  if (half && (hour > 12 || hour === 0)) return timeParseError({ code: 'unclear', text: written.trim() })
  const time = timeOfDay({ ...found, text: written.trim() }, half ?? part?.[1])
  return time.ok ? read({ time: time.value, rest: tidy(text.replace(written, ' ')) }) : time
}

interface Hour {
  readonly text: string
  readonly hour: number
  readonly minute: number
  readonly half?: 'am' | 'pm'
  readonly written: boolean
}

/** The hour in a text. A number alone is one only behind `at`, or at the end beside a day without numbers. */
const hourIn = (text: string): Hour | undefined => {
  const halved = twelve.exec(text)
  if (halved) {
    const half = halved[3] === 'a' ? 'am' : 'pm'
    return { text: halved[0], hour: Number(halved[1]), minute: Number(halved[2] ?? 0), half, written: false }
  }
  const full = twentyFour.exec(text)
  if (full) {
    const [hour, written] = [Number(full[1]), full[1] ?? '']
    return { text: full[0], hour, minute: Number(full[2]), written: hour > 12 || written.startsWith('0') }
  }
  const alone = bareHour.exec(text)
  if (!alone) return undefined
  const before = text.slice(0, alone.index).trim()
  const month = /(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$/.test(before)
  if (alone[2] !== undefined && (month || /\bin$/.test(before))) return undefined
  return { text: alone[0], hour: Number(alone[1] ?? alone[2]), minute: 0, written: false }
}

const tidy = (text: string): string =>
  text
    .replace(/\b(?:at|on|from|starting|the)\b/g, ' ')
    .replace(/,/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const shortWeekday = /\b(?:sun|mon|tue|wed|thu|fri|sat)\b/

/** A day in English words or numbers. */
const englishDay = (text: string, { now, zone }: Spoken): ReadTime<Day> => {
  const today = dayOf(now, zone)
  const unclear = timeParseError({ code: 'unclear', text })
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (iso) {
    const day = { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
    return isDay(day) ? read(day) : unclear
  }
  if (text === 'day after tomorrow') return read(dayOf(now, zone, 2))
  const slashed = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(text)
  if (slashed) return numericDay(text, slashed, today)
  const next = /^next ([a-z]+)$/.exec(text)?.[1]
  const weekday =
    next === undefined ? -1 : weekdays.findIndex((name) => next.length > 2 && name.startsWith(next))
  if (weekday >= 0) return nextWeekday(text, weekday, now, zone)
  const offset = DateTime.fromMillis(now, { zone }).offset
  // chrono takes some of the short names for other words.
  const said = text.replace(shortWeekday, (name) => weekdays.find((day) => day.startsWith(name)) ?? name)
  const [found, more] = en.casual.parse(
    said,
    { instant: new Date(now), timezone: offset },
    { forwardDate: true },
  )
  if (!found || more || found.text.length !== said.length || found.end) return unclear
  const { start } = found
  const certain = start.isCertain('day') || start.isCertain('weekday')
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')]
  if (!certain || year === null || month === null || day === null) return unclear
  // chrono goes to the next year by itself; a day that is just over was rather mistaken.
  return start.isCertain('month') && !start.isCertain('year')
    ? read(yearOf({ month, day }, today))
    : read({ year, month, day })
}

/** A day without a year is in this one, unless it is over for half a year: then the next is meant. */
export const yearOf = ({ month, day }: Omit<Day, 'year'>, today: Day): Day => {
  const ago = DateTime.utc(today.year, today.month, today.day).diff(
    DateTime.utc(today.year, month, day),
    'days',
  ).days
  return { year: ago > 180 ? today.year + 1 : today.year, month, day }
}

const numericDay = (text: string, found: RegExpExecArray, today: Day): ReadTime<Day> => {
  const [first, second] = [Number(found[1]), Number(found[2])]
  const inYear = (month: number, day: number): Day =>
    found[3] === undefined
      ? yearOf({ month, day }, today)
      : { year: Number(found[3]) + (found[3].length === 2 ? 2000 : 0), month, day }
  const readings = [inYear(first, second), inYear(second, first)].filter(isDay)
  const [one, other] = readings
  if (!one) return timeParseError({ code: 'unclear', text })
  const same = !other || (one.month === other.month && one.day === other.day)
  return same ? read(one) : timeParseError({ code: 'ambiguous', text, choices: readings.map(written) })
}

export const written = ({ year, month, day }: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** People differ on whether `next friday` is the one that comes or the one in the week after. */
const nextWeekday = (text: string, weekday: number, now: number, zone: string): ReadTime<Day> => {
  const today = DateTime.fromMillis(now, { zone }).weekday % 7
  const ahead = (weekday - today + 7) % 7 || 7
  const [coming, after] = [dayOf(now, zone, ahead), dayOf(now, zone, ahead + 7)]
  // From Sunday on, or on the day itself, both mean the same day.
  const onlyOne = ahead === 7
  return onlyOne
    ? read(coming)
    : timeParseError({ code: 'ambiguous', text, choices: [written(coming), written(after)] })
}
