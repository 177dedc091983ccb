import { DateTime } from 'luxon'
import { hour as oneHour, minute as oneMinute } from '../time'
import { midnight, type Part, timeOfDay } from './clock-times'
import { written, yearOf } from './english'
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

const parts: Readonly<Record<string, Part>> = {
  오전: 'am',
  아침: 'am',
  새벽: 'dawn',
  낮: 'noonish',
  점심: 'noonish',
  오후: 'pm',
  저녁: 'evening',
  밤: 'night',
}
const partNames = Object.keys(parts).join('|')
const weekdays = '일월화수목금토'

/** Whether a text is in Korean. */
export const isKorean = (text: string): boolean => /[가-힣]/u.test(text)

/** One end of a time in Korean; numbers may stand as `20:00` and `2026-12-24` too. No zone. */
export const koreanPoint = (text: string, spoken: Spoken): ReadTime<Point> => {
  const later = /^(?:지금부터 ?)?(?:(\d{1,3}) ?시간)? ?(?:(\d{1,4}) ?분)? ?(?:뒤|후)에?$/u.exec(text)
  if (later && (later[1] ?? later[2]) !== undefined) {
    return read({ at: spoken.now + Number(later[1] ?? 0) * oneHour + Number(later[2] ?? 0) * oneMinute })
  }
  const timed = takeTime(text.replace(/(?:에|부터|까지)$/u, '').trim())
  if (!timed.ok) return timed
  const { time, rest } = timed.value
  if (rest === '') return read(time ? { time } : {})
  const day = koreanDay(rest, spoken)
  return day.ok ? read({ day: day.value, ...(time && { time }) }) : day
}

const clock = new RegExp(
  `(?:(${partNames}) ?)?(?:(\\d{1,2}) ?시(?!간) ?(?:(반)|(\\d{1,2}) ?분)?|(?<!\\d)(\\d{1,2}):(\\d{2})(?!\\d))`,
  'u',
)

const takeTime = (text: string): ReadTime<{ readonly time?: TimeOfDay; readonly rest: string }> => {
  const without = (found: string): string => text.replace(found, ' ').replace(/\s+/g, ' ').trim()
  if (/자정/u.test(text)) return midnight('자정')
  const noon = /(?:낮 ?)?정오/u.exec(text)
  if (noon) return read({ time: { hour: 12, minute: 0, bare: false }, rest: without(noon[0]) })
  const found = clock.exec(text)
  if (!found) return read({ rest: text })
  const hour = found[2] ?? found[5] ?? ''
  const time = timeOfDay(
    {
      text: found[0].trim(),
      hour: Number(hour),
      minute: found[3] ? 30 : Number(found[4] ?? found[6] ?? 0),
      written: hour.startsWith('0') || Number(hour) > 12,
    },
    found[1] === undefined ? undefined : parts[found[1]],
  )
  return time.ok ? read({ time: time.value, rest: without(found[0]) }) : time
}

const relative: Readonly<Record<string, number>> = {
  그제: -2,
  어제: -1,
  오늘: 0,
  금일: 0,
  내일: 1,
  명일: 1,
  모레: 2,
  내일모레: 2,
  글피: 3,
}
const weeks: Readonly<Record<string, number>> = { 이번: 0, 금: 0, 다음: 1, 다다음: 2 }

const koreanDay = (phrase: string, { now, zone }: Spoken): ReadTime<Day> => {
  const text = phrase.replace(/날$/u, '').trim()
  const today = dayOf(now, zone)
  const valid = (day: Day): ReadTime<Day> =>
    isDay(day) ? read(day) : timeParseError({ code: 'unclear', text: phrase })
  const near = relative[text.replace(/ /g, '')]
  if (near !== undefined) return read(dayOf(now, zone, near))
  const later = /^(\d{1,3}) ?일 ?(?:뒤|후)$/u.exec(text)
  if (later) return read(dayOf(now, zone, Number(later[1])))
  const dated =
    /^(?:(\d{4}) ?년 ?)?(?:(\d{1,2}) ?월 ?)(\d{1,2}) ?일(?: ?\(?[일월화수목금토](?:요일)?\)?)?$/u.exec(text)
  if (dated) {
    const [month, day] = [Number(dated[2]), Number(dated[3])]
    return valid(
      dated[1] === undefined ? yearOf({ month, day }, today) : { year: Number(dated[1]), month, day },
    )
  }
  const monthly = /^(?:(이번|다음) ?달 ?)?(\d{1,2}) ?일$/u.exec(text)
  if (monthly) {
    const month = DateTime.utc(today.year, today.month, 1).plus({ months: monthly[1] === '다음' ? 1 : 0 })
    return valid({ year: month.year, month: month.month, day: Number(monthly[2]) })
  }
  const iso = /^(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})\.?$/.exec(text)
  if (iso) return valid({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) })
  // In Korea the month comes first, always.
  const short = /^(\d{1,2})[/.](\d{1,2})$/.exec(text)
  if (short) return valid(yearOf({ month: Number(short[1]), day: Number(short[2]) }, today))
  return dayOfWeek(text, now, zone)
}

const dayOfWeek = (text: string, now: number, zone: string): ReadTime<Day> => {
  const found = /^(?:(이번|금|다음|다다음) ?(주)? ?)?([일월화수목금토])요일$/u.exec(text)
  if (!found) return timeParseError({ code: 'unclear', text })
  const weekday = weekdays.indexOf(found[3] ?? '')
  const today = DateTime.fromMillis(now, { zone }).weekday % 7
  const ahead = (weekday - today + 7) % 7
  if (found[1] === undefined) return read(dayOf(now, zone, ahead))
  // Weeks begin on Monday (KS X ISO 8601).
  const inWeek = ((weekday + 6) % 7) - ((today + 6) % 7) + 7 * (weeks[found[1]] ?? 0)
  if (found[2] !== undefined || found[1] === '이번') return read(dayOf(now, zone, inWeek))
  const choices = [...new Set([dayOf(now, zone, ahead || 7), dayOf(now, zone, inWeek)].map(written))]
  return choices.length === 1
    ? read(dayOf(now, zone, inWeek))
    : timeParseError({ code: 'ambiguous', text, choices })
}
