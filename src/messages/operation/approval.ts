import type { Operation } from '../../domain/operation/operation'
import type { Wait } from '../../domain/access/verdict'
import type { Message } from '../../ports/chat'
import { section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { isOfEarlierPlan } from './superseded'
import { people } from './state'
import { title } from './title'
import { moment } from '../text/moments'
import { overrideRow } from '../windows/override'
import { bold, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'
import { subjectKo, who } from '../text/who'

const text = bilingual({
  en: {
    ask: (who: Phrase, requester: Phrase, what: Phrase) =>
      say`✋ ${who}: ${requester} asks for your approval of ${what}. The plan and the buttons are above.`,
    remind: (who: Phrase, requester: Phrase, what: Phrase) =>
      say`⏰ ${who}: ${requester} still waits for your approval of ${what}. The plan and the buttons are above.`,
    again: 'The plan has changed; what was said to the earlier one does not count.',
    still: (missing: number) =>
      missing === 1 ? 'One approval is missing.' : `${missing} approvals are missing.`,
    until: (at: Phrase) => say`Unless given by ${at}, it is not run.`,
  },
  ko: {
    ask: (who: Phrase, requester: Phrase, what: Phrase) =>
      say`✋ ${who} 님, ${requester} ${what} 승인을 요청했습니다. 계획과 버튼은 위 메시지에 있습니다.`,
    remind: (who: Phrase, requester: Phrase, what: Phrase) =>
      say`⏰ ${who} 님, ${requester} ${what} 승인을 아직 기다리고 있습니다. 계획과 버튼은 위 메시지에 있습니다.`,
    again: '계획이 변경되어, 변경 전 계획에 대한 승인은 인정되지 않습니다.',
    still: (missing: number) => `필요한 승인 ${missing}건이 남았습니다.`,
    until: (at: Phrase) => say`${at}까지 승인되지 않으면 실행하지 않습니다.`,
  },
})

export interface ApprovalFacts extends Locale {
  readonly operation: Operation
  readonly wait: Extract<Wait, { for: 'approval' }>
  /** Whether half of the time is over. */
  readonly again?: boolean
}

/** Calls the approvers, in the operation's thread: an update of its message would reach nobody. */
export function approvalMessage(facts: ApprovalFacts): Message {
  const copy = text[facts.language]
  const { operation, wait } = facts
  const asked = joined(
    [
      (facts.again ? copy.remind : copy.ask)(
        people(wait.by, facts.language),
        facts.language === 'ko' ? subjectKo(who(operation.requester)) : who(operation.requester),
        bold(title(operation, facts)),
      ),
      words(operation.signals.some((signal) => isOfEarlierPlan(operation, signal)) ? copy.again : ''),
      words(copy.still(Math.max(0, wait.count - wait.given.length))),
      copy.until(moment(wait.until, facts)),
    ],
    ' ',
  )
  const content = lines(
    asked,
    operation.plan?.override ? overrideRow(operation.plan.override, facts) : nothing,
  )
  return message(content, [section(content)])
}
