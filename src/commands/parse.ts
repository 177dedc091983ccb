import { isPolite, readOperation, serviceNamed, unknownService } from './arguments'
import { ambiguityOf } from './ambiguous'
import { normalise } from './normalise'
import { optionWords, takeOptions } from './options'
import { parsed, parseFailure, type Failure, type Fix, type Outcome, type Spec } from './spec'
import { joinPhrases, nearestVerb, verbOf } from './verbs'
import { bareWord, isQuestion, joinPairs, wordsOf, writeWord, type Word } from './words'
import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Parsed } from '../domain/interaction/command'

/** Slack sends at most some 4,000 characters with a command; what is longer is no command. */
const maxLength = 4_000
/** Most mistakes of one command text that are corrected to suggest what was meant. */
const maxFixes = 4

/**
 * Understands one line of chat as a command on the services of the catalogue. Never throws. What cannot be
 * understood says why, and where something near is known, gives in `meant` a whole line that can be.
 */
export function parseLine(text: string, catalogue: Catalogue): Parsed {
  if (text.length > maxLength) {
    // Cut off it could say something else.
    return parseFailure({ code: 'too_many_words', word: `${text.slice(maxLength, maxLength + 20)}…` })
  }
  return parse(normalise(text), catalogue, maxFixes)
}

const parse = (text: string, catalogue: Catalogue, fixesLeft: number): Parsed => {
  const typed = wordsOf(text)
  if (!typed) return failed(parseFailure({ code: 'open_quote' }), `${text}"`, catalogue, fixesLeft)
  const raw = joinPairs(typed, optionWords)
  const words = joinPhrases(withoutAddress(raw), catalogue)
  const asked = ambiguityOf(words, catalogue, (line) => fixesLeft > 0 && parse(line, catalogue, 0).ok)
  if (asked) return { ok: false, parseError: asked }
  const { outcome, spec } = recognise(words, catalogue)
  if (outcome.ok) return outcome
  const candidate = outcome.fix && applyFix(words, outcome.fix)
  // What changes something is never offered with a word less: the word may have been the one that mattered.
  const shortened = outcome.fix?.by.length === 0 && spec?.changes
  return failed(outcome, shortened ? undefined : candidate, catalogue, fixesLeft, spec)
}

const failed = (
  { parseError }: Failure,
  candidate: string | undefined,
  catalogue: Catalogue,
  fixesLeft: number,
  spec?: Spec,
): Parsed => {
  const again = candidate && fixesLeft > 0 ? parse(candidate, catalogue, fixesLeft - 1) : undefined
  const suggestion = again?.ok ? candidate : again?.suggestion
  return { ok: false, parseError, ...(suggestion && { suggestion }), ...(spec && { usage: spec.usage }) }
}

/** Leaves out what comes before a command: its `/asg`, the bot's name, a please. */
const withoutAddress = (words: readonly Word[]): readonly Word[] => {
  const begin = words.findIndex(
    (word) =>
      word.quoted || !(isPolite(word) || /^(?:<@[UW][A-Z0-9]*>|\/[a-z][a-z0-9_-]*)$/i.test(word.text)),
  )
  return begin < 0 ? [] : words.slice(begin)
}

const applyFix = (words: readonly Word[], { word, by }: Fix): string =>
  words
    .flatMap((other) => (other === word ? by : other))
    .map(writeWord)
    .join(' ')

interface Recognised {
  readonly outcome: Outcome
  readonly spec?: Spec
}

const recognise = (words: readonly Word[], catalogue: Catalogue): Recognised => {
  const [first] = words
  if (!first) return { outcome: parsed({ name: 'form', known: {} }) }
  const spec = verbOf(first)
  if (spec) return { outcome: parseCommand(spec, words, first, catalogue), spec }
  return verbLater(words, catalogue) ?? { outcome: withoutVerb(first, words, catalogue) }
}

/**
 * The command may stand behind its service, as in Korean (`web에 v2 배포`): where the line begins with a service,
 * or where it is wholly understood that way.
 */
const verbLater = (words: readonly Word[], catalogue: Catalogue): Recognised | undefined => {
  const verbs = words.filter(
    (word) => verbOf(word) !== undefined && serviceNamed(word, catalogue) === undefined,
  )
  const [verb] = verbs
  const spec = verb && verbOf(verb)
  const [first] = words
  if (!spec || !first || verbs.length > 1) return undefined
  if (!words.some((word) => !word.quoted && isAbout(word, catalogue))) return undefined
  const outcome = parseCommand(spec, words, verb, catalogue)
  return outcome.ok || isAbout(first, catalogue) ? { outcome, spec } : undefined
}

/** Whether a word names a service, or an operation on one. */
const isAbout = (word: Word, catalogue: Catalogue): boolean =>
  serviceNamed(word, catalogue) !== undefined || readOperation(word, catalogue).ok

/** No command at all: a service alone asks how it is; with a version it is asked whether to deploy. */
const withoutVerb = (first: Word, words: readonly Word[], catalogue: Catalogue): Outcome => {
  const service = first.quoted ? undefined : serviceNamed(first, catalogue)
  if (service !== undefined && words.length === 1) return parsed({ name: 'status', service })
  const suggestion = service === undefined ? nearestVerb(first) : undefined
  if (suggestion) {
    return parseFailure(
      { code: 'unknown_command', word: first.text, nearest: suggestion },
      { word: first, by: [bareWord(suggestion)] },
    )
  }
  const near = first.quoted ? undefined : unknownService(first, catalogue).fix
  const likelyFix = service === undefined ? near : { word: first, by: [bareWord('deploy'), first] }
  return parseFailure({ code: 'unknown_command', word: first.text }, likelyFix)
}

const parseCommand = (spec: Spec, typed: readonly Word[], verb: Word, catalogue: Catalogue): Outcome => {
  const words = typed.filter((word) => word !== verb && (word.text !== '?' || word.quoted))
  const asksHelp = words.some((word) => !word.quoted && /^(?:--help|-h|-\?)$/i.test(word.text))
  if (asksHelp) return parsed({ name: 'help', topic: spec.name })
  const extracted = takeOptions(words, spec.options, spec.minWords)
  if (!extracted.ok) return extracted
  // A question must not change anything: `deploy web v2?` is answered with the plan.
  const asks = spec.starts !== undefined && typed.some(isQuestion)
  const options = asks ? { ...extracted.options, 'dry-run': true as const } : extracted.options
  const outcome = spec.parse({ words: extracted.rest, options, catalogue })
  return outcome.ok && outcome.command.name === 'help'
    ? helpOn(outcome.command.topic, extracted.rest)
    : outcome
}

/** Help on a command by any of its names. */
const helpOn = (topic: string | undefined, words: readonly Word[]): Outcome => {
  if (topic === undefined) return parsed({ name: 'help' })
  const word = words.find((other) => other.text === topic) ?? bareWord(topic)
  const spec = verbOf(word)
  if (spec) return parsed({ name: 'help', topic: spec.name })
  const suggestion = nearestVerb(word)
  return parseFailure(
    { code: 'unknown_command', word: topic, ...(suggestion && { nearest: suggestion }) },
    suggestion ? { word, by: [bareWord(suggestion)] } : undefined,
  )
}
