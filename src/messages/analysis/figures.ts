import type { Figures } from '../../domain/analysis/judgement'
import { bilingual, type Language } from '../locale'
import { say, type Phrase } from '../text/phrase'

/** What figures are told of: those that are not known are left out. */
type Told = Partial<Omit<Figures, 'minutes'>>

const text = bilingual({
  en: {
    failed: (errors: string, requests: string) => `${errors} of ${requests} requests failed`,
    against: (share: string, old: string) => ` (${share}, before ${old})`,
  },
  ko: {
    failed: (errors: string, requests: string) => `요청 ${requests}건 중 ${errors}건 실패`,
    against: (share: string, old: string) => `(${share}, 이전 ${old})`,
  },
})

const grouped = (count: number): string => count.toString().replace(/\B(?=(\d{3})+$)/g, ',')

/** Two digits that say something: `0.12 %`, `5.1 %`, `31 %`. */
export const percentOf = (share: number): string => `${Number((share * 100).toPrecision(2))} %`

/** `212 → 218 ms`, `1.2 → 1.9 s`. */
export const times = (old: number | undefined, now: number): string => {
  const inSeconds = Math.max(old ?? 0, now) >= 10_000
  const shown = (ms: number) => (inSeconds ? `${Number((ms / 1_000).toPrecision(3))}` : `${Math.round(ms)}`)
  return `${old === undefined ? '' : `${shown(old)} → `}${shown(now)} ${inSeconds ? 's' : 'ms'}`
}

/** What customers met of both versions: `0 of 1,204,331 requests failed; p99 212 → 218 ms`. */
export const figuresRow = (
  { requests = 0, errors = 0, share = 0, oldShare = 0, latency, oldLatency, percentile }: Told,
  language: Language,
): Phrase => {
  const copy = text[language]
  const shares = errors === 0 ? '' : copy.against(percentOf(share), percentOf(oldShare))
  const latencies = latency === undefined ? '' : `; p${percentile ?? ''} ${times(oldLatency, latency)}`
  return say`${copy.failed(grouped(errors), grouped(requests))}${shares}${latencies}`
}
