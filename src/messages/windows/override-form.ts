import { shortestReason } from '../../domain/windows/at-window'
import type { Form } from '../../ports/chat'
import { section } from '../kit/blocks'
import { textInput } from '../kit/inputs'
import { bilingual, type Locale } from '../locale'
import { withAtWindow } from './held'
import { filled, wrong, type FormResult, type FormValues } from '../forms/command-text'
import { form } from '../forms/form'
import type { FormMetadata } from '../forms/private-metadata'
import { slashCommandText } from '../text/command-text'
import { code, lines, say, words } from '../text/phrase'

const id = 'override'

const text = bilingual({
  en: {
    title: 'Override a window',
    submit: 'Ask',
    what: 'This one operation runs although the window is closed. It is shown to everyone and stays in the record.',
    why: 'Why can it not wait?',
    short: `Say it in ${shortestReason} signs or more: it stays in the record.`,
    lost: 'What was to be run is not known any more. Type the command with --override "…".',
  },
  ko: {
    title: '변경 금지 기간 예외',
    submit: '요청',
    what: '변경 금지 기간이지만 이 작업 한 건만 진행합니다. 모든 사람에게 표시되고 기록에 남습니다.',
    why: '기다릴 수 없는 이유',
    short: `기록에 남으므로 ${shortestReason}자 이상 입력하십시오.`,
    lost: '실행하려던 명령을 알 수 없습니다. 명령에 --override "…"를 붙여 다시 입력하십시오.',
  },
})

/** Asks for the reason without which no window is overridden. */
export const overrideForm = (facts: Locale & { readonly memory: FormMetadata }): Form => {
  const copy = text[facts.language]
  const line = facts.memory.line
  if (line === undefined) return form({ ...facts, title: copy.title, blocks: [section(words(copy.lost))] })
  return form({
    ...facts,
    memory: { ...facts.memory, form: 'override' },
    title: copy.title,
    submit: copy.submit,
    blocks: [
      section(lines(say`🚨 ${copy.what}`, code(slashCommandText(line, facts)))),
      textInput({ id, label: copy.why, most: 300 }),
    ],
  })
}

/** The line of chat that the filled form stands for: what was held, and why it cannot wait. */
export const readOverrideForm = (
  values: FormValues,
  { language }: Locale,
  { line }: FormMetadata,
): FormResult => {
  const copy = text[language]
  const why = filled(values, id)
  if (line === undefined) return wrong(id, copy.lost)
  if (why.length < shortestReason) return wrong(id, copy.short)
  return { commandText: withAtWindow(line, { override: why }) }
}
