import type { Operation } from '../../../domain/operation/operation'
import type { Message } from '../../../ports/chat'
import { section } from '../../kit/blocks'
import { message } from '../../kit/message'
import { bilingual, type Locale } from '../../locale'
import { title } from '../../operation/title'
import { reasonRow } from '../../reasons/reasons'
import { bold, mention, say, type Phrase } from '../../text/phrase'
import { honoredKo } from '../../text/who'
import { progressOf } from './progress'

const text = bilingual({
  en: {
    fix: (who: Phrase, what: Phrase, count: number) =>
      say`${who}, ${what} is near, and ${count === 1 ? 'one thing is' : `${count} things are`} not ready. The message above has the details and buttons.`,
    note: (who: Phrase, what: Phrase, why: Phrase) => say`${who}, ${what}: ${why}`,
  },
  ko: {
    fix: (who: Phrase, what: Phrase, count: number) =>
      say`${honoredKo(who)}, ${what} 시작이 가까워졌지만 준비되지 않은 항목이 ${count}건 있습니다. 자세한 내용과 버튼은 위 메시지에 있습니다.`,
    note: (who: Phrase, what: Phrase, why: Phrase) => say`${honoredKo(who)}, ${what}: ${why}`,
  },
})

/**
 * Calls who scheduled an event, in the thread of its message: an update would reach nobody. Once for what is not ready,
 * and once for each problem on the way.
 */
export function monitorMention(
  operation: Operation,
  locale: Locale,
): { readonly key: string; readonly message: Message } | undefined {
  const progress = progressOf(operation)
  if (!progress) return undefined
  const copy = text[locale.language]
  const who = mention(progress.monitor.by.user)
  const what = bold(title(operation, locale))
  const notice = (key: string, content: Phrase) => ({ key, message: message(content, [section(content)]) })
  const last = operation.notes.at(-1)
  if (last) return notice(`note ${operation.notes.length}`, copy.note(who, what, reasonRow(last, locale)))
  const { report, stage } = progress
  if (stage !== 'ready' || !report || report.bad.length === 0) return undefined
  const codes = report.bad.map(({ reason }) => reason.code).join(' ')
  return notice(`ready ${codes}`, copy.fix(who, what, report.bad.length))
}
