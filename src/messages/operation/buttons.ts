import { canBeUndone, isConfirmedByName } from '../../domain/procedures'
import type { ButtonSpec } from '../kit/blocks'
import type { OperationFacts, RollbackOffer, WindowFacts } from './facts'
import { bilingual } from '../locale'
import { josa } from '../text/josa'
import { about } from '../text/numbers'
import { code, lines, say, words, type Phrase } from '../text/phrase'
import { viewOf } from '../procedures'
import { copy as procedures } from '../procedures/copy'
import { heldButtons } from '../windows/held'
import { fixButton } from '../reasons/fix'
import { openCancel } from './cancel'
import { asksOnWayBack } from './state'
import { title } from './title'

const text = bilingual({
  en: {
    run: 'Run',
    notNow: 'Not now',
    approve: 'Approve',
    decline: 'Decline',
    cancel: 'Cancel',
    goBack: 'Go back',
    goOn: 'Go on',
    removeMade: 'Remove what was made',
    keepMade: 'Keep for a second try',
    unlock: (service: string) => `Allow deploys of ${service}`,
    details: 'Details',
    rollback: (to: string) => `Roll back to ${to}`,
    rollbackNow: 'Roll back now',
    keep: 'Keep 30 min more',
    finishNow: 'Finish now',
    yes: {
      cancel: 'Cancel it',
      goBack: 'Go back',
      goOn: 'Go on',
      rollback: 'Roll back',
      finish: 'Finish',
      unlock: 'Allow',
      removeMade: 'Remove',
      keepMade: 'Keep',
    },
    ask: {
      cancel: 'Cancel this?',
      goBack: 'Go back?',
      goOn: 'Go on?',
      rollback: 'Roll back?',
      finish: 'Finish now?',
      unlock: 'Allow deploys?',
      removeMade: 'Remove it?',
      keepMade: 'Keep it?',
    },
    cancelRunning:
      'It stops at the next safe point and then asks whether to go back or go on. Nothing is cut off midway.',
    cancelForGood: 'It stops before the next deletion. What is deleted by then stays deleted.',
    removeMadeText:
      'What this operation made is deleted, newest first. What was there before, and the image, stay.',
    keepMadeText: 'What was made stays, and costs what it costs. Another provision goes on from there.',
    cancelWaiting: 'It has not started, so nothing in AWS changes.',
    goBackText:
      'The fleet returns to the state recorded before this operation began, and is checked to be healthy.',
    goOnText: 'The operation continues from where it stopped.',
    rollbackText: (service: string, to: string, time: string) =>
      say`${code(service)} goes back to ${code(to)}. Its instances are replaced again, new ones first. This takes ${time}.`,
    anewText: (service: string, to: string, color: string, time: string) =>
      say`${code(service)} goes back to ${code(to)}: ${code(color)} comes up with new instances beside the other color and takes over once they are healthy, in ${time}.`,
    warmText: (service: string, to: string, color: string, count: number, time: string) =>
      say`${code(service)} goes back to ${code(to)}: ${count === 1 ? '1 instance' : `${count} instances`} of ${code(color)} ${count === 1 ? 'comes' : 'come'} out of Standby. Once healthy, in ${time}, the other color goes to zero.`,
    weightText: (service: string, to: string, color: string, time: string) =>
      say`${code(service)} goes back to ${code(to)}: ${code(color)} gets all traffic again, in ${time}, once it is seen healthy. Then the other color goes to zero.`,
    finishWeightText: (service: string, color: string, count: number) =>
      say`${count === 1 ? '1 instance' : `${count} instances`} of ${code(color)} at weight 0 ${count === 1 ? 'is' : 'are'} terminated. After that a rollback of ${code(service)} has to launch new ones.`,
    finishText: (service: string, color: string, count: number) =>
      say`${count === 1 ? '1 instance' : `${count} instances`} of ${code(color)} in Standby ${count === 1 ? 'is' : 'are'} terminated. After that a rollback of ${code(service)} has to launch new ones.`,
    rollbackThen: 'New deploys then wait until someone allows them.',
    unlockText: (service: string) =>
      say`New deploys of ${code(service)} may start again. Make sure the cause of the rollback is fixed.`,
  },
  ko: {
    run: '실행',
    notNow: '나중에',
    approve: '승인',
    decline: '거절',
    cancel: '취소',
    goBack: '이전 상태로 되돌리기',
    goOn: '계속 진행',
    removeMade: '만든 것 삭제',
    keepMade: '다시 시도하도록 유지',
    unlock: (service: string) => `${service} 배포 허용`,
    details: '자세히',
    rollback: (to: string) => `${to}${josa(to, '으로')} 되돌리기`,
    rollbackNow: '지금 되돌리기',
    keep: '30분 더 유지',
    finishNow: '지금 마무리',
    yes: {
      cancel: '작업 취소',
      goBack: '되돌리기',
      goOn: '계속 진행',
      rollback: '되돌리기',
      finish: '마무리',
      unlock: '허용',
      removeMade: '삭제',
      keepMade: '유지',
    },
    ask: {
      cancel: '작업을 취소하시겠습니까?',
      goBack: '이전 상태로 되돌리시겠습니까?',
      goOn: '계속 진행하시겠습니까?',
      rollback: '되돌리시겠습니까?',
      finish: '지금 마무리하시겠습니까?',
      unlock: '배포를 허용하시겠습니까?',
      removeMade: '만든 것을 삭제하시겠습니까?',
      keepMade: '남겨 두시겠습니까?',
    },
    cancelRunning:
      '다음 안전 지점에서 멈춘 뒤, 되돌릴지 계속할지 확인합니다. 도중에 강제로 중단하지 않습니다.',
    cancelForGood: '다음 삭제 전에 멈춥니다. 그때까지 삭제한 항목은 되살릴 수 없습니다.',
    removeMadeText:
      '이 작업이 만든 것을 만든 순서의 반대로 삭제합니다. 전부터 있던 것과 이미지는 그대로 둡니다.',
    keepMadeText: '만든 것을 그대로 두며 비용은 계속 발생합니다. 다시 구성하면 이어서 진행합니다.',
    cancelWaiting: '아직 시작하지 않아 AWS에서 바뀌는 것은 없습니다.',
    goBackText: '작업 시작 전에 기록한 상태로 되돌리고, 정상인지 확인합니다.',
    goOnText: '멈춘 지점부터 작업을 계속합니다.',
    rollbackText: (service: string, to: string, time: string) =>
      say`${code(service)} 서비스를 ${code(to)} 버전으로 되돌립니다. 새 인스턴스를 먼저 시작하며 교체하고, ${time} 걸립니다.`,
    anewText: (service: string, to: string, color: string, time: string) =>
      say`${code(service)} 서비스를 ${code(to)} 버전으로 되돌립니다. ${code(color)} 색상에서 새 인스턴스를 함께 시작하고, 정상 확인 후 넘겨받습니다. ${time} 걸립니다.`,
    warmText: (service: string, to: string, color: string, count: number, time: string) =>
      say`${code(service)} 서비스를 ${code(to)} 버전으로 되돌립니다. 대기 중인 ${code(color)} 인스턴스 ${count}대를 복귀시키고(${time}), 정상 확인 후 다른 색상을 0대로 줄입니다.`,
    weightText: (service: string, to: string, color: string, time: string) =>
      say`${code(service)} 서비스를 ${code(to)} 버전으로 되돌립니다. ${code(color)} 색상이 정상인지 확인한 뒤 모든 트래픽을 다시 보내고(${time}), 다른 색상을 0대로 줄입니다.`,
    finishWeightText: (service: string, color: string, count: number) =>
      say`가중치 0으로 실행 중인 ${code(color)} 인스턴스 ${count}대를 종료합니다. 이후 ${code(service)} 서비스를 되돌리려면 새 인스턴스를 시작해야 합니다.`,
    finishText: (service: string, color: string, count: number) =>
      say`대기 중인 ${code(color)} 인스턴스 ${count}대를 종료합니다. 이후 ${code(service)} 서비스를 되돌리려면 새 인스턴스를 시작해야 합니다.`,
    rollbackThen: '이후 새 배포는 담당자가 허용할 때까지 보류됩니다.',
    unlockText: (service: string) =>
      say`${code(service)} 서비스의 새 배포를 다시 허용합니다. 되돌리기의 원인을 먼저 해결하십시오.`,
  },
})

type Question = keyof (typeof text)['en']['ask']
const confirm = (facts: OperationFacts, question: Question, consequence: Phrase) => {
  const copy = text[facts.language]
  return {
    title: copy.ask[question],
    text: consequence,
    yes: copy.yes[question],
    no: procedures[facts.language].no,
  }
}

/** The buttons that make sense now, and no others; at most one of them is primary. */
export function operationButtons(facts: OperationFacts): readonly ButtonSpec[] {
  const copy = text[facts.language]
  const { operation } = facts
  const { id, plan, phase, request } = operation
  const value = { operation: id, service: request.service, ...(plan && { fingerprint: plan.fingerprint }) }
  const asked = openCancel(operation) !== undefined

  const cancel: ButtonSpec = {
    verb: 'cancel',
    label: copy.cancel,
    value,
    style: 'danger',
    confirm: {
      ...confirm(
        facts,
        'cancel',
        lines(
          title(operation, facts),
          words(
            phase !== 'running'
              ? copy.cancelWaiting
              : canBeUndone(request)
                ? copy.cancelRunning
                : copy.cancelForGood,
          ),
        ),
      ),
      style: 'danger',
    },
  }
  if (operation.ending) return atEnd(facts)
  switch (phase) {
    case 'confirming':
      return [runButton(facts, value), { verb: 'dismiss', label: copy.notNow, value }]
    case 'approving':
      return [
        { verb: 'approve', label: copy.approve, value, style: 'primary' },
        { verb: 'decline', label: copy.decline, value },
        ...(asked ? [] : [cancel]),
      ]
    case 'planning':
    case 'queued':
    case 'running':
      return asked ? [] : [cancel]
    case 'held': {
      const cancels = operation.signals.filter(({ kind }) => kind === 'cancel').length
      const answer = { ...value, asked: String(cancels) }
      if (asksOnWayBack(operation))
        return [
          {
            verb: 'go_back',
            label: copy.removeMade,
            value: answer,
            style: 'danger',
            confirm: { ...confirm(facts, 'removeMade', words(copy.removeMadeText)), style: 'danger' },
          },
          {
            verb: 'go_on',
            label: copy.keepMade,
            value: answer,
            confirm: confirm(facts, 'keepMade', words(copy.keepMadeText)),
          },
        ]
      return [
        {
          verb: 'go_back',
          label: copy.goBack,
          value: answer,
          style: 'primary',
          confirm: confirm(facts, 'goBack', words(copy.goBackText)),
        },
        {
          verb: 'go_on',
          label: copy.goOn,
          value: answer,
          confirm: confirm(facts, 'goOn', words(copy.goOnText)),
        },
      ]
    }
    case 'finishing':
    case 'returning':
    case 'ended':
      return []
    default:
      return phase satisfies never
  }
}

/** Runs the plan that is shown; where what it does cannot be undone, it asks once more. */
const runButton = (facts: OperationFacts, value: ButtonSpec['value']): ButtonSpec => {
  const { operation, language } = facts
  const { run: label } = text[language]
  const finalWords = viewOf(operation.request).finalWords?.(language)
  if (!finalWords) return { verb: 'confirm', label, value, style: 'primary' }
  const { run, ask, yes } = finalWords
  // What is typed there confirms; a click alone does not.
  if (isConfirmedByName(operation.request))
    return {
      verb: 'open_form',
      label: run,
      value: { ...value, form: operation.request.procedure },
      style: 'danger',
    }
  const { no } = procedures[language]
  const consequence = lines(title(operation, facts), words(finalWords.text))
  const confirm = { title: ask, text: consequence, yes, no, style: 'danger' as const }
  return { verb: 'confirm', label: run, value, style: 'danger', confirm }
}

function atEnd(facts: OperationFacts): readonly ButtonSpec[] {
  const copy = text[facts.language]
  const { operation, rollback, rolledBack: undone } = facts
  const { service } = operation.request
  const value = { operation: operation.id, service }
  const offered: ButtonSpec[] = []
  if (rollback && !undone && facts.window) offered.push(...inWindow(facts, rollback, facts.window))
  else if (rollback && !undone && !facts.windowEnding) {
    const time = about(rollback.expected, facts.language)
    const color = operation.plan?.colors?.from
    const ofOneGroup =
      viewOf(operation.request).rollbackText?.(service, rollback.to, facts.language) ??
      copy.rollbackText(service, rollback.to, time)
    const consequence = color ? copy.anewText(service, rollback.to, color, time) : ofOneGroup
    offered.push({
      verb: 'rollback',
      label: copy.rollback(rollback.to),
      value,
      style: 'danger',
      confirm: {
        ...confirm(facts, 'rollback', lines(consequence, words(copy.rollbackThen))),
        style: 'danger',
      },
    })
  }
  const { request, plan, ending } = operation
  offered.push(...(viewOf(request).buttons?.(operation, facts) ?? []))
  if (ending?.kind === 'refused' && ending.reason?.code === 'window_closed')
    offered.push(...heldButtons(operation, ending.reason, facts))
  const fix = fixButton([ending?.reason, ...(plan?.warnings ?? [])], service, facts)
  if (fix) offered.push(fix)
  if (facts.frozen) {
    offered.push({
      verb: 'unlock',
      label: copy.unlock(service),
      value,
      confirm: confirm(facts, 'unlock', copy.unlockText(service)),
    })
  }
  if (operation.ending?.kind !== 'refused') offered.push({ verb: 'show', label: copy.details, value })
  return offered
}

/** While the old color is kept: the rollback first, then more time, then the end of it. */
function inWindow(
  facts: OperationFacts,
  rollback: RollbackOffer,
  window: WindowFacts,
): readonly ButtonSpec[] {
  const copy = text[facts.language]
  const { operation } = facts
  const { service } = operation.request
  const { color, instances, until, byWeights } = window
  const value = { operation: operation.id, service }
  const time = about(rollback.expected, facts.language)
  const warm = byWeights
    ? copy.weightText(service, rollback.to, color, time)
    : copy.warmText(service, rollback.to, color, instances, time)
  const ends = (byWeights ? copy.finishWeightText : copy.finishText)(service, color, instances)
  return [
    {
      verb: 'rollback',
      label: copy.rollbackNow,
      value,
      style: 'primary',
      confirm: confirm(facts, 'rollback', lines(warm, words(copy.rollbackThen))),
    },
    { verb: 'keep', label: copy.keep, value: { ...value, until: String(until) } },
    {
      verb: 'finish',
      label: copy.finishNow,
      value,
      style: 'danger',
      confirm: {
        ...confirm(facts, 'finish', ends),
        style: 'danger',
      },
    },
  ]
}
