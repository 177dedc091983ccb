import type { Operation, OperationId } from '../domain/operation'
import type { Milliseconds } from '../domain/time'
import type { Wait } from '../domain/verdict'
import type { Voice } from './language'

/** What a button `Roll back` would do, while it is possible. */
export interface RollbackOffer {
  /** The version it goes back to, as people call it. */
  readonly to: string
  readonly expected: Milliseconds
}

/** All that the message of an operation tells. What is left out is not said. */
export interface OperationFacts extends Voice {
  readonly operation: Operation
  /** Where it stands in its service's line: how many are before it, and the one right before. */
  readonly line?: { readonly place: number; readonly behind?: OperationId }
  /** What it waits for, as the gates say. */
  readonly wait?: Wait
  readonly rollback?: RollbackOffer
  /** The rollback of this operation, under way or done, and who asked for it. */
  readonly undone?: { readonly operation: OperationId; readonly by: string }
  /** Whether new deploys of the service wait for a person's word now. */
  readonly frozen?: boolean
  /** Number of the template version that the fleet moves to, once it is known. */
  readonly targetVersion?: number
  /** How tasks are shown: as a `plan` block (default), or as plain sections for clients that lack it. */
  readonly tasks?: 'plan' | 'sections'
}
