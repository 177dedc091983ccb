/** Slack's date formats (slack: messaging/formatting-message-text and, of the rich text's date, block-kit), and times as people of one zone read them. Instants in milliseconds since the epoch. */

export interface Reader {
  readonly timezone: string
  readonly locale: string
}

const formatter = (reader: Reader, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(reader.locale, { timeZone: reader.timezone, ...options })

/** Days since the epoch in the reader's zone: what "today" and "yesterday" are told by. */
const dayNumber = (at: number, timezone: string): number => {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat('en-CA', { timeZone: timezone })
    .format(at)
    .split('-')
    .map(Number)
  return Date.UTC(year, month - 1, day) / 86_400_000
}

const pretty = (at: number, now: number, reader: Reader, otherwise: string): string => {
  const days = dayNumber(at, reader.timezone) - dayNumber(now, reader.timezone)
  if (Math.abs(days) > 1) return otherwise
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(days, 'day')
}

/** How long ago or from now, as `{ago}` says it. */
const ago = (at: number, now: number, locale: string): string => {
  const seconds = Math.round((at - now) / 1000)
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < 60) return relative.format(seconds, 'second')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  return relative.format(Math.round(seconds / 86_400), 'day')
}

const halfYear = 182.5 * 86_400_000

/** `18th`, as English writes the day of a written-out date; other languages have their own. */
const ordinal = (day: number): string => {
  const teen = day % 100 > 10 && day % 100 < 14
  return `${day}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`
}

/** A written-out date. slack: "Date formatting": the year is left out within six months, either way. */
const written = (
  at: number,
  now: number,
  reader: Reader,
  { weekday = false, month = 'long' }: { weekday?: boolean; month?: 'long' | 'short' },
): string => {
  const parts = formatter(reader, {
    ...(weekday ? { weekday: 'long' } : {}),
    ...(Math.abs(at - now) < halfYear ? {} : { year: 'numeric' }),
    month,
    day: 'numeric',
  }).formatToParts(at)
  const ordinals = reader.locale.startsWith('en') && month === 'long'
  return parts
    .map(({ type, value }) => (type === 'day' && ordinals ? ordinal(Number(value)) : value))
    .join('')
}

const token = (name: string, at: number, now: number, reader: Reader): string | undefined => {
  const date = (options: Intl.DateTimeFormatOptions) => formatter(reader, options).format(at)
  const long = () => written(at, now, reader, { weekday: true })
  const medium = () => written(at, now, reader, {})
  const short = () => written(at, now, reader, { month: 'short' })
  switch (name) {
    case 'date_num':
      return new Intl.DateTimeFormat('en-CA', { timeZone: reader.timezone }).format(at)
    case 'date_slash':
      return date({ year: 'numeric', month: '2-digit', day: '2-digit' })
    case 'date':
      return medium()
    case 'date_short':
      return short()
    case 'date_long':
      return long()
    case 'date_long_full':
      return medium()
    case 'day_divider_pretty':
      return pretty(at, now, reader, long())
    case 'date_pretty':
      return pretty(at, now, reader, medium())
    case 'date_short_pretty':
      return pretty(at, now, reader, short())
    case 'date_long_pretty':
      return pretty(at, now, reader, long())
    case 'time':
      return date({ hour: 'numeric', minute: '2-digit' })
    case 'time_secs':
      return date({ hour: 'numeric', minute: '2-digit', second: '2-digit' })
    case 'ago':
      return ago(at, now, reader.locale)
    default:
      return undefined
  }
}

/** A Slack date format filled in; an unknown token stays as written. */
export const formatDate = (format: string, at: number, now: number, reader: Reader): string =>
  format.replace(/\{([a-z_]+)\}/g, (whole, name: string) => token(name, at, now, reader) ?? whole)

/** The clock's face: date and time to the second, and the city that the zone is named after. */
export const clockFace = (at: number, reader: Reader): { date: string; time: string; zone: string } => {
  const plain = { ...reader, locale: 'en-GB' }
  return {
    date: formatter(plain, { weekday: 'short', day: 'numeric', month: 'short' }).format(at),
    time: formatter(plain, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at),
    zone: (reader.timezone.split('/').at(-1) ?? reader.timezone).replaceAll('_', ' '),
  }
}

/** An age in its biggest unit, to the second for the first two minutes. */
export const age = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`
}

/** Wall time of an instant in a zone, as `<input type="datetime-local">` wants it. */
export const toWall = (at: number, timezone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? '00'
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}`
}

/** The instant of a wall time in a zone; null for what is no time. A wall time that a clock change skips moves on. */
export const fromWall = (wall: string, timezone: string): number | null => {
  const guess = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d$/.test(wall) ? Date.parse(`${wall}:00Z`) : Number.NaN
  if (Number.isNaN(guess)) return null
  const offset = (at: number) => Date.parse(`${toWall(at, timezone)}:00Z`) - at
  const first = guess - offset(guess)
  return guess - offset(first)
}
