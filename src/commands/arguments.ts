import { defined } from '../domain/defined'
import { nearest } from '../domain/interaction/nearest'
import type { Catalogue } from '../domain/catalogue/catalogue'
import { badValue, parseFailure, type Failure } from './spec'
import { bareWord, type Word } from './words'
import { isOperationId, serviceOf } from '../domain/operation/id'

/** Words that say nothing a command needs; a service of that name is still a service. */
const fillers = new Set(
  (
    'the a an to on in onto into at of for version service now please pls operation deployment ' +
    '좀 지금 제발 해줘 해주세요 버전 서비스 을 를 로 으로 에 의'
  ).split(' '),
)
/** Korean particles behind a name in ASCII: `web에 v2를`. */
const particle = /(?<=[\x21-\x7e])(?:에서|에다|에게|으로|까지|부터|에|로|을|를|의|은|는|이|가|도|만|좀)$/u

/** The word without a Korean particle behind it, and without the sign of a channel before it. */
export const stem = (word: Word): string =>
  word.quoted ? word.text : word.text.replace(particle, '').replace(/^#(?=.)/u, '')

const services = (catalogue: Catalogue): readonly string[] => [...catalogue.services.keys()]

/** The service that a word names, whatever its letter case. */
export const serviceNamed = (word: Word, catalogue: Catalogue): string | undefined => {
  const name = stem(word).toLowerCase()
  return catalogue.services.has(name) ? name : undefined
}

/** Words that only make a request polite, before the command itself. */
export const isPolite = (word: Word): boolean =>
  !word.quoted && ['please', 'pls', 'plz', 'hey', 'hi', '제발', '저기'].includes(word.text.toLowerCase())

/** The words that matter, fillers left out. */
export const essential = (words: readonly Word[], catalogue: Catalogue): readonly Word[] =>
  words.filter(
    (word) =>
      word.quoted || !fillers.has(word.text.toLowerCase()) || serviceNamed(word, catalogue) !== undefined,
  )

export const unknownService = (word: Word, catalogue: Catalogue): Failure => {
  const known = services(catalogue)
  const suggestion = nearest(stem(word), known)
  return parseFailure(
    { code: 'unknown_service', word: stem(word), ...(suggestion && { nearest: suggestion }), known },
    suggestion ? { word, by: [bareWord(suggestion)] } : undefined,
  )
}

export const tooManyWords = (word: Word): Failure => parseFailure({ code: 'too_many_words', word: word.text })

/** Whether a word rather looks like a version than like a mistyped service. */
const looksLikeVersion = (word: Word): boolean => /\d/.test(word.text) && !/^[<#]/.test(word.text)

/**
 * Finds the service among words that may stand in any order, and gives the other words. Where no word names one,
 * the word that is nearest to a service is taken for it, and then the first that does not look like a version.
 */
export function takeService(
  words: readonly Word[],
  catalogue: Catalogue,
): { readonly ok: true; readonly service?: string; readonly others: readonly Word[] } | Failure {
  const named = words.find((word) => serviceNamed(word, catalogue) !== undefined)
  if (named) {
    const service = serviceNamed(named, catalogue)
    return { ok: true, ...(service && { service }), others: words.filter((word) => word !== named) }
  }
  const near = words.find((word) => nearest(stem(word), services(catalogue)) !== undefined)
  const suspect = near ?? words.find((word) => !looksLikeVersion(word)) ?? words[1]
  return suspect ? unknownService(suspect, catalogue) : { ok: true, others: words }
}

/** A service and at most one other word that matters, in any order. */
export function takeServiceAndWord(
  words: readonly Word[],
  catalogue: Catalogue,
): { readonly ok: true; readonly service?: string; readonly word?: Word } | Failure {
  const found = takeService(essential(words, catalogue), catalogue)
  if (!found.ok) return found
  const [word, extra] = found.others
  return extra ? tooManyWords(extra) : { ok: true, ...defined({ service: found.service, word }) }
}

/** Words of a time: all but the one that names what it is for, behind the days on which it is to be. */
export const timeWords = (words: readonly Word[], named: Word, every?: string): string =>
  [
    ...(every === undefined ? [] : [every]),
    ...words.filter((word) => word !== named).map(({ text }) => text),
  ].join(' ')

/** The one operation that a command names. */
export function takeOperation(
  words: readonly Word[],
  catalogue: Catalogue,
): { readonly ok: true; readonly word: Word } | Failure {
  const [word, extra] = essential(words, catalogue)
  if (!word) return parseFailure({ code: 'missing_argument', argument: 'operation' })
  return extra ? tooManyWords(extra) : { ok: true, word }
}

/** One optional service and nothing else, for commands that look. */
export function onlyService(
  words: readonly Word[],
  catalogue: Catalogue,
): { readonly ok: true; readonly service?: string } | Failure {
  const [first, second] = essential(words, catalogue)
  if (!first || isAll(first)) return second ? tooManyWords(second) : { ok: true }
  const service = serviceNamed(first, catalogue)
  if (service === undefined) return unknownService(first, catalogue)
  return second ? tooManyWords(second) : { ok: true, service }
}

/** Whether a word means all services. */
export const isAll = (word: Word): boolean =>
  !word.quoted && ['*', 'all', 'everything', '전체', '모두', '전부'].includes(word.text.toLowerCase())

const sample = (catalogue: Catalogue): string => `${services(catalogue)[0] ?? 'web'}-k7f3q`

/** The operation that a word names, by its id; a failure says what an id looks like. */
export function readOperation(
  word: Word,
  catalogue: Catalogue,
): { readonly ok: true; readonly id: string } | Failure {
  const id = stem(word).toLowerCase()
  const service = serviceOf(id)
  if (!isOperationId(id) || service === undefined) {
    return badValue('operation', word.text, sample(catalogue))
  }
  if (catalogue.services.has(service)) return { ok: true, id }
  const failure = unknownService(bareWord(service), catalogue)
  const suggestion = failure.fix?.by[0]?.text
  return parseFailure(
    failure.parseError,
    suggestion ? { word, by: [bareWord(`${suggestion}${id.slice(service.length)}`)] } : undefined,
  )
}
