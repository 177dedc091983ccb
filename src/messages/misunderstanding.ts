import type { Misunderstanding } from '../domain/command'
import type { Message } from '../ports/chat'
import { typed } from './command-line'
import { actions, section } from './kit/blocks'
import { message } from './kit/message'
import { both, type Both, type Language, type Voice } from './language'
import { cut } from './text/cut'
import { josa } from './text/josa'
import { list } from './text/numbers'
import { code, lines, nothing, say, words, type Phrase } from './text/phrase'

type Code = Misunderstanding['code']
type Sentences = {
  readonly [C in Code]: Both<(wrong: Extract<Misunderstanding, { code: C }>) => Phrase>
}

const word = (text: string): Phrase => code(cut(text, 100))
const named = (known: readonly string[], language: Language): Phrase =>
  list(
    known.map((name) => word(name)),
    language,
  )
const meantName = (nearest: string | undefined, language: Language): Phrase => {
  if (nearest === undefined) return nothing
  return language === 'ko'
    ? say` 혹시 ${word(nearest)}${josa(nearest, '을를')} 찾으십니까?`
    : say` Did you mean ${word(nearest)}?`
}

/** What was not understood, in a sentence that names the word it stumbled over. */
export const misunderstandings: Sentences = {
  unknown_command: both({
    en: ({ word: said, nearest }) => say`There is no command ${word(said)}.${meantName(nearest, 'en')}`,
    ko: ({ word: said, nearest }) =>
      say`${word(said)}${josa(said, '은는')} 알 수 없는 명령입니다.${meantName(nearest, 'ko')}`,
  }),
  unknown_service: both({
    en: ({ word: said, nearest, known }) =>
      say`There is no service ${word(said)}.${meantName(nearest, 'en')} Services: ${named(known, 'en')}.`,
    ko: ({ word: said, nearest, known }) =>
      say`${word(said)}${josa(said, '은는')} 등록되지 않은 서비스입니다.${meantName(nearest, 'ko')} 등록된 서비스: ${named(known, 'ko')}`,
  }),
  unknown_option: both({
    en: ({ word: said, nearest, known }) =>
      say`There is no option ${word(said)} here.${meantName(nearest, 'en')}${known.length > 0 ? say` Possible: ${named(known, 'en')}.` : nothing}`,
    ko: ({ word: said, nearest, known }) =>
      say`${word(said)}${josa(said, '은는')} 여기서 사용할 수 없는 옵션입니다.${meantName(nearest, 'ko')}${known.length > 0 ? say` 사용 가능: ${named(known, 'ko')}` : nothing}`,
  }),
  bad_value: both({
    en: ({ option, value, allowed }) =>
      say`${word(value)} is not a valid ${word(option)}. Allowed: ${allowed}`,
    ko: ({ option, value, allowed }) =>
      say`${word(option)}에 ${word(value)} 값은 사용할 수 없습니다. 사용 가능: ${allowed}`,
  }),
  weights_unfit: both({
    en: ({ service, strategy }) =>
      say`${word('--weights')} shifts traffic and needs the strategy ${word('weighted')}; ${word(service)} goes by ${word(strategy)}. Add ${word('--strategy weighted')}, or leave the weights out.`,
    ko: ({ service, strategy }) =>
      say`${word('--weights')} 옵션은 ${word('weighted')} 전략에서만 사용할 수 있으며, ${word(service)} 서비스는 ${word(strategy)} 전략을 사용합니다. ${word('--strategy weighted')} 옵션을 추가하거나 가중치를 빼십시오.`,
  }),
  missing_value: both({
    en: ({ option, allowed }) => say`${word(option)} needs a value: ${allowed}`,
    ko: ({ option, allowed }) => say`${word(option)}에 값이 필요합니다: ${allowed}`,
  }),
  missing_argument: both({
    en: ({ argument }) => say`The ${argument} is missing.`,
    ko: ({ argument }) => say`필요한 항목이 빠졌습니다: ${argumentNames[argument] ?? argument}`,
  }),
  too_many_words: both({
    en: ({ word: said }) =>
      say`${word(said)} is one word too many. Put a reason in quotes: ${code('--reason "…"')}`,
    ko: ({ word: said }) =>
      say`${word(said)}${josa(said, '은는')} 이해할 수 없는 단어입니다. 사유는 따옴표로 묶어 주십시오: ${code('--reason "…"')}`,
  }),
  open_quote: both({
    en: () => words('A quotation mark was opened but not closed.'),
    ko: () => words('따옴표가 닫히지 않았습니다.'),
  }),
}

const argumentNames: Readonly<Record<string, string>> = {
  service: '서비스',
  version: '버전',
  operation: '작업 ID',
  reason: '사유',
  desired: '원하는 용량(desired=)',
  start: '시각',
  event: '일정 ID',
}

const text = both({
  en: { usage: 'Usage', run: (line: string) => `Run ${line}`, help: 'Help' },
  ko: { usage: '사용법', run: (line: string) => `${line} 실행`, help: '도움말' },
})

export interface MisunderstandingFacts extends Voice {
  readonly misunderstanding: Misunderstanding
  /** A line that would have been understood. */
  readonly meant?: string
  readonly usage?: string
}

/** What the union's members cannot tell the compiler: the sentence belongs to this very misunderstanding. */
export const sentence = (wrong: Misunderstanding, language: Language): Phrase => {
  const tell: (wrong: never) => Phrase = misunderstandings[wrong.code][language]
  return tell(wrong as never)
}

/** The answer to a line that was not understood: what was wrong, and the nearest line with a button that runs it. */
export function misunderstandingMessage(facts: MisunderstandingFacts): Message {
  const { misunderstanding, meant, usage, language } = facts
  const speech = text[language]
  const told = lines(
    say`🤔 ${sentence(misunderstanding, language)}`,
    meant === undefined ? nothing : say`→ ${code(typed(meant, facts))}`,
    usage === undefined ? nothing : say`${speech.usage}: ${code(typed(usage, facts))}`,
  )
  return message(told, [
    section(told),
    actions([
      ...(meant !== undefined && meant.length <= 1_500
        ? [
            {
              verb: 'run_command',
              label: speech.run(typed(meant, facts)),
              value: { line: meant },
              style: 'primary',
            } as const,
          ]
        : []),
      { verb: 'run_command', key: 'help', label: speech.help, value: { line: 'help' } },
    ]),
  ])
}
