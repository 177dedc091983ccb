import type { Json } from '../../domain/json'
import type { ReadRecord } from '../../domain/steps/records'
import type { Scope } from '../../domain/steps/step'
import type { Bilingual } from '../locale'
import { josa } from '../text/josa'
import { code, nothing, say, type Phrase } from '../text/phrase'

/** What a step recorded, read for its sentence: a blank that is not there is left out. */
export interface Recorded<S extends Scope = Scope> {
  readonly outcome: Phrase
  /** A field of what was chosen, e.g. `template.pin`. */
  field(path: string): string
  /** What became of a thing that was to be deleted; what stayed says why in the ending. */
  readonly fate: 'deleted' | 'failed' | 'kept'
  /** How many things a field of what was chosen lists. */
  count(name: string): number
  /** A part of the step's scope, as it stands in its key. */
  of(part: S): string
  /** The same, set as a name. */
  name(part: S): Phrase
}

export type Sentence<S extends Scope = Scope> = (step: Recorded<S>) => Phrase

type ScopeOf<Declared> = Declared extends { readonly scope: readonly (infer S extends Scope)[] } ? S : never

/** A sentence in every language for each visible step of a topic: one that is missing does not compile. */
export type Sentences<Topic> = {
  readonly [name in keyof Topic as Topic[name] extends { readonly visible: true } ? name : never]: Bilingual<
    Sentence<ScopeOf<Topic[name]>>
  >
}

const scalar = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

export const fateOf = ({ outcome }: ReadRecord['record']): Recorded['fate'] => {
  const told = JSON.stringify(outcome ?? {})
  if (told.includes('"deleted"')) return 'deleted'
  return told.includes('"failed"') ? 'failed' : 'kept'
}

export const recorded = ({ record, scope }: ReadRecord): Recorded => {
  const outcome = scalar(record.outcome)
  const of = (part: Scope) => scope[part] ?? ''
  return {
    of,
    name: (part) => (of(part) === '' ? nothing : code(of(part))),
    count: (name) => {
      const listed = (record.choice as { readonly [key: string]: Json | undefined } | undefined)?.[name]
      return Array.isArray(listed) ? listed.length : 0
    },
    outcome: outcome === '' ? nothing : code(outcome),
    fate: fateOf(record),
    field: (path) => {
      const found = path.split('.').reduce<Json | undefined>((value, name) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
        return (value as { readonly [key: string]: Json | undefined })[name]
      }, record.choice)
      return scalar(found)
    },
  }
}

/** A blank with the space before it; nothing where it is not known. */
export const name = (text: string): Phrase => (text === '' ? nothing : say` ${code(text)}`)
export const gap = (phrase: Phrase): Phrase => (phrase.length === 0 ? nothing : say` ${phrase}`)
/** A Korean blank with the particle of what it becomes. */
export const to = (text: string): Phrase => (text === '' ? nothing : say` ${text}${josa(text, '으로')}`)
