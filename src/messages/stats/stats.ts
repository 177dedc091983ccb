import { DateTime } from 'luxon'
import { linked, week, weeks, type Median, type Stats } from '../../domain/stats/dora'
import { hour } from '../../domain/time/time'
import type { Message } from '../../ports/chat'
import { preformatted } from '../events/monitor/chart'
import { context, header, section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { when } from '../text/moments'
import { duration, list } from '../text/numbers'
import { bold, code, lines, nothing, say, words, type Phrase } from '../text/phrase'

export interface ServiceStats {
  readonly service: string
  readonly stats: Stats
}

const text = bilingual({
  en: {
    title: `The last ${weeks} weeks, by their own endings`,
    none: (services: Phrase) => say`No deploy has ended in this time: ${services}.`,
    frequency: 'Deployment frequency',
    perWeek: (count: string, n: number, all: number) =>
      `${count} a week (median of ${n} weeks; ${all} in all)`,
    lead: 'Change lead time',
    noCommits: 'not known: nobody says when a change was committed',
    toServing: (span: string, n: number) => `from the command to serving: ${span} (median, n = ${n})`,
    failRate: 'Change fail rate',
    share: (count: number, of: number) => `${Math.round((100 * count) / of)} % (${count} of ${of})`,
    noChange: 'no change yet',
    recovery: 'Failed deployment recovery time',
    noFailure: 'nothing to recover from',
    open: 'not recovered yet',
    span: (span: string, n: number) => `${span} (median, n = ${n})`,
    rework: 'Deployment rework rate',
    waiting: (span: string, n: number) => `Waiting before the first change: ${span} (median, n = ${n})`,
    overrides: (count: number) => `Windows overridden: ${count}`,
    known: (at: Phrase) => say`The journal reaches back to ${at} only.`,
    means:
      `Deploy: a deploy or roll of a person or a pipeline that succeeded. Failed: it went back by itself, needed attention, or was ` +
      `rolled back within ${linked / hour} h. Recovery: from its first change to the end of the way back. Rework: a deploy within ` +
      `${linked / hour} h after one. Nightly updates and dry runs are left out.`,
    legend: '× a change that failed',
  },
  ko: {
    title: `최근 ${weeks}주, 작업 결과 기준`,
    none: (services: Phrase) => say`이 기간에 끝난 배포가 없는 서비스: ${services}.`,
    frequency: '배포 빈도',
    perWeek: (count: string, n: number, all: number) => `주 ${count}회(${n}주 중앙값, 전체 ${all}회)`,
    lead: '변경 리드 타임',
    noCommits: '커밋 시각이 기록되지 않아 알 수 없음',
    toServing: (span: string, n: number) => `명령부터 서비스까지 ${span}(중앙값, n = ${n})`,
    failRate: '변경 실패율',
    share: (count: number, of: number) => `${Math.round((100 * count) / of)} %(${of}건 중 ${count}건)`,
    noChange: '변경 없음',
    recovery: '배포 실패 복구 시간',
    noFailure: '복구할 실패 없음',
    open: '아직 복구되지 않음',
    span: (span: string, n: number) => `${span}(중앙값, n = ${n})`,
    rework: '배포 재작업률',
    waiting: (span: string, n: number) => `첫 변경까지 대기 ${span}(중앙값, n = ${n})`,
    overrides: (count: number) => `변경 금지 기간 예외 ${count}건`,
    known: (at: Phrase) => say`기록은 ${at}부터 남아 있습니다.`,
    means:
      `배포: 사람이나 파이프라인이 요청해 완료된 deploy, roll. 실패: 스스로 복구되었거나, 조치가 필요했거나, ${linked / hour}시간 안에 ` +
      `되돌린 변경. 복구: 첫 변경부터 되돌리기가 끝날 때까지. 재작업: 그 뒤 ${linked / hour}시간 안의 배포. 야간 이미지 갱신과 ` +
      `모의 실행은 제외합니다.`,
    legend: '× 실패한 변경',
  },
})

/** A picture stands for so many services; the words for as many as fit. */
const mostPictures = 3
const mostServices = 12

const statRows = ({ stats }: ServiceStats, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const { deploys, perWeek, toServing, failed, recovery, rework, waiting, overrides } = stats
  const span = ({ value, n }: Median, of: (span: string, n: number) => string) =>
    of(duration(value, locale.language), n)
  const item = (label: string, value: string) => say`${label}: ${bold(value)}`
  const rate = ({ count, of }: Stats['failed']) => (of === 0 ? copy.noChange : copy.share(count, of))
  const recovered = failed.count === 0 ? copy.noFailure : copy.open
  return lines(
    item(copy.frequency, perWeek ? copy.perWeek(String(perWeek.value), perWeek.n, deploys) : copy.noChange),
    say`${copy.lead}: ${copy.noCommits}${toServing ? say` · ${span(toServing, copy.toServing)}` : nothing}`,
    item(copy.failRate, rate(failed)),
    item(copy.recovery, recovery ? span(recovery, copy.span) : recovered),
    item(copy.rework, rate(rework)),
    waiting ? words(span(waiting, copy.waiting)) : nothing,
    overrides > 0 ? words(copy.overrides(overrides)) : nothing,
    stats.knownSince === undefined ? nothing : copy.known(when(stats.knownSince, locale)),
  )
}

const levels = ['▂', '▄', '▆', '█'] as const

/** A line a week, a sign a day: nothing, so many deploys, or a change that failed. */
const picture = ({ since, days }: Stats, locale: Locale): string =>
  Array.from({ length: weeks }, (_, at) => {
    const from = DateTime.fromMillis(since + at * week, { zone: locale.timezone }).setLocale(locale.language)
    const drawn = days.slice(at * 7, at * 7 + 7).map(({ deploys, failed }) => {
      if (failed > 0) return '×'
      return deploys === 0 ? '▁' : (levels[Math.min(levels.length, deploys) - 1] ?? '█')
    })
    return `${from.toFormat('MM-dd')} ${drawn.join('')}`
  }).join('\n')

const isBusy = ({ stats: { deploys, failed } }: ServiceStats): boolean => deploys > 0 || failed.of > 0

/** How services are delivered, by what their own operations came to; in words, and as a picture where there is one. */
export function statsMessage(facts: Locale & { readonly services: readonly ServiceStats[] }): Message {
  const copy = text[facts.language]
  const [busy, idle] = [facts.services.filter(isBusy), facts.services.filter((one) => !isBusy(one))]
  const shown = busy.slice(0, mostServices)
  const title = words(copy.title)
  const content = shown.map((one) => lines(bold(code(one.service)), statRows(one, facts)))
  const drawn = (one: ServiceStats, index: number) =>
    index < mostPictures && one.stats.days.some(({ deploys, failed }) => deploys + failed > 0)
      ? [preformatted(picture(one.stats, facts))]
      : []
  const isDrawn = shown.some((one, index) => drawn(one, index).length > 0)
  const none =
    idle.length === 0
      ? nothing
      : copy.none(
          list(
            idle.map(({ service }) => code(service)),
            facts.language,
          ),
        )
  return message(lines(title, ...content, none, words(copy.means)), [
    header(title),
    ...shown.flatMap((one, index) => [
      section(content[index] ?? nothing, { limit: 1_200 }),
      ...drawn(one, index),
    ]),
    none.length > 0 ? section(none) : undefined,
    context(words(isDrawn ? copy.legend : ''), words(copy.means)),
  ])
}
