import type { Language } from '../domain/catalogue/catalogue'
import type { Instant } from '../domain/time/time'

export type { Language }

/** One thing said in every language. */
export type Bilingual<T> = { readonly [language in Language]: T }

/** A dictionary: English sets the shape, and a translation that lacks a word does not compile. */
export const bilingual = <T>(words: { readonly en: T; readonly ko: NoInfer<T> }): Bilingual<T> => words

/** What a person of Slack is called, where that is known: for text that Slack does not render. */
export type NameOf = (user: string) => string | undefined

/** For whom a message is written. */
export interface Locale {
  readonly language: Language
  /** IANA name of the zone that is printed beside the reader's own time. */
  readonly timezone: string
  /** Whether that zone is the reader's own, so that a time need not be said twice. */
  readonly ownZone?: boolean
  readonly now: Instant
  /** The slash command that people are told to type, with its slash; `/asg` when absent. */
  readonly command?: string
  readonly nameOf?: NameOf
}
