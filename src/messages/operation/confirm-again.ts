import type { Operation, Signal } from '../../domain/operation/operation'
import type { Wait } from '../../domain/access/verdict'
import type { Message } from '../../ports/chat'
import { section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { moment } from '../text/moments'
import { bold, joined, say, type Phrase } from '../text/phrase'
import { addressed } from '../text/who'
import { title } from './title'

const text = bilingual({
  en: {
    ask: (who: Phrase, what: Phrase) =>
      say`❓ ${who}the plan of ${what} has changed since it was confirmed. The new plan and the buttons are above.`,
    until: (at: Phrase) => say`Without an answer by ${at} it is not run.`,
  },
  ko: {
    ask: (who: Phrase, what: Phrase) =>
      say`❓ ${who}확인한 뒤 계획이 변경되었습니다: ${what}. 새 계획과 버튼은 위 메시지에 있습니다.`,
    until: (at: Phrase) => say`${at}까지 응답이 없으면 실행하지 않습니다.`,
  },
})

/** Calls who confirmed an earlier plan, in the operation's thread: an update of its message would reach nobody. */
export function confirmAgainMessage(
  facts: Locale & {
    readonly operation: Operation
    readonly wait: Extract<Wait, { for: 'confirmation' }>
    /** Who confirmed the earlier plan. */
    readonly confirmed: Signal['by']
  },
): Message {
  const copy = text[facts.language]
  const { operation, wait, confirmed } = facts
  const content = joined(
    [
      copy.ask(addressed(confirmed, facts.language), bold(title(operation, facts))),
      copy.until(moment(wait.until, facts)),
    ],
    ' ',
  )
  return message(content, [section(content)])
}
