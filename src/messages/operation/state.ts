import type { Operation } from '../../domain/operation/operation'
import type { Wait } from '../../domain/access/verdict'
import type { WhoMay } from '../../domain/access/permissions'
import { checkSteps, shareCheckSteps } from '../../domain/steps/checks'
import { isPause, isQuestionOnWayBack } from '../../domain/steps/key'
import { readRecord } from '../../domain/steps/records'
import { isMachine } from '../../domain/access/person'
import { addressed, subjectKo } from '../text/who'
import type { OperationFacts } from './facts'
import { bilingual, type Language, type Locale } from '../locale'
import { expectedTime } from '../plan/plan'
import { moment } from '../text/moments'
import { about, duration } from '../text/numbers'
import { bold, code, joined, lines, mention, nothing, say, words, type Phrase } from '../text/phrase'
import { openCancel } from './cancel'
import { isOfEarlierPlan, confirmedBefore } from './superseded'
import { reasonRows } from '../reasons/reasons'
import { endingState } from './ending'

const text = bilingual({
  en: {
    planning: 'Looking at the fleet and making the plan.',
    confirming: (who: Phrase) => say`${who}this is the plan. Nothing runs until you say so.`,
    confirmingInPlace: 'This is the plan. Nothing runs until somebody who may ask for it says so.',
    changedSince: 'The plan has changed since it was confirmed, so you are asked again.',
    approving: (given: number, count: number) => say`Waiting for approval: ${given} of ${count} so far.`,
    approvingPlain: 'Waiting for approval.',
    planChanged: 'The plan has changed: what was said to the earlier one does not count.',
    whoMay: (who: Phrase) => say`Who may approve: ${who}, but not the requester.`,
    until: (at: Phrase) => say`Without an answer by ${at} it is not run.`,
    queued: (ahead: number, behind: Phrase) =>
      say`In line behind ${behind.length > 0 ? behind : 'another operation'}${ahead > 1 ? ` (${ahead} ahead)` : ''}. It starts by itself.`,
    queuedNext: 'It starts now.',
    closed: (window: Phrase, opens: Phrase) =>
      say`Waiting for the window ${window} to end${opens}. Then it takes its turn and starts by itself.`,
    opens: (at: Phrase) => say`, ${at}`,
    running: 'Running.',
    stopping: (who: Phrase) => say`${who} asked to cancel. It stops at the next safe point.`,
    held: (who: Phrase) =>
      say`${who}${who.length > 0 ? 'it' : 'It'} stopped at a safe point. Go back to the state before, or go on?`,
    unsure: (who: Phrase) =>
      say`${who}${who.length > 0 ? 'this' : 'This'} is for a person to decide. Go back to the state before, or go on with the new version?`,
    keepOrRemove: (who: Phrase) =>
      say`${who}${who.length > 0 ? 'it' : 'It'} could not go on. Remove what it has made, or keep that for a second try?`,
    removedAt: (at: Phrase) => say`Without an answer by ${at} it is removed.`,
    heldUntil: (at: Phrase) => say`Without an answer by ${at} it goes back.`,
    finishing: 'All checks are passed. Finishing.',
    tooLate: (who: Phrase) =>
      say`${who} asked to cancel, but it had passed its checks already: it is finishing.`,
    returning: 'Going back to the state recorded before it began.',
    elapsed: (span: string) => `${span} so far`,
    of: (expected: string) => `${expected} expected`,
    over: (span: string) => `${span} longer than expected`,
    everyone: 'everyone',
  },
  ko: {
    planning: '현재 상태를 확인하고 계획을 세우는 중입니다.',
    confirming: (who: Phrase) =>
      say`${who}아래 계획을 확인해 주십시오. 버튼을 누르기 전에는 아무것도 바뀌지 않습니다.`,
    confirmingInPlace:
      '아래 계획을 확인해 주십시오. 실행 권한이 있는 사람이 버튼을 누르기 전에는 아무것도 바뀌지 않습니다.',
    changedSince: '확인한 뒤 계획이 변경되어 다시 확인을 요청합니다.',
    approving: (given: number, count: number) =>
      say`승인을 기다리고 있습니다(${count}건 중 ${given}건 승인).`,
    approvingPlain: '승인을 기다리고 있습니다.',
    planChanged: '계획이 변경되어, 변경 전 계획에 대한 승인은 인정되지 않습니다.',
    whoMay: (who: Phrase) => say`승인할 수 있는 사람: ${who} (요청자 제외)`,
    until: (at: Phrase) => say`${at}까지 응답이 없으면 실행하지 않습니다.`,
    queued: (ahead: number, behind: Phrase) =>
      say`순서를 기다리고 있습니다(앞선 작업 ${ahead}건${behind.length > 0 ? say`, 바로 앞 ${behind}` : nothing}). 차례가 되면 자동으로 시작합니다.`,
    queuedNext: '곧 시작합니다.',
    closed: (window: Phrase, opens: Phrase) =>
      say`변경 금지 기간(${window})이 끝나기를 기다리고 있습니다${opens}. 끝나면 차례에 따라 자동으로 시작합니다.`,
    opens: (at: Phrase) => say`. 종료: ${at}`,
    running: '진행 중입니다.',
    stopping: (who: Phrase) => say`${subjectKo(who)} 취소를 요청했습니다. 다음 안전 지점에서 멈춥니다.`,
    held: (who: Phrase) =>
      say`${who}안전 지점에서 멈췄습니다. 이전 상태로 되돌릴지 계속 진행할지 선택해 주십시오.`,
    unsure: (who: Phrase) =>
      say`${who}직접 결정이 필요합니다. 이전 상태로 되돌릴지 새 버전으로 계속 진행할지 선택해 주십시오.`,
    keepOrRemove: (who: Phrase) =>
      say`${who}더 진행할 수 없습니다. 지금까지 만든 것을 삭제할지, 다시 시도하도록 남겨 둘지 선택해 주십시오.`,
    removedAt: (at: Phrase) => say`${at}까지 응답이 없으면 삭제합니다.`,
    heldUntil: (at: Phrase) => say`${at}까지 응답이 없으면 이전 상태로 되돌립니다.`,
    finishing: '확인을 모두 통과하여 마무리하는 중입니다.',
    tooLate: (who: Phrase) =>
      say`${subjectKo(who)} 취소를 요청했지만, 이미 확인을 모두 통과하여 마무리하는 중입니다.`,
    returning: '작업 시작 전에 기록한 상태로 되돌리는 중입니다.',
    elapsed: (span: string) => `${span} 경과`,
    of: (expected: string) => `예상 ${expected}`,
    over: (span: string) => `예상보다 ${span} 지연`,
    everyone: '모든 사용자',
  },
})

const mostMentions = 6

/** People who may, by the names of their groups and as mentions. */
export function people(who: WhoMay, language: Language): Phrase {
  if (who.everyone) return words(text[language].everyone)
  const mentions = [...who.users, ...who.groups].slice(0, mostMentions).map(mention)
  const names = who.names.map((name) => bold(name))
  return mentions.length > 0 ? joined(mentions, ', ') : joined(names, ', ')
}

function waiting(facts: OperationFacts): Phrase {
  const copy = text[facts.language]
  const { wait, operation } = facts
  const changed = operation.signals.some((signal) => isOfEarlierPlan(operation, signal))
  const planChanged = words(changed ? copy.planChanged : '')
  if (wait?.for !== 'approval') return lines(words(copy.approvingPlain), planChanged)
  return lines(
    planChanged,
    copy.approving(wait.given.length, wait.count),
    copy.whoMay(people(wait.by, facts.language)),
    copy.until(moment(wait.until, facts)),
  )
}

/** It waits until a window opens, and then in line as all others do. */
const closedFor = ({ closure, until }: Extract<Wait, { for: 'window' }>, locale: Locale): Phrase => {
  const copy = text[locale.language]
  return copy.closed(bold(closure.window), until === undefined ? nothing : copy.opens(moment(until, locale)))
}

/** When a stopped operation goes back by itself. */
function pausedUntil(facts: OperationFacts): Phrase {
  const pause = facts.operation.steps.findLast(({ key, state }) => isPause(key) && state === 'waiting')
  return pause?.deadline === undefined
    ? nothing
    : text[facts.language][isQuestionOnWayBack(pause.key) ? 'removedAt' : 'heldUntil'](
        moment(pause.deadline, facts),
      )
}

/** Whether it waits because nobody could tell what customers meet, and not because somebody asked it to stop. */
const isUndecided = ({ steps }: Operation): boolean => {
  const pause = steps.findLast(({ key, state }) => isPause(key) && state === 'waiting')
  const declaration = pause && readRecord(pause)?.declaration
  return declaration === checkSteps.unsure || declaration === shareCheckSteps.unsure
}

/** Whether a person is asked what becomes of what was made, after it failed. */
export const asksOnWayBack = ({ steps }: Pick<Operation, 'steps'>): boolean =>
  steps.some(({ key, state }) => isQuestionOnWayBack(key) && state === 'waiting')

/** How the operation stands, in a sentence or two. */
export function state(facts: OperationFacts): Phrase {
  const copy = text[facts.language]
  const { operation, queue, wait } = facts
  const requester = addressed(operation.requester, facts.language)
  if (operation.ending) return endingState(facts)
  const canceller = openCancel(operation)?.by.user
  const place = queue?.place ?? 0
  switch (operation.phase) {
    case 'planning':
      return words(copy.planning)
    case 'confirming':
      return lines(
        isMachine(operation.requester) ? words(copy.confirmingInPlace) : copy.confirming(requester),
        confirmedBefore(operation) ? words(copy.changedSince) : nothing,
        wait?.for === 'confirmation' ? copy.until(moment(wait.until, facts)) : nothing,
      )
    case 'approving':
      return waiting(facts)
    case 'queued':
      if (wait?.for === 'window') return closedFor(wait, facts)
      return place > 0
        ? copy.queued(place, queue?.behind === undefined ? nothing : code(queue.behind))
        : words(copy.queuedNext)
    case 'running':
      return canceller === undefined ? words(copy.running) : copy.stopping(mention(canceller))
    case 'held': {
      if (!asksOnWayBack(operation))
        return joined(
          [(isUndecided(operation) ? copy.unsure : copy.held)(requester), pausedUntil(facts)],
          ' ',
        )
      const why = operation.steps.findLast(({ failure }) => failure)?.failure
      return lines(
        joined([copy.keepOrRemove(requester), pausedUntil(facts)], ' '),
        why ? reasonRows(why, facts) : nothing,
      )
    }
    case 'finishing':
      return canceller === undefined ? words(copy.finishing) : copy.tooLate(mention(canceller))
    case 'returning':
      return words(copy.returning)
    case 'ended':
      return nothing
    default:
      return operation.phase satisfies never
  }
}

/** How long it has run, and of how long; nothing before it began and after it ended. */
export function timeRow(operation: Operation, locale: Locale): Phrase {
  const copy = text[locale.language]
  if (operation.startedAt === undefined || operation.ending) return nothing
  const span = Math.max(0, locale.now - operation.startedAt)
  const expected = operation.plan ? expectedTime(operation.plan) : 0
  const elapsed = copy.elapsed(duration(span, locale.language))
  if (expected === 0 || operation.phase === 'returning' || operation.phase === 'held')
    return words(`${elapsed}.`)
  return span > expected
    ? say`${elapsed}, ${copy.over(duration(span - expected, locale.language))}.`
    : say`${elapsed}, ${copy.of(about(expected, locale.language))}.`
}
