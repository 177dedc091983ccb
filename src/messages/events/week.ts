import { DateTime } from 'luxon'
import type { KnownEvent } from '../../domain/events/event'
import { sizesWith } from '../../domain/events/timetable'
import { hour, type Instant } from '../../domain/time/time'
import type { Locale } from '../locale'

const days = 7
const hours = 24
const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/**
 * A week of a service as a picture in signs: a line a day, a sign an hour, as tall as what the events ask for then.
 * Twenty-four signs and a short day fit on a phone, and the clocks are those of the events.
 */
export function week(events: readonly KnownEvent[], zone: string, locale: Locale): string | undefined {
  const [first] = events
  if (!first) return undefined
  const today = DateTime.fromMillis(locale.now, { zone }).setLocale(locale.language).startOf('day')
  const { base } = first.event
  const lines = Array.from({ length: days }, (_, ahead) => {
    const day = today.plus({ days: ahead })
    const wanted = Array.from({ length: hours }, (_, at) =>
      desiredIn(day.set({ hour: at }).toMillis(), base, events),
    )
    return { day, wanted }
  })
  const most = Math.max(base.desired, ...lines.flatMap(({ wanted }) => wanted))
  if (most === base.desired) return undefined
  return [
    `${indent(locale)} 0     6     12    18    `.trimEnd(),
    ...lines.map(({ day, wanted }) => {
      const drawn = wanted.map((desired) => sign(desired, base.desired, most)).join('')
      const top = Math.max(...wanted)
      return `${labelOf(day)} ${drawn}${top > base.desired ? ` ${top}` : ''}`
    }),
  ].join('\n')
}

/** The most that is asked for within an hour. */
const desiredIn = (from: Instant, base: KnownEvent['event']['base'], events: readonly KnownEvent[]): number =>
  Math.max(...[0, 0.25, 0.5, 0.75].map((part) => sizesWith(base, events, from + part * hour).desired))

/** No event is a low line; the highest of the week is a full sign. */
const sign = (desired: number, base: number, most: number): string => {
  if (desired <= base) return levels[0]
  const share = (desired - base) / (most - base)
  return levels[Math.min(levels.length - 1, 1 + Math.ceil(share * (levels.length - 2)))] ?? levels[0]
}

/** `Mon 02` or `월 02`: in each language of one width. */
const labelOf = (day: DateTime): string => day.toFormat('ccc dd')

const indent = ({ language }: Locale): string => (language === 'ko' ? '\u3000   ' : '      ')
