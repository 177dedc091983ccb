import { isPolite, readOperation, serviceNamed, unknownService } from './arguments'
import { normalise } from './normalise'
import { takeOptions } from './options'
import { understood, misunderstood, type Failure, type Fix, type Outcome, type Spec } from './shape'
import { joinPhrases, nearestVerb, verbOf } from './verbs'
import { bareWord, isQuestion, wordsOf, writeWord, type Word } from './words'
import type { Catalogue } from '../domain/catalogue'
import type { Parsed } from '../domain/command'

/** Slack sends at most some 4,000 characters with a command; what is longer is no command. */
const longest = 4_000
/** Most mistakes of one line that are mended to guess what was meant. */
const mends = 4

/**
 * Understands one line of chat as a command on the services of the catalogue. Never throws. What cannot be
 * understood says why, and where something near is known, gives in `meant` a whole line that can be.
 */
export function parseLine(text: string, catalogue: Catalogue): Parsed {
  if (text.length > longest) {
    // Cut off it could say something else.
    return misunderstood({ code: 'too_many_words', word: `${text.slice(longest, longest + 20)}…` })
  }
  return parse(normalise(text), catalogue, mends)
}

const parse = (line: string, catalogue: Catalogue, mendsLeft: number): Parsed => {
  const raw = wordsOf(line)
  if (!raw) return failed(misunderstood({ code: 'open_quote' }), `${line}"`, catalogue, mendsLeft)
  const words = joinPhrases(withoutAddress(raw), catalogue)
  const { outcome, spec } = understand(words, catalogue)
  if (outcome.ok) return outcome
  const candidate = outcome.fix && mended(words, outcome.fix)
  // What changes something is never offered with a word less: the word may have been the one that mattered.
  const shortened = outcome.fix?.by.length === 0 && spec?.changes
  return failed(outcome, shortened ? undefined : candidate, catalogue, mendsLeft, spec)
}

const failed = (
  { misunderstanding }: Failure,
  candidate: string | undefined,
  catalogue: Catalogue,
  mendsLeft: number,
  spec?: Spec,
): Parsed => {
  const again = candidate && mendsLeft > 0 ? parse(candidate, catalogue, mendsLeft - 1) : undefined
  const meant = again?.ok ? candidate : again?.meant
  return { ok: false, misunderstanding, ...(meant && { meant }), ...(spec && { usage: spec.usage }) }
}

/** Leaves out what comes before a command: its `/asg`, the bot's name, a please. */
const withoutAddress = (words: readonly Word[]): readonly Word[] => {
  const begin = words.findIndex(
    (word) =>
      word.quoted || !(isPolite(word) || /^(?:<@[UW][A-Z0-9]*>|\/[a-z][a-z0-9_-]*)$/i.test(word.text)),
  )
  return begin < 0 ? [] : words.slice(begin)
}

const mended = (words: readonly Word[], { word, by }: Fix): string =>
  words
    .flatMap((other) => (other === word ? by : other))
    .map(writeWord)
    .join(' ')

interface Understanding {
  readonly outcome: Outcome
  readonly spec?: Spec
}

const understand = (words: readonly Word[], catalogue: Catalogue): Understanding => {
  const [first] = words
  if (!first) return { outcome: understood({ name: 'form', known: {} }) }
  const spec = verbOf(first)
  if (spec) return { outcome: carryOut(spec, words, first, catalogue), spec }
  return verbLater(words, catalogue) ?? { outcome: withoutVerb(first, words, catalogue) }
}

/**
 * The command may stand behind its service, as in Korean (`web에 v2 배포`): where the line begins with a service,
 * or where it is wholly understood that way.
 */
const verbLater = (words: readonly Word[], catalogue: Catalogue): Understanding | undefined => {
  const verbs = words.filter(
    (word) => verbOf(word) !== undefined && serviceNamed(word, catalogue) === undefined,
  )
  const [verb] = verbs
  const spec = verb && verbOf(verb)
  const [first] = words
  if (!spec || !first || verbs.length > 1) return undefined
  if (!words.some((word) => !word.quoted && isAbout(word, catalogue))) return undefined
  const outcome = carryOut(spec, words, verb, catalogue)
  return outcome.ok || isAbout(first, catalogue) ? { outcome, spec } : undefined
}

/** Whether a word names a service, or an operation on one. */
const isAbout = (word: Word, catalogue: Catalogue): boolean =>
  serviceNamed(word, catalogue) !== undefined || readOperation(word, catalogue).ok

/** No command at all: a service alone asks how it is; with a version it is asked whether to deploy. */
const withoutVerb = (first: Word, words: readonly Word[], catalogue: Catalogue): Outcome => {
  const service = first.quoted ? undefined : serviceNamed(first, catalogue)
  if (service !== undefined && words.length === 1) return understood({ name: 'status', service })
  const meant = service === undefined ? nearestVerb(first) : undefined
  if (meant) {
    return misunderstood(
      { code: 'unknown_command', word: first.text, nearest: meant },
      { word: first, by: [bareWord(meant)] },
    )
  }
  const near = first.quoted ? undefined : unknownService(first, catalogue).fix
  const guess = service === undefined ? near : { word: first, by: [bareWord('deploy'), first] }
  return misunderstood({ code: 'unknown_command', word: first.text }, guess)
}

const carryOut = (spec: Spec, said: readonly Word[], verb: Word, catalogue: Catalogue): Outcome => {
  const words = said.filter((word) => word !== verb && (word.text !== '?' || word.quoted))
  const asksHelp = words.some((word) => !word.quoted && /^(?:--help|-h|-\?)$/i.test(word.text))
  if (asksHelp) return understood({ name: 'help', topic: spec.name })
  const taken = takeOptions(words, spec.options, spec.least)
  if (!taken.ok) return taken
  // A question must not change anything: `deploy web v2?` is answered with the plan.
  const asks = spec.starts !== undefined && said.some(isQuestion)
  const options = asks ? { ...taken.options, 'dry-run': true as const } : taken.options
  const outcome = spec.parse({ words: taken.rest, options, catalogue })
  return outcome.ok && outcome.command.name === 'help' ? helpOn(outcome.command.topic, taken.rest) : outcome
}

/** Help on a command by any of its names. */
const helpOn = (topic: string | undefined, words: readonly Word[]): Outcome => {
  if (topic === undefined) return understood({ name: 'help' })
  const word = words.find((other) => other.text === topic) ?? bareWord(topic)
  const spec = verbOf(word)
  if (spec) return understood({ name: 'help', topic: spec.name })
  const meant = nearestVerb(word)
  return misunderstood(
    { code: 'unknown_command', word: topic, ...(meant && { nearest: meant }) },
    meant ? { word, by: [bareWord(meant)] } : undefined,
  )
}
