import type { KnownBlock } from '@slack/types'
import type { Comparison } from '../../domain/analysis/comparison'
import type { TrafficMinute } from '../../domain/analysis/traffic'
import { preformatted } from '../events/monitor/chart'
import { context } from '../kit/blocks'
import { bilingual, type Locale } from '../locale'
import { cut } from '../text/cut'
import { words } from '../text/phrase'
import { percentOf, times } from './figures'

/** So many minutes of each version that a phone shows a line whole. */
const columns = 12
const longestName = 9
const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

const text = bilingual({
  en: { old: 'before', legend: 'A sign a minute, the newest on the right; both versions on one scale.' },
  ko: { old: '이전', legend: '한 칸은 1분이며 오른쪽이 최신입니다. 두 버전의 눈금은 같습니다.' },
})

/** Errors and latencies of both versions by the minute, one above the other, and how they are to be read. */
export const comparisonBlocks = (
  comparison: Comparison | undefined,
  { before, version }: { readonly before?: string | undefined; readonly version: string },
  { language }: Pick<Locale, 'language'>,
): readonly KnownBlock[] => {
  if (!comparison) return []
  const copy = text[language]
  const [older, newer] = [before ?? copy.old, comparison.mixed ? `${before ?? copy.old}+${version}` : version]
  const names = [older, newer].map((name) => cut(name, longestName))
  const widest = Math.max(...names.map(widthOf))
  const [old, fresh] = [comparison.old.slice(-columns), comparison.new.slice(-columns)]
  const drawn = (label: string, { of, say }: Measure): readonly string[] => {
    const most = Math.max(0, ...[...old, ...fresh].map((minute) => of(minute) ?? 0))
    return [old, fresh].map((minutes, at) => {
      const values = minutes.map(of)
      const last = values.findLast((value) => value !== undefined)
      const name = names[at] ?? ''
      return [
        at === 0 ? label : ' '.repeat(label.length),
        `${name}${' '.repeat(widest - widthOf(name))}`,
        values
          .map((value) => signOf(value, most))
          .join('')
          .padEnd(columns),
        last === undefined ? '' : say(last),
      ]
        .join(' ')
        .trimEnd()
    })
  }
  const isTimed = [...old, ...fresh].some(({ latency }) => latency !== undefined)
  const rows = [
    ...drawn('5xx', errors),
    ...(isTimed ? drawn(`p${comparison.percentile ?? ''}`.padEnd(3), latencies) : []),
  ]
  return [
    preformatted(rows.join('\n')),
    ...[context(words(copy.legend))].filter((block) => block !== undefined),
  ]
}

/** A figure of a minute, and how its value is told. */
interface Measure {
  readonly of: (minute: TrafficMinute) => number | undefined
  readonly say: (value: number) => string
}

const errors: Measure = {
  of: ({ requests, errors: failed }) => (requests === 0 ? undefined : failed / requests),
  say: percentOf,
}

const latencies: Measure = {
  of: ({ latency }) => latency,
  say: (value) => times(undefined, value),
}

/** Nothing told is a point, and nothing of it an empty line. */
const signOf = (value: number | undefined, most: number): string => {
  if (value === undefined) return '·'
  if (value === 0) return '_'
  return levels[Math.min(levels.length, Math.ceil((value / most) * levels.length)) - 1] ?? '█'
}

/** In a font whose signs are all of one width, a Korean one is as wide as two others. */
const widthOf = (name: string): number => name.length + (name.match(/[\u1100-\uffff]/g) ?? []).length
