import type { Milliseconds } from '../../domain/time/time'
import { bilingual, type Language } from '../locale'
import { joined, type Phrase } from './phrase'

const units = bilingual({
  en: {
    day: ' d',
    hour: ' h',
    minute: ' min',
    second: ' s',
    and: ' and ',
    about: 'about ',
    moments: 'a few seconds',
  },
  ko: { day: '일', hour: '시간', minute: '분', second: '초', and: ', ', about: '약 ', moments: '몇 초' },
})

/** `4 min 30 s`, `4분 30초`; the two largest units, whole seconds. */
export function duration(span: Milliseconds, language: Language): string {
  const unit = units[language]
  const all = Math.max(0, Math.round(span / 1_000))
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(all / 86_400), unit.day],
    [Math.floor(all / 3_600) % 24, unit.hour],
    [Math.floor(all / 60) % 60, unit.minute],
    [all % 60, unit.second],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return `0${unit.second}`
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count}${name}`)
    .join(' ')
}

/** `3 d`, `2 h 10 min`: how old a thing is. Beyond a day its hours tell nothing, and below an hour its seconds. */
export function age(span: Milliseconds, language: Language): string {
  const grain = span < 86_400_000 ? 60_000 : 86_400_000
  return duration(Math.max(60_000, Math.floor(span / grain) * grain), language)
}

/** `about 5 min`, `약 5분`: for what is expected and not measured. To 10 s below 2 min, else to the minute. */
export function about(span: Milliseconds, language: Language): string {
  if (span < 10_000) return units[language].moments
  const grain = span < 120_000 ? 10_000 : 60_000
  return `${units[language].about}${duration(Math.round(span / grain) * grain, language)}`
}

/** `a, b and c`; beyond `most` the rest is counted. */
export function list(items: readonly Phrase[], language: Language, most = 10): Phrase {
  if (items.length > most) {
    const remaining = items.length - most
    const more = language === 'ko' ? ` 외 ${remaining}개` : ` and ${remaining} more`
    return [...joined(items.slice(0, most), ', '), { kind: 'text', text: more }]
  }
  if (items.length < 2) return items[0] ?? []
  return joined([joined(items.slice(0, -1), ', '), items.at(-1)], units[language].and)
}
