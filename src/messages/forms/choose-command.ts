import type { Form } from '../../ports/chat'
import { slashCommandText } from '../text/command-text'
import { withForm, type HelpEntry } from '../queries/help'
import { button, context, section } from '../kit/blocks'
import { bilingual, type Locale } from '../locale'
import { bold, code, lines, say, words } from '../text/phrase'
import { form } from './form'
import type { FormMetadata } from './private-metadata'

export interface ChooseFacts extends Locale {
  readonly memory: FormMetadata
  readonly entries: readonly HelpEntry[]
}

const text = bilingual({
  en: { title: 'Choose a command', open: 'Choose', run: 'Show', typed: 'Typed only:' },
  ko: { title: '명령 선택', open: '선택', run: '보기', typed: '직접 입력하는 명령:' },
})

/** Commands that need nothing said to be run. */
const bare: readonly string[] = ['status', 'history', 'help']

/** `/asg` alone: every command that a click can begin, the most used first; each opens its form or shows its answer. */
export function chooseCommandForm(facts: ChooseFacts): Form {
  const copy = text[facts.language]
  const { entries, memory, language } = facts
  const offered = entries.filter((entry) => withForm.includes(entry.name) || bare.includes(entry.name))
  const others = entries.filter((entry) => !offered.includes(entry))
  return form({
    ...facts,
    memory: { ...(memory.channel !== undefined && { channel: memory.channel }) },
    title: copy.title,
    blocks: [
      ...offered.slice(0, 45).map((entry) =>
        section(lines(bold(entry.name), words(entry.summary[language])), {
          accessory: button(
            withForm.includes(entry.name)
              ? { verb: 'open_form', label: copy.open, value: { form: entry.name } }
              : { verb: 'run_command', label: copy.run, value: { line: entry.name } },
          ),
        }),
      ),
      others.length > 0
        ? context(
            lines(
              words(copy.typed),
              ...others.map((entry) => say`${code(slashCommandText(entry.usage, facts))}`),
            ),
          )
        : undefined,
    ],
  })
}
