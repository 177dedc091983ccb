import type { Operation, Signal } from '../domain/operation/operation'
import type { Message } from '../ports/chat'
import { section } from './kit/blocks'
import { message } from './kit/message'
import { bilingual, type Locale } from './locale'
import { title } from './operation/title'
import { code, say, type Phrase } from './text/phrase'
import type { OperationId } from '../domain/operation/id'

const text = bilingual({
  en: {
    taken: (what: Phrase, id: Phrase) =>
      say`👌 ${what}: accepted as ${id}. Progress is shown in the channel.`,
    again: (what: Phrase, id: Phrase) =>
      say`👌 ${what}: already accepted as ${id}. Nothing was started twice.`,
    signal: {
      cancel: 'it stops at the next safe point',
      approve: 'your approval is recorded',
      decline: 'you declined; it is not run',
      confirm: 'confirmed; it runs',
      dismiss: 'it is not run',
      'go back': 'it goes back to the state before',
      'go on': 'it goes on',
    },
    already: 'already recorded; nothing was done twice',
  },
  ko: {
    taken: (what: Phrase, id: Phrase) => say`👌 ${what}: 접수했습니다(${id}). 진행 상황은 채널에 표시됩니다.`,
    again: (what: Phrase, id: Phrase) =>
      say`👌 ${what}: 이미 접수된 작업입니다(${id}). 중복으로 시작하지 않았습니다.`,
    signal: {
      cancel: '다음 안전 지점에서 멈추도록 요청했습니다',
      approve: '승인을 기록했습니다',
      decline: '거절했으며, 실행하지 않습니다',
      confirm: '실행합니다',
      dismiss: '실행하지 않습니다',
      'go back': '이전 상태로 되돌립니다',
      'go on': '계속 진행합니다',
    },
    already: '이미 처리된 요청이며, 중복으로 실행하지 않았습니다',
  },
})

/** Answers the command that began an operation, to its sender alone; the operation has a message of its own. */
export function acknowledgement(
  facts: Locale & {
    readonly operation: Pick<Operation, 'id' | 'request' | 'plan'>
    readonly created: boolean
  },
): Message {
  const copy = text[facts.language]
  const what = title(facts.operation, facts)
  const content = (facts.created ? copy.taken : copy.again)(what, code(facts.operation.id))
  return message(content, [section(content)])
}

/** Answers a word said to an operation, to its sender alone. */
export function signalAcknowledgement(
  facts: Locale & {
    readonly operation: OperationId
    readonly kind: Signal['kind']
    readonly outcome: 'recorded' | 'already'
  },
): Message {
  const copy = text[facts.language]
  const content = say`👌 ${code(facts.operation)}: ${facts.outcome === 'already' ? copy.already : copy.signal[facts.kind]}.`
  return message(content, [section(content)])
}
