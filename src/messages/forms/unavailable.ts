import type { Message } from '../../ports/chat'
import { section } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { slashCommandText } from '../text/command-text'
import { code, say, type Phrase } from '../text/phrase'

const text = bilingual({
  en: (line: Phrase) => say`⚠️ Slack did not show the form. Type the command instead, for example ${line}:`,
  ko: (line: Phrase) => say`⚠️ Slack이 양식을 표시하지 못했습니다. 대신 ${line}처럼 명령을 직접 입력하십시오.`,
})

/** A form that Slack did not open or fill: how to say the same in one line. `help` is the command's own. */
export const formUnavailableMessage = (help: Message, facts: Locale & { readonly line: string }): Message => {
  const sentence = text[facts.language](code(slashCommandText(facts.line, facts)))
  return message(say`${sentence}`, [section(sentence), ...help.blocks])
}
