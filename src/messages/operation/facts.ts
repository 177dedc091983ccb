import type { Operation } from '../../domain/operation/operation'
import type { Price } from '../../domain/catalogue/catalogue'
import type { Reason } from '../../domain/reasons/reason'
import type { Instant, Milliseconds } from '../../domain/time/time'
import type { Wait } from '../../domain/access/verdict'
import type { Locale } from '../locale'
import type { OperationId } from '../../domain/operation/id'

/** What a button `Roll back` would do, while it is possible. */
export interface RollbackOffer {
  /** The version it goes back to, as people call it. */
  readonly to: string
  readonly expected: Milliseconds
}

/** The open window under a swap: its old color is kept, in Standby or at weight 0, and comes back warm. */
export interface WindowFacts {
  readonly until: Instant
  /** The color that is kept, and what it serves when it is back. */
  readonly color: string
  readonly version?: string
  readonly instances: number
  /** How many there are of each instance type. */
  readonly types: Readonly<Record<string, number>>
  /** Whether they run on at weight 0, instead of standing by. */
  readonly byWeights?: true
  /** By the hour, where the catalogue has a price for each type. */
  readonly cost?: Price
  /** Who kept it open longer last. */
  readonly extendedBy?: string
  /** Why it did not end by itself when its time was over. */
  readonly blockedBy?: Reason
}

/** All that the message of an operation tells. What is left out is not said. */
export interface OperationFacts extends Locale {
  readonly operation: Operation
  /** Where it stands in its service's queue: how many are before it, and the one right before. */
  readonly queue?: { readonly place: number; readonly behind?: OperationId }
  /** What it waits for, as the gates say. */
  readonly wait?: Wait
  readonly rollback?: RollbackOffer
  readonly window?: WindowFacts
  /** The rollback of this operation, under way or done, and who asked for it. */
  readonly rolledBack?: { readonly operation: OperationId; readonly by: string }
  /** The end of this swap's window, under way, and who asked for it. */
  readonly windowEnding?: { readonly operation: OperationId; readonly by: string }
  /** When an operation that started by itself and came to nothing is tried again. */
  readonly retryAt?: Instant
  /** Whom an operation that started by itself concerns. */
  readonly causedBy?: string
  /** What the message of the swap tells whose window is watched. */
  readonly watched?: OperationFacts
  /** Whether new deploys of the service wait for a person's word now. */
  readonly frozen?: boolean
  /** Number of the template version that the fleet moves to, once it is known. */
  readonly targetVersion?: number
  /** How tasks are shown: as a `plan` block (default), or as plain sections for clients that lack it. */
  readonly tasks?: 'plan' | 'sections'
}
