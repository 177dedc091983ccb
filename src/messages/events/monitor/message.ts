import type { KnownBlock } from '@slack/types'
import type { Operation, Signal } from '../../../domain/operation/operation'
import { scaledOutSizes } from '../../../domain/events/monitoring'
import type { Reason } from '../../../domain/reasons/reason'
import type { Message } from '../../../ports/chat'
import type { OperationFacts } from '../../operation/facts'
import { fleetCaption, fleetRows } from '../../fleet/fleet'
import { chart, preformatted } from './chart'
import { type MonitorProgress, progressOf, type Stage } from './progress'
import { fixButtons, readinessRows } from './readiness'
import { monitorState } from './state'
import { actions, context, header, section, type ButtonSpec } from '../../kit/blocks'
import { message } from '../../kit/message'
import { bilingual, type Locale } from '../../locale'
import { reasonRow, reasonRows } from '../../reasons/reasons'
import { moment } from '../../text/moments'
import { code, joined, lines, mention, nothing, say, words, type Phrase } from '../../text/phrase'
import { title } from '../../operation/title'
import { unansweredRow } from '../../operation/unanswered'

const text = bilingual({
  en: {
    for: (who: Phrase) => say`Scheduled by ${who}`,
    asOf: (at: Phrase) => say`checked ${at}`,
    looking: 'Looking at the event.',
    stop: 'Stop following',
    stopAsk: 'Stop following?',
    stopText: 'The event goes on as it is scheduled; only this message is not kept up any more.',
    stopYes: 'Stop following',
    no: 'No, go on',
    scaleTo: (desired: number) => `Scale to ${desired} now`,
    scaleAsk: 'Scale now?',
    scaleYes: 'Scale',
    scaleText: (group: string, desired: number) => `${group} gets desired ${desired} at once.`,
    events: 'All events',
    failed: 'Following failed.',
  },
  ko: {
    for: (who: Phrase) => say`등록: ${who}`,
    asOf: (at: Phrase) => say`${at} 확인`,
    looking: '일정을 확인하는 중입니다.',
    stop: '확인 중단',
    stopAsk: '확인을 중단하시겠습니까?',
    stopText: '일정은 그대로 진행되며, 이 메시지만 더 이상 갱신하지 않습니다.',
    stopYes: '확인 중단',
    no: '아니요',
    scaleTo: (desired: number) => `지금 ${desired}대로 조정`,
    scaleAsk: '지금 조정하시겠습니까?',
    scaleYes: '조정',
    scaleText: (group: string, desired: number) => `${group}의 원하는 용량을 바로 ${desired}대로 설정합니다.`,
    events: '전체 일정',
    failed: '일정을 확인하지 못했습니다.',
  },
})

const signs: Readonly<Record<Stage, string>> = {
  ready: '⏳',
  out: '📈',
  on: '🟢',
  in: '📉',
  over: '✅',
  gone: '⏹️',
}

const signOf = (operation: Operation, { stage, report, late, seen, monitor }: MonitorProgress): string => {
  const { ending, notes } = operation
  if (ending && ending.kind !== 'succeeded') return ending.kind === 'cancelled' ? '⏹️' : '❌'
  if (stage === 'over') return notes.length > 0 ? '⚠️' : '✅'
  if (stage === 'ready' && report && report.bad.length > 0) return '⚠️'
  if (stage === 'out' && late) return '🔴'
  const [, , , healthy] = seen.samples.at(-1) ?? []
  if (stage === 'on' && typeof healthy === 'number' && healthy < scaledOutSizes(monitor).desired) return '🟠'
  return signs[stage]
}

const stopButton = (operation: Operation, locale: Locale): ButtonSpec => {
  const copy = text[locale.language]
  return {
    verb: 'cancel',
    label: copy.stop,
    value: { operation: operation.id, service: operation.request.service },
    confirm: { title: copy.stopAsk, text: words(copy.stopText), yes: copy.stopYes, no: copy.no },
  }
}

/** What puts right at once what came of an event: sizes that AWS did not set. */
const scaleButton = (operation: Operation, why: Reason, locale: Locale): readonly ButtonSpec[] => {
  const copy = text[locale.language]
  const { wanted, group } = why.facts
  const { follow: monitor } = operation.plan ?? {}
  if (typeof wanted !== 'number' || typeof group !== 'string' || !monitor) return []
  const sizes = why.code === 'event_not_out' ? scaledOutSizes(monitor) : monitor.event.base
  const commandText = `scale ${operation.request.service} desired=${wanted} min=${sizes.min} max=${sizes.max}`
  return [
    {
      verb: 'run_command',
      key: 'scale',
      label: copy.scaleTo(wanted),
      value: { line: commandText },
      confirm: {
        title: copy.scaleAsk,
        text: words(copy.scaleText(group, wanted)),
        yes: copy.scaleYes,
        no: copy.no,
      },
    },
  ]
}

const showsFix = (why: Reason): boolean => why.code === 'event_not_out' || why.code === 'event_not_in'

function buttonSpecs(facts: OperationFacts, progress: MonitorProgress): readonly ButtonSpec[] {
  const copy = text[facts.language]
  const { operation } = facts
  const { stage, report, after } = progress
  const last = operation.notes.at(-1)
  const scales = last && showsFix(last) && after?.end !== 'on' ? scaleButton(operation, last, facts) : []
  if (operation.ending) {
    const commandText = `schedules ${operation.request.service}`
    return [
      ...scales,
      { verb: 'run_command', key: 'events', label: copy.events, value: { line: commandText } },
    ]
  }
  return [
    ...(stage === 'ready' && report ? fixButtons(report, facts) : []),
    ...scales,
    stopButton(operation, facts),
  ]
}

const stoppedBy = ({ ending, signals }: Operation): Phrase | undefined => {
  const last: Signal | undefined = signals.findLast(({ kind }) => kind === 'cancel')
  return ending?.kind === 'cancelled' && last ? mention(last.by.user) : undefined
}

const mostNotes = 3
const available = { state: 2_000, report: 2_900, notes: 1_500, fleet: 1_800 }

/**
 * The message of an event that is monitored: whether all is ready, how its group scales out, what happens while it is on,
 * and what it came to. Pure.
 */
export function monitorMessage(facts: OperationFacts): Message {
  const { operation } = facts
  const copy = text[facts.language]
  const progress = progressOf(operation)
  const name = title(operation, facts)
  const { ending, fleet, notes } = operation
  const failed = ending && ending.kind !== 'succeeded' && ending.kind !== 'cancelled'
  const problem = failed
    ? lines(words(copy.failed), ending.reason ? reasonRows(ending.reason, facts) : nothing)
    : nothing
  if (!progress) {
    const heading = say`${ending ? '🚫' : '⏳'} ${name}`
    const content = failed ? problem : lines(words(copy.looking), unansweredRow(operation, facts))
    return message(lines(say`${heading} (${code(operation.id)})`, content), [
      header(heading),
      section(content),
    ])
  }
  const heading = say`${signOf(operation, progress)} ${name}`
  const { stage, report, monitor } = progress
  const stopped = stoppedBy(operation)
  const state = monitorState(progress, { ...(stopped && { stoppedBy: stopped }) }, facts)
  const reports = stage === 'ready' && report ? readinessRows(report, facts) : nothing
  // A late scale-out stands in the state while it lasts.
  const content = notes
    .filter((note) => stage !== 'out' || note.code !== progress.late?.code)
    .slice(-mostNotes)
    .map((note) => say`⚠️ ${reasonRow(note, facts)}`)
  const drawing = stage === 'on' || stage === 'in' || stage === 'over' ? chart(progress, facts) : undefined
  const live = fleet && (stage === 'out' || stage === 'in') && !ending ? fleet : undefined
  const buttons = buttonSpecs(facts, progress)
  const about = joined(
    [
      copy.for(mention(monitor.by.user)),
      code(monitor.id),
      stage === 'ready' && report ? copy.asOf(moment(report.at, facts)) : nothing,
      code(operation.id),
    ],
    ' · ',
  )
  const part = (phrase: Phrase, limit: number): KnownBlock | undefined =>
    phrase.length > 0 ? section(phrase, { limit }) : undefined
  const silent = unansweredRow(operation, facts)
  const first = lines(state, silent, problem)
  return message(lines(say`${heading} (${code(operation.id)})`, first, reports, ...content, about), [
    header(heading),
    part(first, available.state),
    part(reports, available.report),
    part(lines(...content), available.notes),
    live && section(fleetRows(live, new Map(), facts), { limit: available.fleet }),
    live && context(fleetCaption(live, facts)),
    drawing === undefined ? undefined : preformatted(drawing),
    buttons.length > 0 ? actions(buttons, `operation:${operation.id}`) : undefined,
    context(about),
  ])
}
