import type { KnownBlock } from '@slack/types'
import type { FleetSnapshot, Refresh, TemplatePin } from '../domain/fleet'
import type { Lock } from '../domain/lock'
import type { Operation, OperationId } from '../domain/operation'
import type { Reason } from '../domain/reasons'
import type { Message } from '../ports/chat'
import { condition, fleetAge, fleetCaption, fleetRows } from './fleet'
import { actions, button, context, divider, header, section, type Press } from './kit/blocks'
import { message } from './kit/message'
import { both, type Voice } from './language'
import { lockLine } from './locks'
import { operationLine } from './operation/line'
import { reasonLine } from './reasons'
import { cut } from './text/cut'
import { list } from './text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from './text/phrase'

/** A service as far as it is known now. What AWS or the journal did not tell is left out, never guessed. */
export interface ServiceStatus {
  readonly service: string
  /** What it serves, as people call it, e.g. `v2`. */
  readonly version?: string
  readonly group?: {
    readonly name: string
    readonly min: number
    readonly desired: number
    readonly max: number
    readonly pin?: TemplatePin
    readonly suspended: readonly string[]
  }
  readonly fleet?: FleetSnapshot
  /** What people call the template's versions, by number. */
  readonly versionNames?: Readonly<Record<string, string>>
  /** An instance refresh that runs now. */
  readonly refresh?: Pick<Refresh, 'id' | 'status' | 'percent' | 'reason'>
  readonly locks: readonly Lock[]
  /** The operation that owns the service now. */
  readonly running?: Operation
  /** Operations that wait for their turn, the next one first. */
  readonly line: readonly OperationId[]
  /** The last operation that ended. */
  readonly last?: Operation
  /** Why facts of AWS are missing: AWS's own answer, or that no worker answered. */
  readonly trouble?: Reason | 'unanswered'
}

const text = both({
  en: {
    title: (service: string) => `Status of ${service}`,
    all: 'Status of all services',
    none: 'rollcall.yaml has no services yet.',
    serves: (version: Phrase) => say`Serves ${version}`,
    unknownVersion: 'The version it serves is unknown',
    noVersion: 'version unknown',
    health: (healthy: number, count: number) => `${healthy} of ${count} healthy`,
    noInstances: 'no instances',
    sizes: (min: number, desired: number, max: number) => `desired ${desired}, min ${min}, max ${max}`,
    pin: (pin: TemplatePin) =>
      typeof pin === 'number' ? say`pinned to template version ${pin}` : say`follows ${code(pin)}`,
    suspended: (processes: Phrase) => say`suspended: ${processes}`,
    refresh: (status: Phrase, percent: number) => say`Instance refresh ${status}, ${percent} %`,
    running: 'Now',
    line: (next: Phrase) => say`In line: ${next}`,
    idle: 'Nothing is running or waiting.',
    last: 'Last',
    unanswered: 'AWS could not be asked: no worker answered. Below is what the journal knows.',
    trouble: (why: Phrase) => say`AWS could not tell everything: ${why}`,
    deploy: 'Deploy…',
    history: 'History',
    details: 'Details',
    more: (count: number) => `and ${count} more services; ask for one by name`,
  },
  ko: {
    title: (service: string) => `${service} 상태`,
    all: '전체 서비스 상태',
    none: 'rollcall.yaml에 등록된 서비스가 없습니다.',
    serves: (version: Phrase) => say`${version} 서비스 중`,
    unknownVersion: '현재 서비스 중인 버전을 확인할 수 없음',
    noVersion: '버전 확인 불가',
    health: (healthy: number, count: number) => `정상 ${healthy}/${count}대`,
    noInstances: '인스턴스 없음',
    sizes: (min: number, desired: number, max: number) => `원하는 용량 ${desired}, 최소 ${min}, 최대 ${max}`,
    pin: (pin: TemplatePin) =>
      typeof pin === 'number' ? say`템플릿 버전 ${pin} 고정` : say`${code(pin)} 버전을 따름`,
    suspended: (processes: Phrase) => say`일시 중지: ${processes}`,
    refresh: (status: Phrase, percent: number) => say`인스턴스 새로 고침 ${status}, ${percent} %`,
    running: '진행 중',
    line: (next: Phrase) => say`순서 대기: ${next}`,
    idle: '진행 중이거나 대기 중인 작업이 없습니다.',
    last: '마지막 작업',
    unanswered: '응답한 워커가 없어 AWS를 조회하지 못했습니다. 아래는 기록에 있는 내용입니다.',
    trouble: (why: Phrase) => say`AWS에서 일부 정보를 확인하지 못했습니다: ${why}`,
    deploy: '배포…',
    history: '이력',
    details: '자세히',
    more: (count: number) => `외 ${count}개 서비스는 이름을 지정해 조회하십시오`,
  },
})

const versionPhrase = (status: ServiceStatus, voice: Voice): Phrase => {
  const say_ = text[voice.language]
  return status.version === undefined ? words(say_.unknownVersion) : say_.serves(bold(status.version))
}

const healthWords = (fleet: FleetSnapshot, voice: Voice): string => {
  const say_ = text[voice.language]
  if (fleet.cells.length === 0) return say_.noInstances
  return say_.health(fleet.cells.filter((cell) => condition(cell) === 'healthy').length, fleet.cells.length)
}

const troubleLine = (status: ServiceStatus, voice: Voice): Phrase => {
  const say_ = text[voice.language]
  if (status.trouble === undefined) return nothing
  return say`⚠️ ${status.trouble === 'unanswered' ? say_.unanswered : say_.trouble(reasonLine(status.trouble, voice))}`
}

const refreshLine = (status: ServiceStatus, voice: Voice): Phrase =>
  status.refresh
    ? joined(
        [
          text[voice.language].refresh(code(status.refresh.status), Math.round(status.refresh.percent)),
          words(cut(status.refresh.reason ?? '', 300)),
        ],
        ' · ',
      )
    : nothing

const groupLine = (status: ServiceStatus, voice: Voice): Phrase => {
  const say_ = text[voice.language]
  const { group } = status
  if (!group) return nothing
  return joined(
    [
      code(group.name),
      words(say_.sizes(group.min, group.desired, group.max)),
      group.pin === undefined ? nothing : say_.pin(group.pin),
      group.suspended.length > 0
        ? say_.suspended(
            list(
              group.suspended.map((one) => code(one)),
              voice.language,
            ),
          )
        : nothing,
    ],
    ' · ',
  )
}

const waiting = (status: ServiceStatus, voice: Voice): Phrase =>
  status.line.length > 0
    ? text[voice.language].line(
        list(
          status.line.map((id) => code(id)),
          voice.language,
          5,
        ),
      )
    : nothing

const mostLocks = 5
const locksOf = (status: ServiceStatus, voice: Voice): Phrase =>
  lines(...status.locks.slice(0, mostLocks).map((lock) => lockLine(lock, voice)))

/** One service in depth: what it serves, its fleet, what holds it back, what runs, waits and ran last. */
export function serviceStatusMessage(status: ServiceStatus, voice: Voice): Message {
  const say_ = text[voice.language]
  const { fleet, running, last } = status
  const names = new Map(
    Object.entries(status.versionNames ?? {}).map(([number, name]) => [Number(number), name]),
  )
  const head = joined(
    [versionPhrase(status, voice), fleet ? words(healthWords(fleet, voice)) : nothing],
    ' · ',
  )
  const rows = fleet && fleet.cells.length > 0 ? fleetRows(fleet, names, voice) : nothing
  const now = running ? say`${bold(say_.running)}  ${operationLine(running, voice)}` : nothing
  const doing = lines(now, waiting(status, voice))
  const before = last ? say`${bold(say_.last)}  ${operationLine(last, voice)}` : nothing
  const parts = [
    troubleLine(status, voice),
    head,
    locksOf(status, voice),
    refreshLine(status, voice),
    doing.length > 0 ? doing : words(say_.idle),
    before,
  ]
  const title = words(say_.title(status.service))
  return message(lines(title, ...parts, rows, groupLine(status, voice)), [
    header(title),
    ...parts.filter((part) => part.length > 0).map((part): KnownBlock => section(part, { limit: 1_500 })),
    rows.length > 0 ? section(rows, { limit: 1_800 }) : undefined,
    context(
      groupLine(status, voice),
      fleet ? (status.group ? fleetAge : fleetCaption)(fleet, voice) : nothing,
    ),
    actions(statusPresses(status, voice)),
  ])
}

function statusPresses({ service, running }: ServiceStatus, voice: Voice): readonly Press[] {
  const say_ = text[voice.language]
  return [
    ...(running ? [{ verb: 'show', label: say_.details, value: { operation: running.id } } as const] : []),
    { verb: 'open_form', label: say_.deploy, value: { form: 'deploy', service } },
    { verb: 'run_command', label: say_.history, value: { line: `history ${service}` } },
  ]
}

/** One service in a line or two, for lists. */
const serviceLine = (status: ServiceStatus, voice: Voice): Phrase => {
  const { fleet, running } = status
  return lines(
    joined(
      [
        bold(status.service),
        status.version === undefined ? words(text[voice.language].noVersion) : code(status.version),
        fleet ? words(healthWords(fleet, voice)) : nothing,
        status.trouble !== undefined && !fleet ? words('⚠️') : nothing,
        refreshLine(status, voice),
      ],
      ' · ',
    ),
    running ? operationLine(running, voice) : nothing,
    waiting(status, voice),
    locksOf(status, voice),
  )
}

/** Services that are shown with a button of their own; more would not fit into one message. */
const mostServices = 15

/** The lines of several services, each with the way to look closer. */
export const serviceSections = (statuses: readonly ServiceStatus[], voice: Voice): readonly KnownBlock[] =>
  statuses.slice(0, mostServices).map((status) =>
    section(serviceLine(status, voice), {
      limit: 600,
      accessory: button({
        verb: 'run_command',
        label: text[voice.language].details,
        value: { line: `status ${status.service}` },
      }),
    }),
  )

/** All services, a line or two each. */
export function allStatusMessage(statuses: readonly ServiceStatus[], voice: Voice): Message {
  const say_ = text[voice.language]
  const trouble = statuses.find((status) => status.trouble !== undefined)
  const rest = statuses.length - mostServices
  const title = words(say_.all)
  const noted = trouble ? troubleLine(trouble, voice) : nothing
  const told =
    statuses.length === 0 ? [words(say_.none)] : statuses.map((status) => serviceLine(status, voice))
  return message(lines(title, noted, ...told), [
    header(title),
    noted.length > 0 ? section(noted, { limit: 1_000 }) : undefined,
    ...(statuses.length === 0 ? [section(words(say_.none))] : serviceSections(statuses, voice)),
    rest > 0 ? context(words(say_.more(rest))) : undefined,
    divider(),
    actions([{ verb: 'open_form', label: say_.deploy, value: { form: 'deploy' } }]),
  ])
}
