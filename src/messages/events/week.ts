import { DateTime } from 'luxon'
import type { KnownEvent } from '../../domain/events/event'
import { sizesWith } from '../../domain/events/timetable'
import { hour, type Instant } from '../../domain/time/time'
import type { Closure } from '../../domain/windows/closures'
import type { Locale } from '../locale'

const days = 7
const hours = 24
const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/**
 * A week of a service as a picture in signs: a line a day, a sign an hour, as tall as what the events ask for then.
 * Twenty-four signs and a short day fit on a phone, and the clocks are those of the events.
 */
export function week(
  events: readonly KnownEvent[],
  zone: string,
  locale: Locale,
  closures: readonly Closure[] = [],
): string | undefined {
  const [first] = events
  if (!first && closures.length === 0) return undefined
  const today = DateTime.fromMillis(locale.now, { zone }).setLocale(locale.language).startOf('day')
  const base = first?.event.base ?? { min: 0, desired: 0, max: 0 }
  const lines = Array.from({ length: days }, (_, ahead) => {
    const day = today.plus({ days: ahead })
    const wanted = Array.from({ length: hours }, (_, at) =>
      desiredIn(day.set({ hour: at }).toMillis(), base, events),
    )
    const held = wanted.map((_, at) => isHeldIn(day.set({ hour: at }).toMillis(), closures))
    return { day, wanted, held }
  })
  const most = Math.max(base.desired, ...lines.flatMap(({ wanted }) => wanted))
  const isDrawn = most > base.desired || lines.some(({ held }) => held.includes(true))
  if (!isDrawn) return undefined
  return [
    `${indent(locale)} 0     6     12    18    `.trimEnd(),
    ...lines.map(({ day, wanted, held }) => {
      const drawn = wanted
        .map((desired, at) =>
          held[at] && desired <= base.desired ? closedSign : sign(desired, base.desired, most),
        )
        .join('')
      const top = Math.max(...wanted)
      return `${labelOf(day)} ${drawn}${top > base.desired ? ` ${top}` : ''}`
    }),
  ].join('\n')
}

/** An hour in which changes are held; an event stands before it, for it scales out all the same. */
export const closedSign = '░'

/** Whether changes are held for all of an hour, or a part of it. */
const isHeldIn = (from: Instant, closures: readonly Closure[]): boolean =>
  closures.some((closure) => closure.from < from + hour && from < (closure.until ?? Number.POSITIVE_INFINITY))

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
