import { DateTime } from 'luxon'

/** A five-field cron expression, taken apart: the values that each field admits. */
export interface Cron {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  /** Sunday is 0. */
  readonly weekdays: ReadonlySet<number>
  /** With both days and weekdays restricted, either one suffices. */
  readonly anyDay: boolean
  readonly anyWeekday: boolean
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
/** An expression that names no day for this long names none at all: 29 February comes at most every eight years. */
const horizonDays = 8 * 366

/** Takes an expression apart; undefined where it is not one. */
export function parseCron(expression: string): Cron | undefined {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== 5) return undefined
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  const parsed = {
    minutes: values(minute, 0, 59, []),
    hours: values(hour, 0, 23, []),
    days: values(day, 1, 31, []),
    months: values(month, 1, 12, months, 1),
    weekdays: values(weekday, 0, 7, weekdays),
  }
  const { minutes, hours, days } = parsed
  if (!minutes || !hours || !days || !parsed.months || !parsed.weekdays) return undefined
  return {
    minutes,
    hours,
    days,
    months: parsed.months,
    weekdays: new Set([...parsed.weekdays].map((one) => one % 7)),
    anyDay: day === '*' || day === '?',
    anyWeekday: weekday === '*' || weekday === '?',
  }
}

function values(
  field: string,
  least: number,
  most: number,
  names: readonly string[],
  firstName = 0,
): Set<number> | undefined {
  const found = new Set<number>()
  const number = (text: string) => {
    const name = names.indexOf(text.toLowerCase())
    return name >= 0 ? name + firstName : /^\d+$/.test(text) ? Number(text) : Number.NaN
  }
  for (const part of field.split(',')) {
    const [range = '', stepText] = part.split('/')
    const step = stepText === undefined ? 1 : number(stepText)
    const [fromText = '', toText] = range.split('-')
    const all = range === '*' || range === '?'
    const from = all ? least : number(fromText)
    const to = all || (toText === undefined && stepText !== undefined) ? most : number(toText ?? fromText)
    if (!(step >= 1 && from >= least && to <= most && from <= to)) return undefined
    for (let value = from; value <= to; value += step) found.add(value)
  }
  return found
}

/** The first instant after `after` that an expression names, in its zone, whose clocks may change. */
export function nextOccurrence(cron: Cron, zone: string, after: number): number | undefined {
  const first = DateTime.fromMillis(after, { zone }).startOf('day')
  for (let day = 0; day < horizonDays; day += 1) {
    const date = first.plus({ days: day })
    if (!fits(cron, date)) continue
    for (const hour of [...cron.hours].sort((a, b) => a - b))
      for (const minute of [...cron.minutes].sort((a, b) => a - b)) {
        const at = date.set({ hour, minute })
        // An hour that the clocks jump over does not happen on that day.
        if (at.hour === hour && at.toMillis() > after) return at.toMillis()
      }
  }
  return undefined
}

function fits(cron: Cron, date: DateTime): boolean {
  if (!cron.months.has(date.month)) return false
  const day = cron.days.has(date.day)
  const weekday = cron.weekdays.has(date.weekday % 7)
  if (cron.anyDay) return weekday
  return cron.anyWeekday ? day : day || weekday
}
