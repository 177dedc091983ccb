import type { KnownBlock } from '@slack/types'
import type { Lock } from '../domain/access/lock'
import type { KnownEvent } from '../domain/events/event'
import type { Occurrence } from '../domain/events/occurrences'
import type { Operation } from '../domain/operation/operation'
import type { ServiceStatus } from '../domain/fleet/service-status'
import type { Closure } from '../domain/windows/closures'
import type { Message } from '../ports/chat'
import { context, header, section } from './kit/blocks'
import { message } from './kit/message'
import { bilingual, type Locale } from './locale'
import { lockRow } from './locks'
import { operationSummary } from './operation/summary'
import { windowRow } from './status/rows'
import { moment, when } from './text/moments'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from './text/phrase'
import { closureRow } from './windows/windows'

/** What whoever comes on duty has to know of a service. */
export interface ServiceHandover {
  readonly service: string
  /** Unfinished, in their order. */
  readonly operations: readonly Operation[]
  readonly window?: ServiceStatus['window']
  readonly closed?: Closure
  readonly closes?: Closure
  /** Events of the coming day. */
  readonly events: readonly { readonly known: KnownEvent; readonly occurrence: Occurrence }[]
  /** What ended other than well within the last day. */
  readonly failed: readonly Operation[]
}

const text = bilingual({
  en: {
    title: 'Handover',
    operations: 'Runs and waits',
    locks: 'Locked',
    warm: 'Kept warm',
    windows: 'Windows',
    events: 'Events in the coming 24 h',
    failed: 'Did not go well in the last 24 h',
    quiet: 'All is quiet: nothing runs, waits, is locked, is kept warm, closes or comes up within a day.',
    event: (name: Phrase, from: Phrase, to: Phrase, desired: number) =>
      say`${name} · ${from} – ${to} · desired ${desired}`,
    more: (count: number) => `and ${count} more`,
    asOf: (at: Phrase) => say`As of ${at}`,
  },
  ko: {
    title: '인수인계',
    operations: '진행·대기 중인 작업',
    locks: '잠금',
    warm: '되돌리기용 유지',
    windows: '변경 금지 기간',
    events: '24시간 안의 이벤트',
    failed: '최근 24시간 안에 실패한 작업',
    quiet:
      '진행 중이거나 대기 중인 작업, 잠금, 유지 중인 색상, 하루 안의 변경 금지 기간과 이벤트가 없습니다.',
    event: (name: Phrase, from: Phrase, to: Phrase, desired: number) =>
      say`${name} · ${from} – ${to} · 원하는 용량 ${desired}`,
    more: (count: number) => `외 ${count}건`,
    asOf: (at: Phrase) => say`${at} 기준`,
  },
})

/** A handover is read on a phone. */
const mostRows = 10

/** All that goes on and comes up, in one message. */
export function handoverMessage(
  facts: Locale & { readonly services: readonly ServiceHandover[]; readonly locks: readonly Lock[] },
): Message {
  const copy = text[facts.language]
  const { services, locks } = facts
  const ofService = ({ service }: ServiceHandover, row: Phrase): readonly Phrase[] =>
    row.length > 0 ? [say`${code(service)}  ${row}`] : []
  const parts: readonly (readonly [string, readonly Phrase[]])[] = [
    [copy.operations, services.flatMap((one) => one.operations.map((each) => operationSummary(each, facts)))],
    [copy.locks, locks.map((lock) => lockRow(lock, facts))],
    [copy.warm, services.flatMap((one) => ofService(one, windowRow(one, facts)))],
    [copy.windows, services.flatMap((one) => ofService(one, closureRow(one, facts)))],
    [
      copy.events,
      services
        .flatMap((one) => one.events)
        .toSorted((a, b) => a.occurrence.from - b.occurrence.from)
        .map(({ known: { service, event }, occurrence }) =>
          copy.event(
            joined([bold(event.name ?? service), event.name === undefined ? nothing : code(service)], ' '),
            when(occurrence.from, facts),
            when(occurrence.to, facts),
            event.desired,
          ),
        ),
    ],
    [copy.failed, services.flatMap((one) => one.failed.map((each) => operationSummary(each, facts)))],
  ]
  const shown = parts.flatMap(([title, rows]) => {
    const rest = rows.length - mostRows
    const more = rest > 0 ? [words(copy.more(rest))] : []
    return rows.length === 0 ? [] : [lines(bold(title), ...rows.slice(0, mostRows), ...more)]
  })
  const content = shown.length === 0 ? [words(copy.quiet)] : shown
  const title = words(copy.title)
  return message(lines(title, ...content), [
    header(title),
    ...content.map((part): KnownBlock => section(part, { limit: 2_500 })),
    context(copy.asOf(moment(facts.now, facts))),
  ])
}
