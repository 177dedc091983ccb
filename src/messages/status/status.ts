import type { KnownBlock } from '@slack/types'
import type { Message } from '../../ports/chat'
import { fleetAge, fleetCaption, fleetRows } from '../fleet/fleet'
import { actions, button, context, divider, header, section, type ButtonSpec } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { operationSummary } from '../operation/summary'
import {
  groupRow,
  healthWords,
  locksOf,
  refreshRow,
  serviceRow,
  problemRow,
  unreadableRow,
  versionPhrase,
  waiting,
  windowRow,
} from './rows'
import { closureRow } from '../windows/windows'
import type { ServiceStatus } from '../../domain/fleet/service-status'
import { slashCommandText } from '../text/command-text'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'

export type { ServiceStatus } from '../../domain/fleet/service-status'

const text = bilingual({
  en: {
    title: (service: string) => `Status of ${service}`,
    all: 'Status of all services',
    none: 'rollcall.yaml has no services yet.',
    running: 'Now',
    idle: 'Nothing is running or waiting.',
    last: 'Last',
    deploy: 'Deploy…',
    build: 'Build…',
    history: 'History',
    details: 'Details',
    more: (count: number, line: Phrase) =>
      say`and ${String(count)} more services; ask for one by name: ${line}`,
  },
  ko: {
    title: (service: string) => `${service} 상태`,
    all: '전체 서비스 상태',
    none: 'rollcall.yaml에 등록된 서비스가 없습니다.',
    running: '진행 중',
    idle: '진행 중이거나 대기 중인 작업이 없습니다.',
    last: '마지막 작업',
    deploy: '배포…',
    build: '구성…',
    history: '이력',
    details: '자세히',
    more: (count: number, line: Phrase) =>
      say`외 ${String(count)}개 서비스는 이름을 지정해 조회하십시오: ${line}`,
  },
})

/** One service in depth: what it serves, its fleet, what holds it back, what runs, waits and ran last. */
export function serviceStatusMessage(status: ServiceStatus, locale: Locale): Message {
  const copy = text[locale.language]
  const { fleet, running, last } = status
  const names = new Map(
    Object.entries(status.versionNames ?? {}).map(([number, name]) => [Number(number), name]),
  )
  const head = joined(
    [versionPhrase(status, locale), fleet ? words(healthWords(fleet, locale)) : nothing],
    ' · ',
  )
  const rows = fleet && fleet.cells.length > 0 ? fleetRows(fleet, names, locale) : nothing
  const now = running ? say`${bold(copy.running)}  ${operationSummary(running, locale)}` : nothing
  const doing = lines(now, waiting(status, locale))
  const before = last ? say`${bold(copy.last)}  ${operationSummary(last, locale)}` : nothing
  const parts = [
    problemRow(status, locale),
    unreadableRow(status, locale),
    head,
    windowRow(status, locale),
    closureRow(status, locale),
    locksOf(status, locale),
    refreshRow(status, locale),
    doing.length > 0 ? doing : words(copy.idle),
    before,
  ]
  const title = words(copy.title(status.service))
  return message(lines(title, ...parts, rows, groupRow(status, locale)), [
    header(title),
    ...parts.filter((part) => part.length > 0).map((part): KnownBlock => section(part, { limit: 1_500 })),
    rows.length > 0 ? section(rows, { limit: 1_800 }) : undefined,
    context(
      groupRow(status, locale),
      fleet ? (status.group ? fleetAge : fleetCaption)(fleet, locale) : nothing,
    ),
    actions(statusButtons(status, locale)),
  ])
}

function statusButtons({ service, running, unbuilt }: ServiceStatus, locale: Locale): readonly ButtonSpec[] {
  const copy = text[locale.language]
  return [
    ...(running ? [{ verb: 'show', label: copy.details, value: { operation: running.id } } as const] : []),
    unbuilt
      ? { verb: 'open_form', label: copy.build, value: { form: 'provision', service }, style: 'primary' }
      : { verb: 'open_form', label: copy.deploy, value: { form: 'deploy', service } },
    { verb: 'run_command', label: copy.history, value: { line: `history ${service}` } },
  ]
}

/** Services that are shown with a button of their own; more would not fit into one message. */
const mostServices = 15

/** The lines of several services, each with the way to look closer. */
export const serviceSections = (statuses: readonly ServiceStatus[], locale: Locale): readonly KnownBlock[] =>
  statuses.slice(0, mostServices).map((status) =>
    section(serviceRow(status, locale), {
      limit: 600,
      accessory: button(
        status.unbuilt && !status.running
          ? {
              verb: 'open_form',
              label: text[locale.language].build,
              value: { form: 'provision', service: status.service },
            }
          : {
              verb: 'run_command',
              label: text[locale.language].details,
              value: { line: `status ${status.service}` },
            },
      ),
    }),
  )

/** How many services have no line of their own, and the way to them; nothing where all have one. */
export const moreServices = (statuses: readonly ServiceStatus[], locale: Locale): KnownBlock | undefined => {
  const remaining = statuses.length - mostServices
  const last = statuses.at(-1)
  if (remaining <= 0 || last === undefined) return undefined
  return context(
    text[locale.language].more(remaining, code(slashCommandText(`status ${last.service}`, locale))),
  )
}

/** All services, a line or two each. */
export function allStatusMessage(statuses: readonly ServiceStatus[], locale: Locale): Message {
  const copy = text[locale.language]
  const problem = statuses.find((status) => status.error !== undefined)
  const title = words(copy.all)
  const noted = problem ? problemRow(problem, locale) : nothing
  const content =
    statuses.length === 0 ? [words(copy.none)] : statuses.map((status) => serviceRow(status, locale))
  return message(lines(title, noted, ...content), [
    header(title),
    noted.length > 0 ? section(noted, { limit: 1_000 }) : undefined,
    ...(statuses.length === 0 ? [section(words(copy.none))] : serviceSections(statuses, locale)),
    moreServices(statuses, locale),
    divider(),
    actions([{ verb: 'open_form', label: copy.deploy, value: { form: 'deploy' } }]),
  ])
}
