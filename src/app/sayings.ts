import type { Action, Service } from '../domain/catalogue'
import type { Parsed } from '../domain/command'
import type { Lock } from '../domain/lock'
import type { Operation, OperationId, Signal } from '../domain/operation'
import type { Plan } from '../domain/plan'
import type { Reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import type { OperationFacts } from '../messages/facts'
import type { Voice } from '../messages/language'
import type { Form, Home, Message } from '../ports/chat'
import type { FormValues } from '../ports/inbox'
import type { ServiceNow, VersionsNow } from './questions'

/** What happens on a service besides its fleet, from the journal and the locks. */
export interface ServiceAffairs {
  readonly service: Service
  /** As AWS tells it; absent when no worker answered. */
  readonly now?: ServiceNow
  /** Unfinished operations, the owner of the service first. */
  readonly operations: readonly Operation[]
  readonly locks: readonly Lock[]
  /** The newest that ended. */
  readonly last?: Operation
}

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

/** Everything that the gateway says besides operations' messages: facts and a voice in, Block Kit out. */
export interface Sayings {
  misunderstood(
    facts: { readonly parsed: Extract<Parsed, { ok: false }>; readonly line: string },
    voice: Voice,
  ): Message
  refused(facts: { readonly reason: Reason; readonly service?: string }, voice: Voice): Message
  started(
    facts: {
      readonly operation: OperationId
      readonly request: Request
      readonly channel: string
      readonly before: number
    },
    voice: Voice,
  ): Message
  dryRun(facts: { readonly request: Request; readonly plan: Plan }, voice: Voice): Message
  locked(lock: Lock, voice: Voice): Message
  unlocked(facts: { readonly locks: readonly Lock[]; readonly by: string }, voice: Voice): Message
  heard(facts: { readonly kind: Signal['kind']; readonly operation: OperationId }, voice: Voice): Message
  help(facts: { readonly topic?: string }, voice: Voice): Message
  status(
    facts: { readonly services: readonly ServiceAffairs[]; readonly unanswered: boolean },
    voice: Voice,
  ): Message
  history(
    facts: { readonly service?: string; readonly operations: readonly Operation[] },
    voice: Voice,
  ): Message
  operation(facts: OperationFacts): Message
  nothingRuns(facts: { readonly service: string }, voice: Voice): Message
  storeDown(voice: Voice): Message
  workerSilent(voice: Voice): Message
  surprise(voice: Voice): Message
  form(facts: FormFacts, voice: Voice): Form
  loading(facts: { readonly form?: Action }, voice: Voice): Form
  /** A line of chat out of what was filled in, or sentences by block. */
  read(
    form: string,
    values: FormValues,
    voice: Voice,
  ): { readonly line: string } | { readonly errors: Readonly<Record<string, string>> }
  home(
    facts: {
      readonly services: readonly ServiceAffairs[]
      readonly history: readonly Operation[]
      readonly unanswered: boolean
    },
    voice: Voice,
  ): Home
}
