import type { FleetSnapshot } from '../fleet/fleet'
import type { Json } from '../json'
import type { AtWindow } from '../windows/at-window'
import type { Person } from '../access/person'
import type { Plan } from './plan'
import type { Reason } from '../reasons/reason'
import type { Request } from './request'
import type { Instant } from '../time/time'
import type { OperationId } from './id'
import type { EndingKind, Phase } from './phase'

export interface Ending {
  readonly kind: EndingKind
  readonly at: Instant
  /** Absent only for `succeeded`. */
  readonly reason?: Reason
  /** What is left in AWS and for whom, in words that name the things; empty when nothing is. */
  readonly left: readonly Reason[]
}

/** One named step or wait of a procedure, as the journal holds it. */
export interface StepRecord {
  /** The key of a declared step (`steps/`), unique within the operation. */
  readonly key: string
  /** Rises by one with each new step: the order of the log. */
  readonly order: number
  readonly state: 'intended' | 'waiting' | 'done' | 'failed'
  readonly startedAt: Instant
  readonly endedAt?: Instant
  /** Names, tokens and values fixed before the first call. */
  readonly choice?: Json
  readonly outcome?: Json
  readonly failure?: Reason
  /** When an act was tried anew; the first try follows the intent at once. */
  readonly asked?: Instant
  /** The last try surely did nothing, so the next one need not wait to be sure. */
  readonly clear?: boolean
  /** When a wait gives up, where somebody looks all the time until then. */
  readonly deadline?: Instant
  /** When it was looked at last, as far as it is written down. */
  readonly lookedAt?: Instant
  /** For how long nobody looked at it altogether, in milliseconds: no deadline counts that time. */
  readonly unobserved?: number
  /** For how long it was looked at in vain, because nobody looked afterwards, in milliseconds: no deadline counts that either. */
  readonly lost?: number
  /** Nobody has looked since the look before the last one that was answered. */
  readonly gap?: boolean
  /** Since when AWS has given no answer. */
  readonly unansweredSince?: Instant
  /** The call that AWS does not answer, or takes from nobody, for people. */
  readonly unanswered?: Unanswered
  /** What the wait last saw, for people. */
  readonly progress?: Progress
  /** The calls by which it changed something in AWS, as far as their answers came. */
  readonly calls?: readonly ChangingCall[]
}

/** A call that was to change something in AWS, by what AWS's own log (CloudTrail) has of it. */
export interface ChangingCall {
  readonly action: string
  /** AWS's id of the request. */
  readonly request: string
  /** AWS's code, where it did not do it. */
  readonly error?: string
}

/** A call that AWS does not answer, or takes from nobody, while it is made again and again. */
export interface Unanswered {
  readonly action: string
  /** The wire's error code, or what stands in its place where there is none. */
  readonly awsCode: string
  /** AWS's own words, where it said any. */
  readonly aws?: string
  readonly since: Instant
  /** It is a change, and not a look. */
  readonly changing?: true
  /** It lasts long enough for people to be told. */
  readonly told?: true
}

/** What a wait is at, for people. */
export interface Progress {
  /** 0 to 100 where it can be known. */
  readonly percent?: number
  /** A short fact in AWS's words or ours, already safe to show. */
  readonly detail?: string
}

/** What people say to an operation that already runs. Recorded once per `id`. */
export interface Signal {
  /** Unique per click or command, so that a repeated delivery says it once. */
  readonly id: string
  readonly kind: 'cancel' | 'approve' | 'decline' | 'confirm' | 'dismiss' | 'go back' | 'go on'
  readonly by: Person
  readonly at: Instant
  /** The plan's fingerprint that was shown when it was clicked. */
  readonly fingerprint?: string
}

/** An operation as the journal holds it: the truth. */
export interface Operation {
  readonly id: OperationId
  readonly request: Request
  readonly requester: Person
  readonly channel: string
  readonly why?: string
  /** What it does about a closed window. */
  readonly atWindow?: AtWindow
  readonly createdAt: Instant
  readonly phase: Phase
  /** When the service became its own and the first step ran. */
  readonly startedAt?: Instant
  readonly plan?: Plan
  readonly steps: readonly StepRecord[]
  readonly signals: readonly Signal[]
  readonly fleet?: FleetSnapshot
  readonly ending?: Ending
  /** Why it waits or what was found on the way; shown, never acted on. */
  readonly notes: readonly Reason[]
  /** Fencing token: rises with every tick that acquires the lease. */
  readonly fence: number
  /** Rises with every write: what the notifier compares. */
  readonly revision: number
}

/** What an operation needs to be created. */
export type NewOperation = Pick<Operation, 'id' | 'request' | 'requester' | 'channel' | 'createdAt'> & {
  readonly why?: string
  readonly atWindow?: AtWindow
}
