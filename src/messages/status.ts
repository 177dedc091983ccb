import type { KnownBlock } from '@slack/types'
import type { Message } from '../ports/chat'
import { fleetAge, fleetCaption, fleetRows } from './fleet'
import { actions, button, context, divider, header, section, type Press } from './kit/blocks'
import { message } from './kit/message'
import { both, type Voice } from './language'
import { operationLine } from './operation/line'
import {
  groupLine,
  healthWords,
  locksOf,
  refreshLine,
  serviceLine,
  troubleLine,
  versionPhrase,
  waiting,
  windowLine,
} from './status/lines'
import type { ServiceStatus } from './status/service-status'
import { bold, joined, lines, nothing, say, words } from './text/phrase'

export type { ServiceStatus } from './status/service-status'

const text = both({
  en: {
    title: (service: string) => `Status of ${service}`,
    all: 'Status of all services',
    none: 'rollcall.yaml has no services yet.',
    running: 'Now',
    idle: 'Nothing is running or waiting.',
    last: 'Last',
    deploy: 'Deploy…',
    history: 'History',
    details: 'Details',
    more: (count: number) => `and ${count} more services; ask for one by name`,
  },
  ko: {
    title: (service: string) => `${service} 상태`,
    all: '전체 서비스 상태',
    none: 'rollcall.yaml에 등록된 서비스가 없습니다.',
    running: '진행 중',
    idle: '진행 중이거나 대기 중인 작업이 없습니다.',
    last: '마지막 작업',
    deploy: '배포…',
    history: '이력',
    details: '자세히',
    more: (count: number) => `외 ${count}개 서비스는 이름을 지정해 조회하십시오`,
  },
})

/** One service in depth: what it serves, its fleet, what holds it back, what runs, waits and ran last. */
export function serviceStatusMessage(status: ServiceStatus, voice: Voice): Message {
  const speech = text[voice.language]
  const { fleet, running, last } = status
  const names = new Map(
    Object.entries(status.versionNames ?? {}).map(([number, name]) => [Number(number), name]),
  )
  const head = joined(
    [versionPhrase(status, voice), fleet ? words(healthWords(fleet, voice)) : nothing],
    ' · ',
  )
  const rows = fleet && fleet.cells.length > 0 ? fleetRows(fleet, names, voice) : nothing
  const now = running ? say`${bold(speech.running)}  ${operationLine(running, voice)}` : nothing
  const doing = lines(now, waiting(status, voice))
  const before = last ? say`${bold(speech.last)}  ${operationLine(last, voice)}` : nothing
  const parts = [
    troubleLine(status, voice),
    head,
    windowLine(status, voice),
    locksOf(status, voice),
    refreshLine(status, voice),
    doing.length > 0 ? doing : words(speech.idle),
    before,
  ]
  const title = words(speech.title(status.service))
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
  const speech = text[voice.language]
  return [
    ...(running ? [{ verb: 'show', label: speech.details, value: { operation: running.id } } as const] : []),
    { verb: 'open_form', label: speech.deploy, value: { form: 'deploy', service } },
    { verb: 'run_command', label: speech.history, value: { line: `history ${service}` } },
  ]
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
  const speech = text[voice.language]
  const trouble = statuses.find((status) => status.trouble !== undefined)
  const rest = statuses.length - mostServices
  const title = words(speech.all)
  const noted = trouble ? troubleLine(trouble, voice) : nothing
  const told =
    statuses.length === 0 ? [words(speech.none)] : statuses.map((status) => serviceLine(status, voice))
  return message(lines(title, noted, ...told), [
    header(title),
    noted.length > 0 ? section(noted, { limit: 1_000 }) : undefined,
    ...(statuses.length === 0 ? [section(words(speech.none))] : serviceSections(statuses, voice)),
    rest > 0 ? context(words(speech.more(rest))) : undefined,
    divider(),
    actions([{ verb: 'open_form', label: speech.deploy, value: { form: 'deploy' } }]),
  ])
}
