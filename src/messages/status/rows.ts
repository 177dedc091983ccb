import type { FleetSnapshot, TemplatePin } from '../../domain/fleet/fleet'
import { condition } from '../fleet/fleet'
import { bilingual, type Locale } from '../locale'
import { lockRow } from '../locks'
import { operationSummary } from '../operation/summary'
import { reasonRow } from '../reasons/reasons'
import { cut } from '../text/cut'
import { moment } from '../text/moments'
import { list } from '../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'
import { closureRow } from '../windows/windows'
import type { ServiceStatus } from '../../domain/fleet/service-status'

const text = bilingual({
  en: {
    serves: (version: Phrase) => say`Serves ${version}`,
    servesOn: (version: Phrase, color: string) => say`Serves ${version} on ${code(color)}`,
    warm: (color: Phrase, until: Phrase, operation: Phrase) =>
      say`Warm way back until ${until}: ${color} stands by (${operation})`,
    atZero: (color: Phrase, until: Phrase, operation: Phrase) =>
      say`Way back within seconds until ${until}: ${color} runs on at weight 0 (${operation})`,
    traffic: (shares: string) => `traffic: ${shares}`,
    shared: (shares: string) => `Traffic is shared out: ${shares}`,
    unknownVersion: 'The version it serves is unknown',
    noVersion: 'version unknown',
    unbuilt: 'Its fleet is not built yet',
    health: (healthy: number, count: number) => `${healthy} of ${count} healthy`,
    noInstances: 'no instances',
    sizes: (min: number, desired: number, max: number) => `desired ${desired}, min ${min}, max ${max}`,
    pin: (pin: TemplatePin) =>
      typeof pin === 'number' ? say`pinned to template version ${pin}` : say`follows ${code(pin)}`,
    suspended: (processes: Phrase) => say`suspended: ${processes}`,
    refresh: (status: Phrase, percent: number) => say`Instance refresh ${status}, ${percent} %`,
    line: (next: Phrase) => say`In line: ${next}`,
    unreadable: (records: Phrase) => say`Left out, for it cannot be read: ${records}`,
    unanswered: 'AWS could not be asked: no worker answered. Below is what the journal knows.',
    problem: (why: Phrase) => say`AWS could not tell everything: ${why}`,
  },
  ko: {
    serves: (version: Phrase) => say`${version} 서비스 중`,
    servesOn: (version: Phrase, color: string) => say`${code(color)} 색상에서 ${version} 서비스 중`,
    warm: (color: Phrase, until: Phrase, operation: Phrase) =>
      say`${until}까지 바로 되돌리기 가능: ${color} 대기 중(${operation})`,
    atZero: (color: Phrase, until: Phrase, operation: Phrase) =>
      say`${until}까지 몇 초 안에 되돌리기 가능: ${color} 가중치 0으로 실행 중(${operation})`,
    traffic: (shares: string) => `트래픽: ${shares}`,
    shared: (shares: string) => `트래픽을 나누어 처리 중: ${shares}`,
    unknownVersion: '현재 서비스 중인 버전을 확인할 수 없음',
    noVersion: '버전 확인 불가',
    unbuilt: '아직 구성하지 않음',
    health: (healthy: number, count: number) => `정상 ${healthy}/${count}대`,
    noInstances: '인스턴스 없음',
    sizes: (min: number, desired: number, max: number) => `원하는 용량 ${desired}, 최소 ${min}, 최대 ${max}`,
    pin: (pin: TemplatePin) =>
      typeof pin === 'number' ? say`템플릿 버전 ${pin} 고정` : say`${code(pin)} 버전을 따름`,
    suspended: (processes: Phrase) => say`일시 중지: ${processes}`,
    refresh: (status: Phrase, percent: number) => say`인스턴스 새로 고침 ${status}, ${percent} %`,
    line: (next: Phrase) => say`순서 대기: ${next}`,
    unreadable: (records: Phrase) => say`읽을 수 없어 제외한 기록: ${records}`,
    unanswered: '응답한 워커가 없어 AWS를 조회하지 못했습니다. 아래는 기록에 있는 내용입니다.',
    problem: (why: Phrase) => say`AWS에서 일부 정보를 확인하지 못했습니다: ${why}`,
  },
})

export const versionPhrase = (status: ServiceStatus, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const { live, shares } = status
  if (status.unbuilt) return words(copy.unbuilt)
  const shared = shares && `blue ${shares.blue} %, green ${shares.green} %`
  if (status.version === undefined) return words(shared ? copy.shared(shared) : copy.unknownVersion)
  const version = bold(status.version)
  const serves = live === undefined ? copy.serves(version) : copy.servesOn(version, live)
  return joined([serves, shared === undefined ? nothing : words(copy.traffic(shared))], ' · ')
}

export const healthWords = (fleet: FleetSnapshot, locale: Locale): string => {
  const copy = text[locale.language]
  if (fleet.cells.length === 0) return copy.noInstances
  // Who leaves was replaced already, who stands by is out on purpose: counting them would tell of a fleet that is short.
  const staying = fleet.cells.map(condition).filter((one) => one !== 'leaving' && one !== 'standby')
  return copy.health(staying.filter((one) => one === 'healthy').length, staying.length)
}

/** What is not in order with the colors, unless an operation is about to put it in order: nobody must help it by hand. */
const problemOf = ({ problem, running }: ServiceStatus): ServiceStatus['problem'] =>
  running?.plan?.colors === undefined ? problem : undefined

export const problemRow = (status: ServiceStatus, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const problem = problemOf(status)
  if (problem) return say`⚠️ ${reasonRow(problem, locale)}`
  if (status.error === undefined) return nothing
  return say`⚠️ ${status.error === 'unanswered' ? copy.unanswered : copy.problem(reasonRow(status.error, locale))}`
}

export const refreshRow = (status: ServiceStatus, locale: Locale): Phrase =>
  status.refresh
    ? joined(
        [
          text[locale.language].refresh(code(status.refresh.status), Math.round(status.refresh.percent)),
          words(cut(status.refresh.reason ?? '', 300)),
        ],
        ' · ',
      )
    : nothing

export const groupRow = (status: ServiceStatus, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const { group } = status
  if (!group) return nothing
  return joined(
    [
      code(group.name),
      words(copy.sizes(group.min, group.desired, group.max)),
      group.pin === undefined ? nothing : copy.pin(group.pin),
      group.suspended.length > 0
        ? copy.suspended(
            list(
              group.suspended.map((one) => code(one)),
              locale.language,
            ),
          )
        : nothing,
    ],
    ' · ',
  )
}

/** Operations that wait for their turn. */
export const waiting = (status: ServiceStatus, locale: Locale): Phrase =>
  status.queue.length > 0
    ? text[locale.language].line(
        list(
          status.queue.map((id) => code(id)),
          locale.language,
          5,
        ),
      )
    : nothing

/** What is kept after a swap, and until when. */
export const windowRow = (
  { window }: { readonly window?: ServiceStatus['window'] },
  locale: Locale,
): Phrase => {
  if (window === undefined) return nothing
  const { color, version, until, operation, byWeights } = window
  const named = version === undefined ? code(color) : say`${code(color)} (${version})`
  const copy = text[locale.language]
  return (byWeights ? copy.atZero : copy.warm)(named, moment(until, locale), code(operation))
}

/** What the store holds of the service and nobody here can read. */
export const unreadableRow = ({ unreadable = [] }: ServiceStatus, locale: Locale): Phrase =>
  unreadable.length === 0
    ? nothing
    : say`⚠️ ${text[locale.language].unreadable(
        list(
          unreadable.map((record) => code(record)),
          locale.language,
          5,
        ),
      )}`

const mostLocks = 5
export const locksOf = (status: ServiceStatus, locale: Locale): Phrase =>
  lines(...status.locks.slice(0, mostLocks).map((lock) => lockRow(lock, locale)))

/** One service in a line or two, for lists. */
export const serviceRow = (status: ServiceStatus, locale: Locale): Phrase => {
  const { fleet, running } = status
  return lines(
    joined(
      [
        bold(status.service),
        status.version === undefined
          ? words(text[locale.language][status.unbuilt ? 'unbuilt' : 'noVersion'])
          : code(status.version),
        fleet ? words(healthWords(fleet, locale)) : nothing,
        problemOf(status) || (status.error !== undefined && !fleet) ? words('⚠️') : nothing,
        refreshRow(status, locale),
      ],
      ' · ',
    ),
    running ? operationSummary(running, locale) : nothing,
    waiting(status, locale),
    windowRow(status, locale),
    closureRow(status, locale),
    locksOf(status, locale),
    unreadableRow(status, locale),
  )
}
