import type { Action } from '../domain/access/action'
import type { Catalogue, Language } from '../domain/catalogue/catalogue'
import type { Strategy } from '../domain/catalogue/strategy'
import type { Command, ParseError } from '../domain/interaction/command'
import type { Milliseconds } from '../domain/time/time'
import type { ProcedureName } from '../domain/operation/request'
import type { Word } from './words'

/** A text in every language. */
type Localized = Readonly<Record<Language, string>>

/** The options that a line may carry, understood. */
export interface Options {
  readonly 'dry-run'?: true
  readonly reboot?: true
  readonly adopt?: true
  readonly images?: true
  readonly 'security-groups-by-id'?: true
  readonly reason?: string
  /** Why a closed window is overridden. */
  readonly override?: string
  readonly 'wait-for-window'?: true
  readonly strategy?: Strategy
  readonly from?: string
  readonly standby?: 'ignore' | 'terminate'
  /** Shares of the traffic in percent, one after the other. */
  readonly weights?: readonly number[]
  readonly for?: Milliseconds
  readonly desired?: number
  readonly min?: number
  readonly max?: number
  readonly name?: string
  /** On which days, in words that a time understands in front of it. */
  readonly every?: string
  readonly 'after-cooldown'?: true
  /** A span back from now, or a day. */
  readonly since?: string
  readonly until?: string
  readonly csv?: true
  readonly json?: true
}
export type OptionName = keyof Options

/** What a command's `parse` is given: the words after the command, options taken out. */
export interface ParseInput {
  readonly words: readonly Word[]
  readonly options: Options
  readonly catalogue: Catalogue
}

/** One change of the line that would make it understood: these words in place of one. */
export interface Fix {
  readonly word: Word
  readonly by: readonly Word[]
}
export interface Failure {
  readonly ok: false
  readonly parseError: ParseError
  readonly fix?: Fix
}
export type Outcome = { readonly ok: true; readonly command: Command } | Failure

/** On what a command wants its action permitted. */
export type Needed =
  /** On this service; `*` is all of them at once. */
  | { readonly action: Action; readonly service: string }
  /** On any service: it then shows what the person may see. */
  | { readonly action: Action; readonly service?: undefined }

/** All there is to know of a command. Adding one is one file with this and one line in `index.ts`. */
export interface Spec<C extends Command = Command> {
  readonly name: Action
  /** Other words for it, exact. Korean nouns are also understood with the endings that make verbs of them. */
  readonly synonyms: Readonly<Record<Language, readonly string[]>>
  readonly usage: string
  readonly summary: Localized
  readonly examples: Readonly<Record<Language, readonly string[]>>
  readonly options: readonly OptionName[]
  /** Words it cannot do without: a reason without quotes begins only after them. */
  readonly minWords: number
  /** Whether it changes anything; what does not passes every lock. */
  readonly changes: boolean
  /** The procedure that it starts. */
  readonly starts?: ProcedureName
  parse(input: ParseInput): Outcome
  /**
   * Which permission a parsed command wants. Dispatch asks for it; words to an operation that runs are decided at the
   * click (`domain/clicks.ts`), where it counts whose operation it is.
   */
  needs(command: C): Needed
}

/** A command that starts an operation. */
export type Starting = Extract<Command, { readonly request: unknown }>

export const parsed = (command: Command): Outcome => ({ ok: true, command })
export const parseFailure = (parseError: ParseError, fix?: Fix): Failure => ({
  ok: false,
  parseError,
  ...(fix && { fix }),
})

/** A value that cannot be meant, and which can. */
export const badValue = (option: string, value: string, allowed: string): Failure =>
  parseFailure({ code: 'bad_value', option, value, allowed })

/**
 * A command that lacks an argument opens its form with what is known. Where options were given it asks for the
 * argument instead: a form would forget them, and a forgotten `--dry-run` would change something.
 */
export const missingArgument = (argument: string, { options, ...form }: MissingArgumentForm): Outcome =>
  Object.keys(options).length > 0
    ? parseFailure({ code: 'missing_argument', argument })
    : parsed({ name: 'form', ...form })

interface MissingArgumentForm {
  readonly form: Action
  readonly known: Extract<Command, { readonly name: 'form' }>['known']
  readonly options: Options
}
