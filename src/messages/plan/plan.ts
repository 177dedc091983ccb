import type { KnownBlock } from '@slack/types'
import type { Language } from '../../domain/catalogue/catalogue'
import type { DecidingPart } from '../../domain/operation/fingerprint'
import type { TemplatePin } from '../../domain/fleet/fleet'
import type { Plan } from '../../domain/operation/plan'
import type { Request } from '../../domain/operation/request'
import type { Message } from '../../ports/chat'
import { actions, context, header, section } from '../kit/blocks'
import { message } from '../kit/message'
import { blueGreenRows } from '../blue-green/plan'
import { slashCommandText } from '../text/command-text'
import { fixButton } from '../reasons/fix'
import { requestCommandText } from '../procedures'
import { bilingual, type Locale } from '../locale'
import { scheduleRows } from '../events/event'
import { title } from '../operation/title'
import { provisionRows } from '../provision/plan'
import { teardownRows } from '../provision/teardown'
import type { AtWindow } from '../../domain/windows/at-window'
import { withAtWindow } from '../windows/held'
import { overrideRow } from '../windows/override'
import { pruneRows } from '../images/prune'
import { reasonRow } from '../reasons/reasons'
import { strategyNames } from './strategies'
import { checksRow } from '../analysis/planned'
import { about, list } from '../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Placeholder, type Phrase } from '../text/phrase'

type Group = NonNullable<Plan['group']>
type Template = NonNullable<Plan['template']>

const text = bilingual({
  en: {
    moves: 'Version',
    image: 'Image',
    template: 'Launch template',
    group: 'Group',
    strategy: 'Strategy',
    capacity: 'Capacity',
    expected: 'Expected',
    calls: 'Changes in AWS',
    stays: 'Stays as it was',
    checks: 'Customers',
    use: (name: Phrase, id: Phrase) => say`${name} exists (${id}) and is used`,
    join: (name: Phrase, id: Phrase) => say`${name} is already being made (${id}); Rollcall waits for it`,
    bake: (name: Phrase, source: Phrase, reboot: boolean) =>
      say`${name} is baked from ${source}, ${reboot ? bold('which is rebooted for it') : 'without a reboot'}`,
    newVersion: (name: Phrase, from: number, current: number) =>
      say`${name} gets a new version from version ${from}, only the image changed; the fleet runs ${current}`,
    fixed: (name: Phrase, from: number, groups: Phrase) =>
      say`${name} gets a new version from version ${from} with its security groups by id${groups.length > 0 ? say` (${groups})` : nothing}`,
    version: (name: Phrase, number: number, current: number) =>
      say`${name} version ${number}; the fleet runs ${current}`,
    follows: (pin: TemplatePin) =>
      typeof pin === 'number' ? say`, pinned to version ${pin}` : say`, follows ${code(pin)} and will again`,
    replaced: (count: number) => (count === 1 ? '1 instance is replaced' : `${count} instances are replaced`),
    none: 'no instance is replaced',
    sizes: (min: number, desired: number, max: number) => `desired ${desired}, min ${min}, max ${max}`,
    way: (peak: number, minimum: number) =>
      `up to ${peak} at once on the way, never fewer than ${minimum} healthy`,
    after: (sizes: string) => `afterwards ${sizes}`,
    cooldown: (before: number, after: number) => `cooldown ${before} s → ${after} s`,
    same: 'afterwards as now',
    kept: (processes: Phrase, actions: boolean) =>
      say`scaling and termination policies${actions ? ', scheduled actions' : ''}${processes.length > 0 ? say`; suspended processes ${processes}` : nothing}`,
    hooks: 'Launch hooks',
    counted: (hooks: Phrase, took: string, most: string) =>
      say`${hooks}; ${took} is counted for each launch, boot included, as the last ones took (a hook holds it ${most} at most)`,
    uncounted: (hooks: Phrase, most: string) =>
      say`${hooks}; their time is not counted, as no earlier launch tells it: up to ${most} more for each launch`,
    dryRun: 'Dry run: nothing was changed.',
    run: (line: string) => `Run ${line}`,
    wouldBe: (what: Phrase) => say`Plan: ${what}`,
  },
  ko: {
    moves: '버전',
    image: '이미지',
    template: '시작 템플릿',
    group: '오토 스케일링 그룹',
    strategy: '전략',
    capacity: '용량',
    expected: '예상 시간',
    calls: 'AWS 변경 호출',
    stays: '그대로 유지',
    checks: '사용자 영향 확인',
    use: (name: Phrase, id: Phrase) => say`기존 이미지 ${name}(${id}) 사용`,
    join: (name: Phrase, id: Phrase) => say`${name}(${id}) 생성이 이미 진행 중이며, 완료될 때까지 대기`,
    bake: (name: Phrase, source: Phrase, reboot: boolean) =>
      say`${source}에서 ${name} 생성, ${reboot ? bold('원본 인스턴스가 재부팅됩니다') : '재부팅 없음'}`,
    newVersion: (name: Phrase, from: number, current: number) =>
      say`${name}: 버전 ${from}에서 이미지만 바꾼 새 버전 생성(현재 버전 ${current})`,
    fixed: (name: Phrase, from: number, groups: Phrase) =>
      say`${name}: 버전 ${from}에서 보안 그룹을 ID로 지정한 새 버전 생성${groups.length > 0 ? say`(${groups})` : nothing}`,
    version: (name: Phrase, number: number, current: number) =>
      say`${name} 버전 ${number}(현재 버전 ${current})`,
    follows: (pin: TemplatePin) =>
      typeof pin === 'number' ? say`, 버전 ${pin} 고정` : say`, ${code(pin)} 버전을 따르며 배포 후에도 동일`,
    replaced: (count: number) => `인스턴스 ${count}대 교체`,
    none: '교체할 인스턴스 없음',
    sizes: (min: number, desired: number, max: number) => `원하는 용량 ${desired}, 최소 ${min}, 최대 ${max}`,
    way: (peak: number, minimum: number) => `진행 중 최대 ${peak}대, 정상 인스턴스 ${minimum}대 이상 유지`,
    after: (sizes: string) => `완료 후 ${sizes}`,
    cooldown: (before: number, after: number) => `휴지 기간 ${before}초 → ${after}초`,
    same: '완료 후 동일',
    kept: (processes: Phrase, actions: boolean) =>
      say`조정 정책, 종료 정책${actions ? ', 예약 작업' : ''}${processes.length > 0 ? say`, 일시 중지된 프로세스 ${processes}` : nothing}`,
    hooks: '시작 수명 주기 후크',
    counted: (hooks: Phrase, took: string, most: string) =>
      say`${hooks}; 최근 기록에 따라 시작마다 부팅을 포함해 ${took} 반영(후크 대기는 최대 ${most})`,
    uncounted: (hooks: Phrase, most: string) =>
      say`${hooks}; 이전 시작 기록이 없어 예상 시간에 미반영: 시작마다 최대 ${most} 추가`,
    dryRun: '모의 실행이며, 변경된 것은 없습니다.',
    run: (line: string) => `실행: ${line}`,
    wouldBe: (what: Phrase) => say`계획: ${what}`,
  },
})

const item = (name: string, value: Phrase): Phrase =>
  value.length === 0 ? nothing : say`${bold(name)}  ${value}`

function imageRow(plan: Plan, language: Language): Phrase {
  const copy = text[language]
  const { image } = plan
  if (!image) return nothing
  if (image.how === 'bake') return copy.bake(code(image.name), code(image.source), image.reboot)
  return copy[image.how](code(image.name), code(image.id))
}

function templateRow({ name, target, current, groupIds }: Template, language: Language): Phrase {
  const copy = text[language]
  if (target.how === 'existing') return copy.version(code(name), target.number, current)
  if (!groupIds) return copy.newVersion(code(name), target.from, current)
  const groups = Object.entries(groupIds).map(([group, id]) => say`${group} → ${code(id)}`)
  return copy.fixed(code(name), target.from, list(groups, language))
}

function capacityRow({ before, after, peak, minimum }: Group, language: Language): Phrase {
  const copy = text[language]
  const same = before.min === after.min && before.desired === after.desired && before.max === after.max
  return joined(
    [
      words(copy.sizes(before.min, before.desired, before.max)),
      words(copy.way(peak, minimum)),
      words(same ? copy.same : copy.after(copy.sizes(after.min, after.desired, after.max))),
      before.cooldown === after.cooldown ? nothing : words(copy.cooldown(before.cooldown, after.cooldown)),
    ],
    ' · ',
  )
}

/** The whole time a plan is expected to take, without a way back. */
export const expectedTime = (plan: Plan): number =>
  plan.tasks.reduce((sum, task) => sum + (task.name === 'return' ? 0 : task.expected), 0)

const versionRow = (plan: Plan): Phrase =>
  plan.before === undefined || plan.before === plan.version
    ? bold(plan.version)
    : say`${plan.before} → ${bold(plan.version)}`

const named = (items: readonly Placeholder[], language: Language): Phrase =>
  list(
    items.map((one) => code(one)),
    language,
    12,
  )

const strategyRow = ({ strategy, colors }: Plan, { language }: Locale): Phrase =>
  // A color that comes back out of Standby leaves none there.
  strategy && colors?.how !== 'return'
    ? item(text[language].strategy, say`${code(strategy)}: ${strategyNames[language][strategy]}`)
    : nothing

/** Whether the plan leaves the group's scheduled actions as they are. */
const actionsStay = ({ schedule, warnings }: Plan): boolean =>
  schedule === undefined && warnings.every(({ code }) => code !== 'events_rebased')

/** The hooks that hold each launch, and what of their time the expected time counts: AWS tells how long they may, at most. */
const hooksRow = ({ launchHooks = [], launchTime }: Group, language: Language): Phrase => {
  if (launchHooks.length === 0) return nothing
  const copy = text[language]
  const names = named(
    launchHooks.map(({ name }) => name),
    language,
  )
  const most = about(Math.max(...launchHooks.map(({ timeout }) => timeout)), language)
  return launchTime === undefined
    ? copy.uncounted(names, most)
    : copy.counted(names, about(launchTime, language), most)
}

const groupRows = (plan: Plan, group: Group, locale: Locale): Phrase => {
  const { language } = locale
  const copy = text[language]
  const replaced = group.outdated > 0 ? copy.replaced(group.outdated) : copy.none
  const what = plan.template
    ? say`${code(group.name)}${copy.follows(group.pin)} · ${replaced}`
    : code(group.name)
  return lines(
    item(copy.group, what),
    strategyRow(plan, locale),
    item(copy.capacity, capacityRow(group, language)),
    group.outdated > 0 ? item(copy.hooks, hooksRow(group, language)) : nothing,
    item(copy.stays, copy.kept(named(group.suspended, language), actionsStay(plan))),
  )
}

/** What is said of each part that decides something, in this order: a part of which nothing is said does not compile. */
const partRows: Readonly<Record<DecidingPart, (plan: Plan, locale: Locale) => Phrase>> = {
  override: ({ override }, locale) => (override ? overrideRow(override, locale) : nothing),
  // The title names it.
  service: () => nothing,
  version: (plan, { language }) =>
    plan.template || (plan.image && !plan.provision) || (plan.colors && plan.colors.how !== 'finish')
      ? item(text[language].moves, versionRow(plan))
      : nothing,
  colors: ({ colors }, locale) => (colors ? blueGreenRows(colors, locale) : nothing),
  schedule: ({ schedule }, locale) => (schedule ? scheduleRows(schedule, locale) : nothing),
  teardown: ({ teardown, service }, locale) => (teardown ? teardownRows(teardown, service, locale) : nothing),
  prune: ({ prune }, locale) => (prune ? pruneRows(prune, locale) : nothing),
  provision: (plan, locale) => (plan.provision ? provisionRows(plan.provision, plan, locale) : nothing),
  // Of what a fleet is built, the image is one.
  image: (plan, { language }) =>
    plan.provision ? nothing : item(text[language].image, imageRow(plan, language)),
  template: ({ template }, { language }) =>
    template ? item(text[language].template, templateRow(template, language)) : nothing,
  group: (plan, locale) => (plan.group ? groupRows(plan, plan.group, locale) : nothing),
  strategy: (plan, locale) => (plan.group ? nothing : strategyRow(plan, locale)),
  checks: ({ checks }, { language }) =>
    checks ? item(text[language].checks, checksRow(checks, language)) : nothing,
  // An event that is monitored has a message of its own, and so has a window that is watched.
  follow: () => nothing,
  watched: () => nothing,
}

/** What a plan will do, a line for each thing that it touches. */
export function planRows(plan: Plan, locale: Locale): Phrase {
  const { language } = locale
  const copy = text[language]
  return lines(
    ...Object.values(partRows).map((rows) => rows(plan, locale)),
    item(copy.expected, words(about(expectedTime(plan), language))),
    plan.calls.length > 0 ? item(copy.calls, named([...new Set(plan.calls)], language)) : nothing,
  )
}

const mostWarnings = 6

/** Warnings, one a line, so that nobody says yes without having met them. */
export const warningRows = (plan: Plan, locale: Locale): Phrase =>
  lines(...plan.warnings.slice(0, mostWarnings).map((warning) => say`⚠️ ${reasonRow(warning, locale)}`))

/** The blocks of a plan: what it will do, and its warnings. */
export const planBlocks = (plan: Plan, locale: Locale): readonly KnownBlock[] => {
  const warnings = warningRows(plan, locale)
  return [
    section(planRows(plan, locale)),
    ...(warnings.length > 0 ? [section(warnings, { limit: 2_000 })] : []),
  ]
}

export interface DryRunFacts extends Locale {
  readonly request: Request
  readonly why?: string
  readonly atWindow?: AtWindow
  readonly plan: Plan
}

/** The answer to `--dry-run`: the plan, that nothing was changed, and a button to run it. */
export function dryRunMessage(facts: DryRunFacts): Message {
  const { plan } = facts
  const copy = text[facts.language]
  const line = withAtWindow(requestCommandText(facts.request, facts.why), facts.atWindow)
  const fix = fixButton(plan.warnings, plan.service, facts)
  const heading = copy.wouldBe(title({ request: facts.request, plan }, facts))
  return message(lines(heading, planRows(plan, facts), warningRows(plan, facts), words(copy.dryRun)), [
    header(heading),
    ...planBlocks(plan, facts),
    context(words(copy.dryRun)),
    actions([
      {
        verb: 'run_command',
        label: copy.run(slashCommandText(line, facts)),
        value: { line },
        style: 'primary',
      },
      ...(fix ? [fix] : []),
    ]),
  ])
}
