import type { KnownBlock } from '@slack/types'
import type { Operation, Signal } from '../domain/operation'
import { outSizes } from '../domain/events/following'
import type { Reason } from '../domain/reasons'
import type { Message } from '../ports/chat'
import type { OperationFacts } from './facts'
import { fleetCaption, fleetRows } from './fleet'
import { chart, preformatted } from './follow/chart'
import { type FollowProgress, progressOf, type Stage } from './follow/progress'
import { mendPresses, readinessLines } from './follow/readiness'
import { followState } from './follow/state'
import { actions, context, header, section, type Press } from './kit/blocks'
import { message } from './kit/message'
import { both, type Voice } from './language'
import { reasonLine, reasonLines } from './reasons'
import { moment } from './text/moments'
import { code, joined, lines, mention, nothing, say, words, type Phrase } from './text/phrase'
import { title } from './operation/title'

const text = both({
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

const signOf = (operation: Operation, { stage, report, late, seen, follow }: FollowProgress): string => {
  const { ending, notes } = operation
  if (ending && ending.kind !== 'succeeded') return ending.kind === 'cancelled' ? '⏹️' : '❌'
  if (stage === 'over') return notes.length > 0 ? '⚠️' : '✅'
  if (stage === 'ready' && report && report.bad.length > 0) return '⚠️'
  if (stage === 'out' && late) return '🔴'
  const [, , , healthy] = seen.samples.at(-1) ?? []
  if (stage === 'on' && typeof healthy === 'number' && healthy < outSizes(follow).desired) return '🟠'
  return signs[stage]
}

const stopPress = (operation: Operation, voice: Voice): Press => {
  const speech = text[voice.language]
  return {
    verb: 'cancel',
    label: speech.stop,
    value: { operation: operation.id, service: operation.request.service },
    confirm: { title: speech.stopAsk, text: words(speech.stopText), yes: speech.stopYes, no: speech.no },
  }
}

/** What puts right at once what came of an event: sizes that AWS did not set. */
const scalePress = (operation: Operation, why: Reason, voice: Voice): readonly Press[] => {
  const speech = text[voice.language]
  const { wanted, group } = why.facts
  const { follow } = operation.plan ?? {}
  if (typeof wanted !== 'number' || typeof group !== 'string' || !follow) return []
  const sizes = why.code === 'event_not_out' ? outSizes(follow) : follow.event.base
  const line = `scale ${operation.request.service} desired=${wanted} min=${sizes.min} max=${sizes.max}`
  return [
    {
      verb: 'run_command',
      key: 'scale',
      label: speech.scaleTo(wanted),
      value: { line },
      confirm: {
        title: speech.scaleAsk,
        text: words(speech.scaleText(group, wanted)),
        yes: speech.scaleYes,
        no: speech.no,
      },
    },
  ]
}

const showsMend = (why: Reason): boolean => why.code === 'event_not_out' || why.code === 'event_not_in'

function presses(facts: OperationFacts, progress: FollowProgress): readonly Press[] {
  const speech = text[facts.language]
  const { operation } = facts
  const { stage, report, after } = progress
  const last = operation.notes.at(-1)
  const scales = last && showsMend(last) && after?.end !== 'on' ? scalePress(operation, last, facts) : []
  if (operation.ending) {
    const line = `schedules ${operation.request.service}`
    return [...scales, { verb: 'run_command', key: 'events', label: speech.events, value: { line } }]
  }
  return [
    ...(stage === 'ready' && report ? mendPresses(report, facts) : []),
    ...scales,
    stopPress(operation, facts),
  ]
}

const stoppedBy = ({ ending, signals }: Operation): Phrase | undefined => {
  const last: Signal | undefined = signals.findLast(({ kind }) => kind === 'cancel')
  return ending?.kind === 'cancelled' && last ? mention(last.by.user) : undefined
}

const mostNotes = 3
const room = { state: 2_000, report: 2_900, notes: 1_500, fleet: 1_800 }

/**
 * The message of an event that is followed: whether all is ready, how its group goes out, what happens while it is on,
 * and what it came to. Pure.
 */
export function followMessage(facts: OperationFacts): Message {
  const { operation } = facts
  const speech = text[facts.language]
  const progress = progressOf(operation)
  const name = title(operation, facts)
  const { ending, fleet, notes } = operation
  const failed = ending && ending.kind !== 'succeeded' && ending.kind !== 'cancelled'
  const trouble = failed
    ? lines(words(speech.failed), ending.reason ? reasonLines(ending.reason, facts) : nothing)
    : nothing
  if (!progress) {
    const heading = say`${ending ? '🚫' : '⏳'} ${name}`
    const told = failed ? trouble : words(speech.looking)
    return message(lines(say`${heading} (${code(operation.id)})`, told), [header(heading), section(told)])
  }
  const heading = say`${signOf(operation, progress)} ${name}`
  const { stage, report, follow } = progress
  const stopped = stoppedBy(operation)
  const state = followState(progress, { ...(stopped && { stoppedBy: stopped }) }, facts)
  const reports = stage === 'ready' && report ? readinessLines(report, facts) : nothing
  // A late scale-out stands in the state while it lasts.
  const told = notes
    .filter((note) => stage !== 'out' || note.code !== progress.late?.code)
    .slice(-mostNotes)
    .map((note) => say`⚠️ ${reasonLine(note, facts)}`)
  const drawing = stage === 'on' || stage === 'in' || stage === 'over' ? chart(progress, facts) : undefined
  const live = fleet && (stage === 'out' || stage === 'in') && !ending ? fleet : undefined
  const buttons = presses(facts, progress)
  const about = joined(
    [
      speech.for(mention(follow.by.user)),
      code(follow.id),
      stage === 'ready' && report ? speech.asOf(moment(report.at, facts)) : nothing,
      code(operation.id),
    ],
    ' · ',
  )
  const part = (phrase: Phrase, limit: number): KnownBlock | undefined =>
    phrase.length > 0 ? section(phrase, { limit }) : undefined
  return message(lines(say`${heading} (${code(operation.id)})`, state, trouble, reports, ...told, about), [
    header(heading),
    part(lines(state, trouble), room.state),
    part(reports, room.report),
    part(lines(...told), room.notes),
    live && section(fleetRows(live, new Map(), facts), { limit: room.fleet }),
    live && context(fleetCaption(live, facts)),
    drawing === undefined ? undefined : preformatted(drawing),
    buttons.length > 0 ? actions(buttons, `operation:${operation.id}`) : undefined,
    context(about),
  ])
}
