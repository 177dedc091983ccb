import type { RichTextBlock } from '@slack/types'
import { DateTime } from 'luxon'
import { secondsOf, type Sample } from '../../../domain/events/monitoring'
import { type Instant, second } from '../../../domain/time/time'
import { bilingual, type Locale } from '../../locale'
import { type MonitorProgress, settledAt } from './progress'

/** So many columns that a phone shows a line whole. */
const columns = 24
/** Samples before the scale-out, and after the scale-in. */
const aside = 2
const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
/** Nobody was there to look. */
const unknown = '·'

/** Labels of one width in each language: in Korean every sign is as wide as two others. */
const text = bilingual({
  en: { desired: 'desired   ', inService: 'in service', healthy: 'healthy   ', indent: '          ' },
  ko: { desired: '목표', inService: '가동', healthy: '정상', indent: '\u3000\u3000' },
})

/** The value of one kind in each column: what held at its end; undefined before the first look and after the last. */
const valuesOf = (
  samples: readonly Sample[],
  pick: (sample: Sample) => number | null,
  { from, to, until }: { readonly from: number; readonly to: number; readonly until: number },
): readonly (number | null | undefined)[] =>
  Array.from({ length: columns }, (_, column) => {
    const end = from + ((to - from) * (column + 1)) / columns
    const start = from + ((to - from) * column) / columns
    if (start > until) return undefined
    // What was there when the group was to scale out, was there before.
    const carried = samples.findLast(([at]) => at <= end) ?? samples[0]
    return carried && pick(carried)
  })

const drawn = (values: readonly (number | null | undefined)[], most: number): string =>
  values
    .map((value) => {
      if (value === undefined) return ' '
      if (value === null) return unknown
      if (value === 0) return '_'
      return levels[Math.min(levels.length, Math.ceil((value / most) * levels.length)) - 1]
    })
    .join('')

/**
 * A small chart of an event in signs: desired capacity, instances in service and healthy ones over time, from a little
 * before the scale-out to a little after the scale-in. It reads in a notification's font and on a phone, needs no file
 * and no further right, and is text to a screen reader.
 */
export function chart(progress: MonitorProgress, locale: Locale): string | undefined {
  const { monitor, seen, scaleIn: back } = progress
  const { samples } = seen
  const [first] = samples
  if (!first) return undefined
  const { occurrence, event } = monitor
  const settled = Math.max(occurrence.inAt, (back && settledAt(progress)) ?? 0)
  const margin = (settled - occurrence.outAt) / (columns - 2 * aside)
  const begins: Instant = occurrence.outAt - aside * margin
  const ends: Instant = settled + aside * margin
  const range = { from: secondsOf(begins, occurrence), to: secondsOf(ends, occurrence) }
  // Columns to come stay empty; those of now are drawn as far as was looked.
  const until = back ? range.to : secondsOf(Math.min(locale.now, ends), occurrence)
  const most = Math.max(1, ...samples.flatMap(([, desired, inService]) => [desired, inService]))
  const copy = text[locale.language]
  const row = (label: string, pick: (sample: Sample) => number | null) =>
    `${label} ${drawn(valuesOf(samples, pick, { ...range, until }), most)}`
  const zone = event.times.zone
  const clock = (at: Instant) => DateTime.fromMillis(at, { zone }).toFormat('HH:mm')
  const [left, right] = [clock(begins), clock(ends)]
  return [
    row(copy.desired, ([, desired]) => desired),
    row(copy.inService, ([, , inService]) => inService),
    row(copy.healthy, ([, , , healthy]) => healthy),
    `${copy.indent} ${left}${centred(placeOf(zone), columns - left.length - right.length)}${right}`,
  ].join('\n')
}

/** A zone in the room between two times: whole, else its city alone. */
const placeOf = (zone: string): string =>
  [zone, zone.split('/').at(-1)?.replaceAll('_', ' ') ?? ''].find(({ length }) => length <= 12) ?? ''

const centred = (name: string, width: number): string =>
  name.padStart(Math.ceil((width + name.length) / 2)).padEnd(width)

/** Text in a font whose signs are all of one width. */
export const preformatted = (drawing: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: drawing }] }],
})

/** Seconds since a group was to scale out, as an instant. */
export const instantOf = (seconds: number, { occurrence }: MonitorProgress['monitor']): Instant =>
  occurrence.outAt + seconds * second
