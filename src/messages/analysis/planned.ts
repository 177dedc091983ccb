import type { Checks } from '../../domain/catalogue/catalogue'
import { bilingual, type Language } from '../locale'
import { code, joined, nothing, say, words, type Phrase } from '../text/phrase'

const text = bilingual({
  en: {
    errors: (worse: number, above: string) => `errors at most ${worse} times as many, or ${above}`,
    latency: (percentile: number, worse: number, above: number) =>
      `p${percentile} at most ${worse} times as long, or ${above} ms`,
    alarms: 'no new alarm of ',
    hold: 'asks where that cannot be told',
    pass: 'goes on where that cannot be told',
    back: 'goes back by itself in its window too',
  },
  ko: {
    errors: (worse: number, above: string) => `오류 ${worse}배 또는 ${above} 이내`,
    latency: (percentile: number, worse: number, above: number) =>
      `p${percentile} ${worse}배 또는 ${above} ms 이내`,
    alarms: '새 알람 없음: ',
    hold: '판단할 수 없으면 담당자에게 확인',
    pass: '판단할 수 없으면 계속 진행',
    back: '유지 시간에도 문제가 보이면 자동으로 되돌림',
  },
})

/** What customers must not notice, in a line. */
export const checksRow = (
  { errors, latency, alarms, unsure, window }: Checks,
  language: Language,
): Phrase => {
  const copy = text[language]
  const names = joined(
    (alarms ?? []).map((name) => code(name)),
    ', ',
  )
  return joined(
    [
      errors ? words(copy.errors(errors.worse, `${Number((errors.above * 100).toPrecision(3))} %`)) : nothing,
      latency ? words(copy.latency(latency.percentile, latency.worse, latency.above)) : nothing,
      alarms ? say`${copy.alarms}${names}` : nothing,
      words(copy[unsure]),
      window === 'back' ? words(copy.back) : nothing,
    ],
    '; ',
  )
}
