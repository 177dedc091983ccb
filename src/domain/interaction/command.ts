import type { Action } from '../access/action'
import type { AtWindow } from '../windows/at-window'
import type { ProcedureName, Request } from '../operation/request'
import type { Milliseconds } from '../time/time'
import type { OperationId } from '../operation/id'

/** A plan as it was on the screen. */
export interface ShownPlan {
  readonly operation: OperationId
  readonly fingerprint: string
}

/** One understood line of chat: the closed union that `commands/` parses to and `gateway/dispatch` acts on. */
export type Command =
  | {
      readonly name: ProcedureName
      readonly request: Request
      readonly why?: string
      readonly atWindow?: AtWindow
      /** Show the plan, change nothing. */
      readonly dryRun: boolean
    }
  | { readonly name: 'status'; readonly service?: string }
  | {
      readonly name: 'history'
      readonly service?: string
      /** A span back from now, or a day. */
      readonly since?: string
      readonly until?: string
      /** The record itself, in this form. */
      readonly as?: 'csv' | 'json'
    }
  | { readonly name: 'schedules'; readonly service?: string }
  | { readonly name: 'windows'; readonly service?: string }
  | { readonly name: 'handover'; readonly service?: string }
  | { readonly name: 'stats'; readonly service?: string }
  | { readonly name: 'images'; readonly service: string }
  | { readonly name: 'show'; readonly operation: OperationId }
  | { readonly name: 'help'; readonly topic?: string }
  | {
      readonly name: 'lock'
      readonly service: string
      readonly why: string
      readonly duration?: Milliseconds
    }
  | { readonly name: 'unlock'; readonly service: string }
  | {
      readonly name: 'cancel'
      /** A service's name or an operation's id. */
      readonly target: string
    }
  | { readonly name: 'approve'; readonly operation: OperationId }
  | {
      readonly name: 'form'
      /** The command whose form opens; absent for `/asg` alone. */
      readonly form?: Action
      /** What was already said. */
      readonly known: {
        readonly service?: string
        readonly version?: string
        readonly event?: OperationId
        /** The plan that is to be confirmed by typing the service's name. */
        readonly confirms?: ShownPlan
        /** The line of chat that a closed window holds. */
        readonly line?: string
      }
    }

/** Why a line of chat could not be understood, as a value; the sentence is in `messages/`. */
export type ParseError =
  | { readonly code: 'unknown_command'; readonly word: string; readonly nearest?: string }
  | {
      readonly code: 'unknown_service'
      readonly word: string
      readonly nearest?: string
      readonly known: readonly string[]
    }
  | {
      readonly code: 'unknown_option'
      readonly word: string
      readonly nearest?: string
      readonly known: readonly string[]
    }
  | { readonly code: 'bad_value'; readonly option: string; readonly value: string; readonly allowed: string }
  | { readonly code: 'weights_unfit'; readonly service: string; readonly strategy: string }
  | { readonly code: 'missing_value'; readonly option: string; readonly allowed: string }
  | { readonly code: 'missing_argument'; readonly argument: string }
  | { readonly code: 'too_many_words'; readonly word: string }
  | { readonly code: 'open_quote' }
  /** A word that may mean several commands: each with the whole line that it would be. */
  | {
      readonly code: 'ambiguous_command'
      readonly word: string
      readonly service?: string
      readonly choices: readonly { readonly name: 'roll' | 'update-image'; readonly line: string }[]
    }

/** The outcome of parsing: a command, or what was wrong and, where one is near, the whole line that was meant. */
export type Parsed =
  | { readonly ok: true; readonly command: Command }
  | {
      readonly ok: false
      readonly parseError: ParseError
      /** A line that would have been understood, for a button that runs it. */
      readonly suggestion?: string
      /** Usage of the command that was recognised. */
      readonly usage?: string
    }
