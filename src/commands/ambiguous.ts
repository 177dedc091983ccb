import type { Catalogue } from '../domain/catalogue/catalogue'
import type { ParseError } from '../domain/interaction/command'
import { serviceNamed } from './arguments'
import { verbOf } from './verbs'
import { bareWord, type Word, writeWord } from './words'

/**
 * AWS's own word for replacing instances was this bot's for moving the template to the newest image. Whoever says it may
 * mean either, so nothing is guessed: it is asked.
 */
const ambiguous: ReadonlySet<string> = new Set(['refresh', '갱신', '새로고침', '리프레시'])
const meanings = ['roll', 'update-image'] as const

const isAmbiguous = (word: Word, catalogue: Catalogue): boolean =>
  !word.quoted &&
  ambiguous.has(word.text.toLowerCase().replace(/(?<=갱신|새로고침|리프레시)(?:해|해줘|해주세요)$/u, '')) &&
  serviceNamed(word, catalogue) === undefined

/**
 * The question that a line asks back: its first word, or the one behind a service as in Korean, may mean several
 * commands. `understood` tells whether a line is one of them whole. Undefined where nothing is ambiguous.
 */
export const ambiguityOf = (
  words: readonly Word[],
  catalogue: Catalogue,
  understood: (line: string) => boolean,
): Extract<ParseError, { code: 'ambiguous_command' }> | undefined => {
  const [first] = words
  if (
    !first ||
    words.some((word) => verbOf(word) !== undefined && serviceNamed(word, catalogue) === undefined)
  )
    return undefined
  const behind = serviceNamed(first, catalogue) === undefined ? undefined : words.slice(1)
  const word = [first, ...(behind ?? [])].find((one) => isAmbiguous(one, catalogue))
  if (!word) return undefined
  const service = words.map((one) => serviceNamed(one, catalogue)).find((name) => name !== undefined)
  const choices = meanings
    .map((name) => ({
      name,
      line: [bareWord(name), ...words.filter((one) => one !== word)].map(writeWord).join(' '),
    }))
    .filter(({ line }) => understood(line))
  if (choices.length === 0) return undefined
  return { code: 'ambiguous_command', word: word.text, ...(service !== undefined && { service }), choices }
}
