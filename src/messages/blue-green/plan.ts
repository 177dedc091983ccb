import type { Capacity } from '../../domain/catalogue/catalogue'
import {
  instancesOf,
  type PlannedColors,
  type PlannedComponent,
  type PlannedWeights,
} from '../../domain/blue-green/planned-colors'
import { type Instant, type Milliseconds, minute } from '../../domain/time/time'
import type { WindowFacts } from '../operation/facts'
import { bilingual, type Locale } from '../locale'
import { shares } from './tasks'
import { reasonRow } from '../reasons/reasons'
import { moment } from '../text/moments'
import { duration, list } from '../text/numbers'
import { bold, code, joined, lines, mention, nothing, say, words, type Phrase } from '../text/phrase'
import { subjectKo } from '../text/who'

const text = bilingual({
  en: {
    blueGreen: 'Colors',
    capacity: 'Capacity',
    across: 'Taken across',
    gives: 'Gives way',
    standby: 'Standby',
    traffic: 'Traffic',
    warm: 'Kept warm',
    routes: (routes: Phrase, steps: string) =>
      say`${steps}, on ${routes}; each step is watched through the bake time`,
    joins: (targetGroups: Phrase) => say`${targetGroups} joins at weight 0 first`,
    allBack: (to: string, routes: Phrase) => say`all of it to ${code(to)} at once, on ${routes}`,
    swap: (from: string, to: string) =>
      say`${code(from)} serves, ${code(to)} comes up beside it and takes over`,
    return: (from: string, to: string) =>
      say`${code(to)} comes back out of Standby; once it is healthy ${code(from)} goes to zero`,
    finish: (from: string, to: string) => say`${code(from)} serves and stays, ${code(to)} is given up`,
    sizes: (from: Phrase, to: Phrase, { min, desired, max }: Capacity) =>
      say`${from} has desired ${desired}, min ${min}, max ${max}; ${to} gets the same`,
    minimum: (count: number) => `never fewer than ${count} healthy; what others change meanwhile is followed`,
    policies: (names: Phrase) => say`policies ${names}`,
    actions: (names: Phrase) => say`scheduled actions ${names}`,
    nothing: 'no policies and no scheduled actions',
    own: (group: Phrase, names: Phrase) => say`${names} of ${group}`,
    kept: (color: string, count: number, span: string) =>
      say`${count === 1 ? '1 instance' : `${count} instances`} of ${code(color)} for ${span}, billed as if running; back within about a minute`,
    back: (count: number) => (count === 1 ? '1 instance comes back' : `${count} instances come back`),
    zero: (color: string, count: number, span: string) =>
      say`${count === 1 ? '1 instance' : `${count} instances`} of ${code(color)} at weight 0 for ${span}, billed as running; the way back takes seconds`,
    backByWeight: (from: string, to: string) =>
      say`${code(to)} runs at weight 0; it gets all traffic again, then ${code(from)} goes to zero`,
    openAtZero: (color: Phrase, version: Phrase, count: number, until: Phrase, left: string) =>
      say`${bold('The way back takes seconds')} until ${until}, ${left}: ${count === 1 ? '1 instance' : `${count} instances`} of ${color}${version.length > 0 ? say` (${version})` : nothing} ${count === 1 ? 'runs' : 'run'} on at weight 0.`,
    ended: (count: number) =>
      `${count === 1 ? '1 instance is' : `${count} instances are`} terminated; after that a rollback launches new ones`,
    open: (color: Phrase, version: Phrase, count: number, until: Phrase, left: string) =>
      say`${bold('The way back is warm')} until ${until}, ${left}: ${count === 1 ? '1 instance' : `${count} instances`} of ${color}${version.length > 0 ? say` (${version})` : nothing} in Standby.`,
    left: (span: string) => `for another ${span}`,
    soon: 'for less than a minute',
    bill: (types: Phrase, cost: string) =>
      cost === ''
        ? say`They are billed by the hour like running ones: ${types}.`
        : say`They cost ${cost} an hour: ${types}.`,
    billAtZero: (types: Phrase, cost: string) =>
      cost === '' ? say`They are billed by the hour: ${types}.` : say`They cost ${cost} an hour: ${types}.`,
    cost: (amount: string, currency: string) => `about ${amount} ${currency}`,
    each: (count: number, type: string) => say`${count} × ${code(type)}`,
    extendedBy: (who: Phrase) => say`${who} kept it longer.`,
    blockedBy: (why: Phrase) =>
      say`It did not end by itself when its time was over: ${why} It is tried again then.`,
  },
  ko: {
    blueGreen: '색상',
    capacity: '용량',
    across: '옮기는 항목',
    gives: '물러나는 항목',
    standby: '대기(Standby)',
    traffic: '트래픽',
    warm: '유지',
    routes: (routes: Phrase, steps: string) =>
      say`${steps} 순서로 이동(${routes}), 단계마다 안정화 시간 동안 상태 확인`,
    joins: (targetGroups: Phrase) => say`먼저 ${targetGroups} 대상 그룹을 가중치 0으로 추가`,
    allBack: (to: string, routes: Phrase) => say`모두 ${code(to)} 색상으로 한 번에 이동(${routes})`,
    swap: (from: string, to: string) =>
      say`현재 ${code(from)} 색상이 서비스 중이며, ${code(to)} 색상을 함께 시작한 뒤 넘겨받음`,
    return: (from: string, to: string) =>
      say`${code(to)} 색상을 대기에서 복귀시키고, 정상 확인 후 ${code(from)} 색상을 0대로 줄임`,
    finish: (from: string, to: string) =>
      say`${code(from)} 색상은 계속 서비스하고, ${code(to)} 색상의 대기 인스턴스를 종료`,
    sizes: (from: Phrase, to: Phrase, { min, desired, max }: Capacity) =>
      say`${from}(원하는 용량 ${desired}, 최소 ${min}, 최대 ${max}) → ${to} 동일`,
    minimum: (count: number) => `정상 인스턴스 ${count}대 이상 유지, 작업 중 용량이 바뀌면 그대로 반영`,
    policies: (names: Phrase) => say`조정 정책 ${names}`,
    actions: (names: Phrase) => say`예약 작업 ${names}`,
    nothing: '조정 정책과 예약 작업 없음',
    own: (group: Phrase, names: Phrase) => say`${group}의 ${names}`,
    kept: (color: string, count: number, span: string) =>
      say`${code(color)} 인스턴스 ${count}대를 ${span} 동안 유지(실행 중과 같은 요금), 약 1분 안에 복귀 가능`,
    back: (count: number) => `인스턴스 ${count}대 복귀`,
    zero: (color: string, count: number, span: string) =>
      say`${code(color)} 인스턴스 ${count}대를 ${span} 동안 가중치 0으로 유지(실행 중과 같은 요금), 몇 초 안에 복귀 가능`,
    backByWeight: (from: string, to: string) =>
      say`가중치 0으로 실행 중인 ${code(to)} 색상에 모든 트래픽을 다시 보낸 뒤 ${code(from)} 색상을 0대로 줄임`,
    openAtZero: (color: Phrase, version: Phrase, count: number, until: Phrase, left: string) =>
      say`${bold('몇 초 안에 되돌릴 수 있습니다')}(${until}까지, ${left}). ${color}${version.length > 0 ? say`(${version})` : nothing} 인스턴스 ${count}대가 가중치 0으로 계속 실행 중입니다.`,
    ended: (count: number) => `인스턴스 ${count}대 종료, 이후 되돌리려면 새 인스턴스를 시작해야 함`,
    open: (color: Phrase, version: Phrase, count: number, until: Phrase, left: string) =>
      say`${bold('바로 되돌릴 수 있습니다')}(${until}까지, ${left}). ${color}${version.length > 0 ? say`(${version})` : nothing} 인스턴스 ${count}대가 대기(Standby) 중입니다.`,
    left: (span: string) => `${span} 남음`,
    soon: '1분 미만 남음',
    bill: (types: Phrase, cost: string) =>
      cost === ''
        ? say`대기 중에도 실행 중과 같은 시간당 요금이 부과됩니다: ${types}.`
        : say`대기 비용은 시간당 ${cost}입니다: ${types}.`,
    billAtZero: (types: Phrase, cost: string) =>
      cost === ''
        ? say`유지하는 동안 시간당 요금이 부과됩니다: ${types}.`
        : say`유지 비용은 시간당 ${cost}입니다: ${types}.`,
    cost: (amount: string, currency: string) => `약 ${amount} ${currency}`,
    each: (count: number, type: string) => say`${code(type)} ${count}대`,
    extendedBy: (who: Phrase) => say`${subjectKo(who)} 대기 시간을 늘렸습니다.`,
    blockedBy: (why: Phrase) =>
      say`예정된 시각에 자동으로 마무리하지 못했습니다. ${why} 위 시각에 다시 시도합니다.`,
  },
})

const item = (name: string, value: Phrase): Phrase =>
  value.length === 0 ? nothing : say`${bold(name)}  ${value}`

const mostNames = 8

/** What becomes of the colors, a line for each thing that is touched. */
export function blueGreenRows(blueGreen: PlannedColors, locale: Locale): Phrase {
  const { language } = locale
  const copy = text[language]
  const { how, from, to, window, components, weights } = blueGreen
  const named = (names: readonly string[]) =>
    list(
      names.map((name) => code(name)),
      language,
      mostNames,
    )
  const all = (part: 'policies' | 'actions') => components.flatMap((component) => component[part])
  const [policies, actions] = [all('policies'), all('actions')]
  const across = joined(
    [
      policies.length > 0 ? copy.policies(named(policies)) : nothing,
      actions.length > 0 ? copy.actions(named(actions)) : nothing,
    ],
    ' · ',
  )
  const gives = components.flatMap((component) =>
    component.gives.length > 0 ? [copy.own(code(component.to.name), named(component.gives))] : [],
  )
  return lines(
    item(copy.blueGreen, weights && how === 'return' ? copy.backByWeight(from, to) : copy[how](from, to)),
    weights && how !== 'finish' ? item(copy.traffic, trafficRow(blueGreen, weights, locale)) : nothing,
    how === 'finish' ? nothing : item(copy.capacity, capacityRows(components, locale)),
    how === 'finish' ? nothing : item(copy.across, across.length > 0 ? across : words(copy.nothing)),
    item(copy.gives, joined(gives, ' · ')),
    weights && how === 'return'
      ? nothing
      : item(weights ? copy.warm : copy.standby, standbyRow(blueGreen, window ?? 0, locale)),
  )
}

/** `targetgroup/<name>/<id>`: what people call it. */
const named = (arn: string): string => arn.split('/')[1] ?? arn

const trafficRow = (
  { how, to }: PlannedColors,
  { routes, steps }: PlannedWeights,
  { language }: Locale,
): Phrase => {
  const copy = text[language]
  const names = list(
    routes.map(({ name }) => code(name)),
    language,
    mostNames,
  )
  if (how === 'return') return copy.allBack(to, names)
  const joining = [...new Set(routes.filter(({ joins }) => joins).map((route) => named(route.to)))]
  return joined(
    [
      copy.routes(names, shares(steps)),
      joining.length > 0
        ? copy.joins(
            list(
              joining.map((name) => code(name)),
              language,
            ),
          )
        : nothing,
    ],
    ' · ',
  )
}

const capacityRows = (components: readonly PlannedComponent[], { language }: Locale): Phrase => {
  const copy = text[language]
  return lines(
    ...components.map(({ from, to, minimum }) =>
      joined([copy.sizes(code(from.name), code(to.name), from), words(copy.minimum(minimum))], ' · '),
    ),
  )
}

const standbyRow = (
  { how, from, components, weights }: PlannedColors,
  window: Milliseconds,
  { language }: Locale,
): Phrase => {
  const copy = text[language]
  const standing = components.reduce((sum, { standby }) => sum + standby.length, 0)
  if (how === 'return') return words(copy.back(standing))
  if (how === 'finish') return words(copy.ended(standing))
  const serving = components.reduce((sum, component) => sum + instancesOf(component.from), 0)
  return (weights ? copy.zero : copy.kept)(from, serving, duration(window, language))
}

/** So much of a window is left, coarse enough that a message need not be said anew each second. */
const leftWords = (until: Instant, { now, language }: Locale): string => {
  const left = until - now
  if (left < minute) return text[language].soon
  const grain = left > 15 * minute ? 5 * minute : minute
  return text[language].left(duration(Math.floor(left / grain) * grain, language))
}

/** The open window under a swap: until when, what is kept, what it costs, and who kept it longer. */
export function windowRows(window: WindowFacts, locale: Locale): Phrase {
  const copy = text[locale.language]
  const { until, color, version, instances, types, cost, extendedBy, blockedBy, byWeights } = window
  const named = list(
    Object.entries(types).map(([type, count]) => copy.each(count, type)),
    locale.language,
  )
  const amount = cost && copy.cost(money(cost.amount), cost.currency)
  return lines(
    (byWeights ? copy.openAtZero : copy.open)(
      code(color),
      version === undefined ? nothing : words(version),
      instances,
      moment(until, locale),
      leftWords(until, locale),
    ),
    named.length > 0 ? (byWeights ? copy.billAtZero : copy.bill)(named, amount ?? '') : nothing,
    blockedBy ? copy.blockedBy(reasonRow(blockedBy, locale)) : nothing,
    extendedBy === undefined ? nothing : copy.extendedBy(mention(extendedBy)),
  )
}

/** Two digits that say something: prices by the hour are often fractions of a cent. */
const money = (amount: number): string =>
  amount >= 10 ? amount.toFixed(0) : amount >= 1 ? amount.toFixed(2) : String(Number(amount.toPrecision(2)))
