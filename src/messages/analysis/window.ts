import { type Comparison, comparisonOf, minutesBefore } from '../../domain/analysis/comparison'
import { deniedIn, windowWatchedBy, type WindowSeen, type WindowWatched } from '../../domain/analysis/window'
import type { Operation } from '../../domain/operation/operation'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { Message } from '../../ports/chat'
import { actions, context, header, section, type ButtonSpec } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { operationButtons } from '../operation/buttons'
import { endingState } from '../operation/ending'
import type { OperationFacts } from '../operation/facts'
import { sign, title } from '../operation/title'
import { unansweredRow } from '../operation/unanswered'
import { reasonRow, reasonRows } from '../reasons/reasons'
import { moment } from '../text/moments'
import { code, joined, lines, mention, nothing, say, words, type Phrase } from '../text/phrase'
import { honoredKo, subjectKo } from '../text/who'
import { figuresRow } from './figures'
import { comparisonBlocks } from './picture'

const text = bilingual({
  en: {
    looking: (until: Phrase) =>
      say`It is looked at each minute${until.length > 0 ? say` until ${until}` : nothing}, as long as the way back is warm.`,
    noData: 'CloudWatch has told of no request yet.',
    nothing: 'CloudWatch told of no request: nothing can be said.',
    alarms: 'No alarm has begun to ring.',
    lately: 'The last minutes',
    all: (minutes: number) => (minutes === 1 ? 'In 1 minute' : `In ${minutes} minutes`),
    stopped: (who: Phrase) => say`${who} stopped it. The window stays as it is, and nobody looks any more.`,
    asked: (who: Phrase, kept: Phrase) =>
      say`${who}, roll back? ${kept} is kept until somebody decides; nothing happens by itself.`,
    byItself: (kept: Phrase) => say`It goes back to ${kept} by itself now.`,
    closed: 'The window is closed.',
    good: ' Nothing bad was found.',
    stop: 'Stop looking',
    stopAsk: 'Stop looking?',
    stopText:
      'The window stays open as it is; only nobody looks any more whether customers notice the new version.',
    stopYes: 'Stop looking',
    no: 'No, go on',
    call: (who: Phrase, what: Phrase, then: Phrase) => say`🚨 ${who}: ${what} ${then}`,
    callAsked: 'The message above has the button to roll back.',
    callByItself: 'It goes back by itself now.',
    unseen: (who: Phrase, what: Phrase) => say`⚠️ ${who}: ${what} The window stays open all the same.`,
  },
  ko: {
    looking: (until: Phrase) =>
      say`${until.length > 0 ? say`${until}까지 ` : nothing}바로 되돌릴 수 있는 동안 1분마다 확인합니다.`,
    noData: '아직 CloudWatch에 기록된 요청이 없습니다.',
    nothing: 'CloudWatch에 기록된 요청이 없어 판단할 수 없습니다.',
    alarms: '새로 발생한 알람이 없습니다.',
    lately: '최근 몇 분',
    all: (minutes: number) => `${minutes}분 동안`,
    stopped: (who: Phrase) =>
      say`${subjectKo(who)} 확인을 중단했습니다. 유지 시간은 그대로이며 더 이상 확인하지 않습니다.`,
    asked: (who: Phrase, kept: Phrase) =>
      say`${honoredKo(who)}, 되돌리시겠습니까? 결정할 때까지 ${kept} 색상을 유지하며, 자동으로 되돌리지는 않습니다.`,
    byItself: (kept: Phrase) => say`지금 ${kept} 색상으로 자동으로 되돌립니다.`,
    closed: '유지 시간이 끝났습니다.',
    good: ' 문제를 발견하지 못했습니다.',
    stop: '확인 중단',
    stopAsk: '확인을 중단하시겠습니까?',
    stopText: '유지 시간은 그대로이며, 새 버전이 사용자에게 미치는 영향만 더 이상 확인하지 않습니다.',
    stopYes: '확인 중단',
    no: '아니요',
    call: (who: Phrase, what: Phrase, then: Phrase) => say`🚨 ${honoredKo(who)}, ${what} ${then}`,
    callAsked: '되돌리기 버튼은 위 메시지에 있습니다.',
    callByItself: '지금 자동으로 되돌립니다.',
    unseen: (who: Phrase, what: Phrase) => say`⚠️ ${who} 님, ${what} 유지 시간은 그대로입니다.`,
  },
})

const isBad = (watched: WindowSeen | WindowWatched | undefined): boolean =>
  watched !== undefined && 'end' in watched && watched.end === 'bad'

const goesBackByItself = ({ plan }: Operation): boolean => plan?.checks?.window === 'back'

/** What was seen so far: of the newest minutes, which are judged, and of all. */
const seenRows = (
  seen: WindowSeen | undefined,
  { plan }: Operation,
  { ended, ...locale }: Locale & { readonly ended: boolean },
): Phrase => {
  const { language } = locale
  const copy = text[language]
  const denied = seen ? deniedReason(seen) : undefined
  if (denied) return reasonRows(denied, locale)
  const { errors, latency } = plan?.checks ?? {}
  if (plan?.checks && !errors && !latency) return words(ended ? '' : copy.alarms)
  if (!seen || seen.total.requests === 0) return words(ended ? copy.nothing : copy.noData)
  const { figures, minutes, total } = seen
  const { oldShare = 0 } = figures ?? {}
  const share = total.errors / total.requests
  return lines(
    figures && !ended ? say`${copy.lately}: ${figuresRow(figures, language)}.` : nothing,
    say`${copy.all(minutes)}: ${figuresRow({ ...total, share, oldShare }, language)}.`,
  )
}

/** Why not all that is checked can be seen; undefined where it can. */
const deniedReason = (seen: WindowSeen): Reason | undefined => {
  const permissions = deniedIn(seen)
  return permissions.length > 0 ? reason('metrics_denied', { permissions }) : undefined
}

const stopButton = (operation: Operation, { language }: Locale): ButtonSpec => {
  const copy = text[language]
  return {
    verb: 'cancel',
    label: copy.stop,
    value: { operation: operation.id, service: operation.request.service },
    confirm: { title: copy.stopAsk, text: words(copy.stopText), yes: copy.stopYes, no: copy.no },
  }
}

const badNote = ({ notes }: Operation) => notes.find(({ code: name }) => name === 'version_bad')

const stateRows = (facts: OperationFacts): Phrase => {
  const { operation, watched: swap } = facts
  const copy = text[facts.language]
  const { plan, ending } = operation
  const seen = windowWatchedBy(operation)
  const stopped = operation.signals.findLast(({ kind }) => kind === 'cancel')
  if (ending?.kind === 'cancelled' && stopped)
    return lines(copy.stopped(mention(stopped.by.user)), seenRows(seen, operation, { ...facts, ended: true }))
  if (ending && ending.kind !== 'succeeded')
    return lines(endingState(facts), seenRows(seen, operation, { ...facts, ended: true }))
  if (isBad(seen) && plan?.watched) {
    const note = badNote(operation)
    const { by, kept } = plan.watched
    const undecided = swap?.window !== undefined && swap.rolledBack === undefined
    return lines(
      note ? reasonRows(note, facts) : nothing,
      goesBackByItself(operation)
        ? copy.byItself(code(kept))
        : undecided
          ? copy.asked(mention(by.user), code(kept))
          : nothing,
    )
  }
  const told = seen !== undefined && seen.total.requests > 0
  if (ending)
    return lines(
      words(`${copy.closed}${told ? copy.good : ''}`),
      seenRows(seen, operation, { ...facts, ended: true }),
    )
  const until = swap?.window ? moment(swap.window.until, facts) : nothing
  return lines(copy.looking(until), seenRows(seen, operation, { ...facts, ended: false }))
}

/** The newest minutes, beside the hour before the swap as that wrote it down. */
const comparedIn = (operation: Operation, swap: Operation | undefined): Comparison | undefined =>
  comparisonOf(
    swap ? minutesBefore(swap) : [],
    windowWatchedBy(operation)?.newest ?? [],
    operation.plan?.checks?.latency?.percentile,
  )

/** The message of who looks at customers while the old color of a swap is kept. Pure. */
export function windowMessage(facts: OperationFacts): Message {
  const { operation, watched: swap } = facts
  const { ending, plan } = operation
  const bad = isBad(windowWatchedBy(operation))
  const heading = say`${bad ? '🚨' : ending ? sign(operation) : '👀'} ${title(operation, facts)}`
  const state = lines(stateRows(facts), unansweredRow(operation, facts))
  const buttons = bad
    ? swap?.window && !swap.rolledBack
      ? operationButtons(swap)
      : []
    : ending
      ? []
      : [stopButton(operation, facts)]
  const about = joined([moment(operation.createdAt, facts), code(operation.id)], ' · ')
  return message(lines(say`${heading} (${code(operation.id)})`, state, about), [
    header(heading),
    section(state, { limit: 2_500 }),
    ...comparisonBlocks(
      comparedIn(operation, swap?.operation),
      { before: plan?.before, version: plan?.version ?? '' },
      facts,
    ),
    buttons.length > 0 ? actions(buttons, `operation:${operation.id}`) : undefined,
    context(about),
  ])
}

/** Calls who asked for the swap, once for each cause: an update of the message would reach nobody. */
export function windowMention(
  operation: Operation,
  locale: Locale,
): { readonly key: string; readonly message: Message } | undefined {
  const note = badNote(operation)
  const { watched } = operation.plan ?? {}
  if (!watched) return undefined
  const copy = text[locale.language]
  const who = mention(watched.by.user)
  const called = (key: string, content: Phrase) => ({ key, message: message(content, [section(content)]) })
  if (note) {
    const then = goesBackByItself(operation) ? copy.callByItself : copy.callAsked
    return called('bad', copy.call(who, reasonRow(note, locale), words(then)))
  }
  const seen = windowWatchedBy(operation)
  const denied = seen && !operation.ending ? deniedReason(seen) : undefined
  return denied && called('denied', copy.unseen(who, reasonRow(denied, locale)))
}
