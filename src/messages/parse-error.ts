import type { ParseError } from '../domain/interaction/command'
import type { Message } from '../ports/chat'
import { slashCommandText } from './text/command-text'
import { actions, type ButtonSpec, section } from './kit/blocks'
import { message } from './kit/message'
import { bilingual, type Bilingual, type Language, type Locale } from './locale'
import { cut } from './text/cut'
import { josa } from './text/josa'
import { list } from './text/numbers'
import { code, lines, nothing, say, words, type Phrase } from './text/phrase'

type Code = ParseError['code']
type Sentences = {
  readonly [C in Code]: Bilingual<(wrong: Extract<ParseError, { code: C }>) => Phrase>
}

const word = (text: string): Phrase => code(cut(text, 100))
const named = (known: readonly string[], language: Language): Phrase =>
  list(
    known.map((name) => word(name)),
    language,
  )
const suggestedName = (nearest: string | undefined, language: Language): Phrase => {
  if (nearest === undefined) return nothing
  return language === 'ko'
    ? say` 혹시 ${word(nearest)}${josa(nearest, '을를')} 찾으십니까?`
    : say` Did you mean ${word(nearest)}?`
}

const of = (service: string | undefined): Phrase =>
  service === undefined ? nothing : say` of ${word(service)}`

/** What was not understood, in a sentence that names the word it stumbled over. */
export const parseErrors: Sentences = {
  unknown_command: bilingual({
    en: ({ word: typedWord, nearest }) =>
      say`There is no command ${word(typedWord)}.${suggestedName(nearest, 'en')}`,
    ko: ({ word: typedWord, nearest }) =>
      say`${word(typedWord)}${josa(typedWord, '은는')} 알 수 없는 명령입니다.${suggestedName(nearest, 'ko')}`,
  }),
  unknown_service: bilingual({
    en: ({ word: typedWord, nearest, known }) =>
      say`There is no service ${word(typedWord)}.${suggestedName(nearest, 'en')} Services: ${named(known, 'en')}.`,
    ko: ({ word: typedWord, nearest, known }) =>
      say`${word(typedWord)}${josa(typedWord, '은는')} 등록되지 않은 서비스입니다.${suggestedName(nearest, 'ko')} 등록된 서비스: ${named(known, 'ko')}`,
  }),
  unknown_option: bilingual({
    en: ({ word: typedWord, nearest, known }) =>
      say`There is no option ${word(typedWord)} here.${suggestedName(nearest, 'en')}${known.length > 0 ? say` Possible: ${named(known, 'en')}.` : nothing}`,
    ko: ({ word: typedWord, nearest, known }) =>
      say`${word(typedWord)}${josa(typedWord, '은는')} 여기서 사용할 수 없는 옵션입니다.${suggestedName(nearest, 'ko')}${known.length > 0 ? say` 사용 가능: ${named(known, 'ko')}` : nothing}`,
  }),
  bad_value: bilingual({
    en: ({ option, value, allowed }) =>
      say`${word(value)} is not a valid ${word(option)}. Allowed: ${allowed}`,
    ko: ({ option, value, allowed }) =>
      say`${word(option)}에 ${word(value)} 값은 사용할 수 없습니다. 사용 가능: ${allowed}`,
  }),
  weights_unfit: bilingual({
    en: ({ service, strategy }) =>
      say`${word('--weights')} shifts traffic and needs the strategy ${word('canary')}; ${word(service)} goes by ${word(strategy)}. Add ${word('--strategy canary')}, or leave the weights out.`,
    ko: ({ service, strategy }) =>
      say`${word('--weights')} 옵션은 ${word('canary')} 전략에서만 사용할 수 있으며, ${word(service)} 서비스는 ${word(strategy)} 전략을 사용합니다. ${word('--strategy canary')} 옵션을 추가하거나 가중치를 빼십시오.`,
  }),
  missing_value: bilingual({
    en: ({ option, allowed }) => say`${word(option)} needs a value: ${allowed}`,
    ko: ({ option, allowed }) => say`${word(option)}에 값이 필요합니다: ${allowed}`,
  }),
  missing_argument: bilingual({
    en: ({ argument }) => say`The ${argumentNames.en[argument] ?? argument} is missing.`,
    ko: ({ argument }) => say`필요한 항목이 빠졌습니다: ${argumentNames.ko[argument] ?? argument}`,
  }),
  too_many_words: bilingual({
    en: ({ word: typedWord }) =>
      say`${word(typedWord)} is one word too many. Put a reason in quotes: ${code('--reason "…"')}`,
    ko: ({ word: typedWord }) =>
      say`${word(typedWord)}${josa(typedWord, '은는')} 이해할 수 없는 단어입니다. 사유는 따옴표로 묶어 주십시오: ${code('--reason "…"')}`,
  }),
  ambiguous_command: bilingual({
    en: ({ word: typedWord, service }) =>
      say`${word(typedWord)} may mean two things: ${word('roll')} replaces the instances${of(service)} with the template’s newest version; ${word('update-image')} moves the template to the newest image and replaces none. Which one?`,
    ko: ({ word: typedWord, service }) =>
      say`${word(typedWord)}${josa(typedWord, '은는')} 두 가지로 해석됩니다. ${word('roll')}: ${service === undefined ? nothing : say`${word(service)}의 `}인스턴스를 시작 템플릿의 최신 버전으로 교체합니다. ${word('update-image')}: 시작 템플릿만 최신 이미지로 바꾸고 인스턴스는 교체하지 않습니다. 원하는 작업을 선택해 주십시오.`,
  }),
  open_quote: bilingual({
    en: () => words('A quotation mark was opened but not closed.'),
    ko: () => words('따옴표가 닫히지 않았습니다.'),
  }),
}

/** What a person calls an argument; without an entry it is called by its own name. */
const argumentNames: Readonly<Record<'en' | 'ko', Readonly<Record<string, string>>>> = {
  en: {
    operation: 'id of the operation',
    desired: 'desired capacity (desired=…)',
    start: 'time of the start',
    event: 'id of the event',
  },
  ko: {
    service: '서비스',
    version: '버전',
    operation: '작업 ID',
    reason: '사유',
    desired: '원하는 용량(desired=…)',
    start: '시작 시각',
    event: '일정 ID',
  },
}

const text = bilingual({
  en: {
    usage: 'Usage',
    run: (line: string) => `Run ${line}`,
    help: 'Help',
    choices: {
      roll: (service: string | undefined) => `Roll ${service ?? 'a service'}`,
      'update-image': (service: string | undefined) => `Update ${service ?? 'a service'}'s image`,
    },
  },
  ko: {
    usage: '사용법',
    run: (line: string) => `${line} 실행`,
    help: '도움말',
    choices: {
      roll: (service: string | undefined) => `${service ?? ''} 인스턴스 교체`.trim(),
      'update-image': (service: string | undefined) => `${service ?? ''} 이미지 갱신`.trim(),
    },
  },
})

/** What a word may mean, as buttons. */
const choiceButtons = (wrong: ParseError, language: Language): readonly ButtonSpec[] =>
  wrong.code === 'ambiguous_command'
    ? wrong.choices.map(({ name, line }) => ({
        verb: 'run_command',
        key: name,
        label: text[language].choices[name](wrong.service),
        value: { line },
      }))
    : []

export interface ParseErrorFacts extends Locale {
  readonly parseError: ParseError
  /** A line that would have been understood. */
  readonly suggestion?: string
  readonly usage?: string
}

/** What the union's members cannot tell the compiler: the sentence belongs to this very parse error. */
export const sentence = (wrong: ParseError, language: Language): Phrase => {
  const tell: (wrong: never) => Phrase = parseErrors[wrong.code][language]
  return tell(wrong as never)
}

/** The answer to a line that was not understood: what was wrong, and the nearest line with a button that runs it. */
export function parseErrorMessage(facts: ParseErrorFacts): Message {
  const { parseError, suggestion, usage, language } = facts
  const copy = text[language]
  const content = lines(
    say`🤔 ${sentence(parseError, language)}`,
    suggestion === undefined ? nothing : say`→ ${code(slashCommandText(suggestion, facts))}`,
    usage === undefined ? nothing : say`${copy.usage}: ${code(slashCommandText(usage, facts))}`,
  )
  return message(content, [
    section(content),
    actions([
      ...choiceButtons(parseError, language),
      ...(suggestion !== undefined && suggestion.length <= 1_500
        ? [
            {
              verb: 'run_command',
              label: copy.run(slashCommandText(suggestion, facts)),
              value: { line: suggestion },
              style: 'primary',
            } as const,
          ]
        : []),
      { verb: 'run_command', key: 'help', label: copy.help, value: { line: 'help' } },
    ]),
  ])
}
