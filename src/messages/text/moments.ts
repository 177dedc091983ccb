import { DateTime } from 'luxon'
import type { Instant } from '../../domain/time/time'
import { bilingual, type Locale } from '../locale'
import { duration } from './numbers'
import type { Inline, Phrase } from './phrase'

const zoned = (at: Instant, locale: Locale): DateTime => {
  const local = DateTime.fromMillis(at, { zone: locale.timezone }).setLocale(locale.language)
  // A zone that luxon does not know would print as "Invalid DateTime".
  return local.isValid ? local : DateTime.fromMillis(at, { zone: 'utc' }).setLocale(locale.language)
}
const zoneName = (local: DateTime): string => local.zoneName ?? 'UTC'

type DateInline = Extract<Inline, { readonly kind: 'date' }>

const date = (at: Instant, format: string, otherwise: string): DateInline => ({
  kind: 'date',
  at,
  format,
  otherwise,
})

/** Time of day in the reader's own zone, for what just happened. */
export const clock = (at: Instant, locale: Locale): Phrase => {
  const local = zoned(at, locale)
  return [date(at, '{time}', `${local.toFormat('HH:mm')} ${zoneName(local)}`)]
}

/** Day and time in the reader's own zone, and beside it the service's where it is another: `today 10:04 AM (19:04 Asia/Seoul)`. */
export const moment = (at: Instant, locale: Locale): Phrase => {
  const local = zoned(at, locale)
  if (locale.ownZone) return when(at, locale)
  const there = { clock: local.toFormat('HH:mm'), zone: zoneName(local) }
  return [{ ...date(at, '{date_short_pretty} {time}', local.toFormat('yyyy-MM-dd HH:mm')), there }]
}

/** Day and time in the reader's own zone alone: for lists, where two of them a line would be too many. */
export const when = (at: Instant, locale: Locale): Phrase => [
  date(
    at,
    '{date_short_pretty} {time}',
    `${zoned(at, locale).toFormat('yyyy-MM-dd HH:mm')} ${zoneName(zoned(at, locale))}`,
  ),
]

/** Day and time in the service's own zone alone, where no markup is rendered: options, labels. */
export const plainMoment = (at: Instant, locale: Locale): string =>
  zoned(at, locale).toFormat('yyyy-MM-dd HH:mm')

const relative = bilingual({
  en: { ago: (span: string) => `${span} ago`, ahead: (span: string) => `in ${span}`, now: 'just now' },
  ko: { ago: (span: string) => `${span} 전`, ahead: (span: string) => `${span} 후`, now: '방금' },
})

/** `3 min ago`, `3분 후`: for what is read once, not for messages that stay. */
export const fromNow = (at: Instant, locale: Locale): string => {
  const say = relative[locale.language]
  const span = at - locale.now
  const large = Math.abs(span)
  if (large < 1_000) return say.now
  // Beyond a minute seconds tell nothing.
  const rounded = large < 60_000 ? large : Math.round(large / 60_000) * 60_000
  const spoken = duration(rounded, locale.language)
  return span < 0 ? say.ago(spoken) : say.ahead(spoken)
}
