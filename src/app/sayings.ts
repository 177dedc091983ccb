import type { Action, Service } from '../domain/catalogue'
import type { Operation } from '../domain/operation'
import type { Voice } from '../messages/language'
import type { ServiceStatus } from '../messages/status'
import type { Form, Home } from '../ports/chat'
import type { FormValues } from '../ports/inbox'
import type { VersionsNow } from './questions'

/** What a form was opened for, and what is known so far. */
export interface FormFacts {
  /** The command; absent for `/asg` alone. */
  readonly form?: Action
  readonly services: readonly Service[]
  readonly service?: string
  readonly version?: string
  /** Absent while they are being asked for, or when nobody answered. */
  readonly versions?: VersionsNow
  readonly unanswered?: boolean
  /** Where it was opened, to be remembered by the form. */
  readonly channel?: string
}

/** The forms and the Home. */
export interface Sayings {
  form(facts: FormFacts, voice: Voice): Form
  loading(facts: { readonly form?: Action }, voice: Voice): Form
  /** A line of chat out of what was filled in, or sentences by block. */
  read(
    form: string,
    values: FormValues,
    voice: Voice,
  ): { readonly line: string } | { readonly errors: Readonly<Record<string, string>> }
  home(
    facts: { readonly services: readonly ServiceStatus[]; readonly history: readonly Operation[] },
    voice: Voice,
  ): Home
}
