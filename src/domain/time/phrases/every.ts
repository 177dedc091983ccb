import { minute as oneMinute } from '../time'
import type { Milliseconds } from '../time'

const english = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const korean = '일월화수목금토'
const weekdays = [1, 2, 3, 4, 5]
const weekend = [0, 6]
const allDays = [0, 1, 2, 3, 4, 5, 6]

/** The days on which something comes again, and the rest of what was said; undefined where nothing recurs. */
export const takeDays = (
  text: string,
): { readonly days: readonly number[] | undefined; readonly rest: string } | undefined => {
  const groups: readonly (readonly [RegExp, readonly number[]])[] = [
    [/^(?:every ?day|daily|each day|매일)\s*/u, allDays],
    [/^(?:every week ?day|(?:on )?weekdays|each weekday|(?:매주 ?)?평일(?:마다)?|주중)\s*/u, weekdays],
    [/^(?:every weekend|(?:on )?weekends|(?:매주 ?)?주말(?:마다)?)\s*/u, weekend],
  ]
  for (const [words, days] of groups) {
    const found = words.exec(text)
    if (found) return { days, rest: text.slice(found[0].length) }
  }
  return rangeOfDays(text) ?? namedDays(text) ?? koreanDays(text)
}

const dayName = '(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?'
const oneOrMore = `${dayName}s?(?:(?:\\s*,\\s*(?:and )?|\\s+and\\s+|\\s+)${dayName}s?\\b)*`
const listed = new RegExp(
  `^(?:(?:every|each|weekly(?: on)?)\\s+(${oneOrMore})|(${dayName.replace('(?:day)?', 'days')}))\\b\\s*`,
)

const namedDays = (text: string) => {
  const found = listed.exec(text)
  if (found) {
    const names = (found[1] ?? found[2] ?? '').match(/[a-z]+/g) ?? []
    const days = names.filter((name) => name !== 'and').map((name) => english.indexOf(name.slice(0, 3)))
    return { days: inOrder(days), rest: text.slice(found[0].length) }
  }
  return /^(?:every|each|weekly)\b/.test(text) ? { days: undefined, rest: text } : undefined
}

const dayRange = new RegExp(
  `^(?:every\\s+|each\\s+)?(${dayName})s?\\s*(?:-|–|to|through|thru)\\s*(${dayName})s?\\b\\s*`,
)

/** From one day of the week to another: `mon-fri`. */
const rangeOfDays = (text: string) => {
  const found = dayRange.exec(text)
  if (!found) return undefined
  const [first, last] = [found[1], found[2]].map((name = '') => english.indexOf(name.slice(0, 3)))
  if (first === undefined || last === undefined || first === last) return undefined
  const count = (last - first + 7) % 7
  const days = Array.from({ length: count + 1 }, (_, index) => (first + index) % 7)
  return { days: inOrder(days), rest: text.slice(found[0].length) }
}

const koreanDays = (text: string) => {
  const every = /^매주\s*/u.exec(text)
  const found =
    /^(?:매주\s*)?([일월화수목금토](?:요일)?(?:\s*[,·/와과]?\s*[일월화수목금토](?:요일)?)*)(마다)?(?=\s|$)\s*/u.exec(
      text,
    )
  if (found && (every || found[2])) {
    const names = (found[1] ?? '').replace(/요일/gu, '').match(/[일월화수목금토]/gu) ?? []
    return { days: inOrder(names.map((name) => korean.indexOf(name))), rest: text.slice(found[0].length) }
  }
  return every ? { days: undefined, rest: text } : undefined
}

const inOrder = (days: readonly number[]): readonly number[] => [...new Set(days)].sort((a, b) => a - b)

/** Five cron fields in front of a text. Only a time of day on days of the week has an end, so no other is taken. */
export const takeCron = (
  text: string,
):
  | {
      readonly days: readonly number[]
      readonly hour: number
      readonly minute: number
      readonly rest: string
    }
  | 'unsupported'
  | undefined => {
  const found =
    /^(?:cron )?["']?([\d*,/-]+) ([\d*,/-]+) ([\d*,/?-]+) ([\d*,/a-z-]+) ([\d*,/a-z?-]+)["']?(?:\s+|$)/.exec(
      text,
    )
  if (!found || !found.slice(1, 6).some((field) => field.includes('*'))) return undefined
  const [minute = '', hour = '', date = '', month = '', week = ''] = found.slice(1)
  const days = daysOf(week)
  const single = /^\d{1,2}$/
  if (!single.test(minute) || !single.test(hour) || !/^[*?]$/.test(date) || month !== '*' || !days)
    return 'unsupported'
  if (Number(minute) > 59 || Number(hour) > 23) return 'unsupported'
  return { days, hour: Number(hour), minute: Number(minute), rest: text.slice(found[0].length) }
}

const daysOf = (field: string): readonly number[] | undefined => {
  if (/^[*?]$/.test(field)) return allDays
  const number = (word: string): number => (/^[0-7]$/.test(word) ? Number(word) % 7 : english.indexOf(word))
  const days = field.split(',').flatMap((part) => {
    const [from = '', to] = part.split('-')
    if (to === undefined) return [number(from)]
    const [first, last] = [number(from), to === '7' ? 7 : number(to)]
    if (first < 0 || last < first) return [-1]
    return Array.from({ length: last - first + 1 }, (_, index) => (first + index) % 7)
  })
  return days.includes(-1) ? undefined : inOrder(days)
}

/** The cron of a time of day on days, so many minutes earlier or later by the clock; it may fall on the day beside. */
export const cronOf = (
  every: { readonly days: readonly number[]; readonly hour: number; readonly minute: number },
  shift: Milliseconds,
): string => {
  const day = 24 * 60
  const shifted = every.hour * 60 + every.minute + Math.round(shift / oneMinute)
  const over = Math.floor(shifted / day)
  const time = shifted - over * day
  const days = inOrder(every.days.map((one) => (((one + over) % 7) + 7) % 7))
  return `${time % 60} ${Math.floor(time / 60)} * * ${days.length === 7 ? '*' : days.join(',')}`
}
