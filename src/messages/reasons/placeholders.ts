import { slashCommandText } from '../text/command-text'
import type { FactName, ReasonCode } from '../../domain/reasons/reason-facts'
import type { Reason } from '../../domain/reasons/reason'
import type { Bilingual, Locale } from '../locale'
import { josa } from '../text/josa'
import { moment } from '../text/moments'
import { duration, list } from '../text/numbers'
import { bold, code, joined, mention, nothing, say, words, type Phrase } from '../text/phrase'
import { honoredKo, subjectKo } from '../text/who'

type Particle = Parameters<typeof josa>[1]

/** What a reason says: what happened, and what to do about it. */
export interface ReasonText {
  readonly what: Phrase
  readonly todo?: Phrase
}
/** The sentence of every code in every language; a code without one does not compile. */
export type Sentences = {
  readonly [code in ReasonCode]: Bilingual<(fact: Placeholders<code>) => ReasonText>
}
/** Those of a topic. */
export type SomeSentences = Partial<Sentences>

/** The blanks of one reason's sentence. A fact that is not known never shows: `otherwise` is said, or nothing. */
export interface Placeholders<C extends ReasonCode> {
  has(name: FactName<C>): boolean
  is(name: FactName<C>, value: string | number | boolean): boolean
  text(name: FactName<C>, otherwise?: string): string
  number(name: FactName<C>): number | undefined
  /** A thing's name, set as code. */
  name(name: FactName<C>, otherwise: string): Phrase
  /** A noun and, where it is known, the name behind it; with the Korean particle that fits behind both. */
  noun(noun: string, name: FactName<C>, particle?: Particle): Phrase
  names(name: FactName<C>, otherwise?: string): Phrase
  /** The names themselves, for sentences that know their words. */
  items(name: FactName<C>): readonly string[]
  /** Sizes of a group in words; nothing where they are not known. */
  sizes(name: FactName<C>, words: (min: number, desired: number, max: number) => string): string
  person(name: FactName<C>, otherwise: string): Phrase
  /** The same in Korean, with the honorific and the particle. */
  honored(name: FactName<C>, otherwise: string, particle: Particle): Phrase
  span(name: FactName<C>): string
  when(name: FactName<C>): Phrase
  /** The name in parentheses, or after a colon; nothing where it is not known. */
  beside(name: FactName<C>): Phrase
  colon(name: FactName<C>): Phrase
  /** A line of chat to type, e.g. `unlock web`. */
  commandText(commandText: string): Phrase
  /** A clause that is said only when the fact is known. */
  known(name: FactName<C>, clause: () => Phrase): Phrase
  /** The people who may. */
  may(): Phrase
  nobody(): boolean
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : []

const scalar = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value))
    ? String(value)
    : undefined

const isSizes = (value: unknown): value is { min: number; desired: number; max: number } => {
  const found = (value ?? {}) as { readonly [name: string]: unknown }
  return ['min', 'desired', 'max'].every((name) => typeof found[name] === 'number')
}

const everyone = { en: 'everyone', ko: '모든 사용자' }
const nobody = { en: 'nobody yet', ko: '없음' }

/** More mentions than these would be a wall of names. */
const mostMentions = 6

const isNobody = (facts: Reason['facts']): boolean =>
  facts['everyone'] !== true && ['names', 'users', 'groups'].every((name) => texts(facts[name]).length === 0)

function allowedPeople(facts: Reason['facts'], locale: Locale): Phrase {
  if (facts['everyone'] === true) return words(everyone[locale.language])
  const names = texts(facts['names']).map((name) => bold(name))
  const people = [...texts(facts['users']), ...texts(facts['groups'])].slice(0, mostMentions).map(mention)
  if (names.length === 0 && people.length === 0) return words(nobody[locale.language])
  const mentions = joined(people, ', ')
  return names.length === 0
    ? mentions
    : [
        ...list(names, locale.language),
        ...(people.length > 0 ? [...words(' ('), ...mentions, ...words(')')] : []),
      ]
}

/** A person with the honorific, a machine as where something came from. */
const honored = (somebody: Phrase, particle: Particle): Phrase =>
  particle === '이가' ? subjectKo(somebody) : say`${honoredKo(somebody)}${josa('님', particle)}`

/** The facts of a reason, ready to be said. */
export function placeholders<C extends ReasonCode>(facts: Reason['facts'], locale: Locale): Placeholders<C> {
  const text = (name: string, otherwise = ''): string => scalar(facts[name]) ?? otherwise
  const number = (name: string): number | undefined => {
    const value = facts[name]
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
  const items = (name: string): readonly string[] => {
    const one = scalar(facts[name])
    return one === undefined ? texts(facts[name]) : [one]
  }
  const name = (name: string, otherwise: string): Phrase => {
    const known = scalar(facts[name])
    return known === undefined ? words(otherwise) : code(known)
  }
  const has = (name: string): boolean => items(name).length > 0 || isSizes(facts[name])
  return {
    has,
    is: (name, value) => facts[name] === value,
    text,
    number,
    name,
    noun: (noun, key, particle) => [
      ...words(has(key) ? `${noun} ` : noun),
      ...(has(key) ? name(key, '') : []),
      ...words(particle ? josa(text(key, noun), particle) : ''),
    ],
    names: (key, otherwise = '') =>
      has(key)
        ? list(
            items(key).map((item) => code(item)),
            locale.language,
            6,
          )
        : words(otherwise),
    items,
    sizes: (key, words) => {
      const found = facts[key]
      return isSizes(found) ? words(found.min, found.desired, found.max) : ''
    },
    person: (key, otherwise) => mention(text(key, otherwise)),
    honored: (key, otherwise, particle) =>
      has(key) ? honored(mention(text(key)), particle) : words(`${otherwise}${josa(otherwise, particle)}`),
    span: (key) => duration(number(key) ?? 0, locale.language),
    when: (key) => {
      const at = number(key)
      return at === undefined ? nothing : moment(at, locale)
    },
    beside: (key) =>
      has(key) ? [...words(locale.language === 'ko' ? '(' : ' ('), ...name(key, ''), ...words(')')] : nothing,
    colon: (key) => (has(key) ? [...words(': '), ...name(key, '')] : nothing),
    commandText: (commandText) => code(slashCommandText(commandText, locale)),
    known: (key, clause) => (has(key) ? clause() : nothing),
    may: () => allowedPeople(facts, locale),
    nobody: () => isNobody(facts),
  }
}
