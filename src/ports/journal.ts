import type { Ending, NewOperation, Operation, Signal, StepRecord } from '../domain/operation/operation'
import type { FleetSnapshot } from '../domain/fleet/fleet'
import type { Plan } from '../domain/operation/plan'
import type { Reason } from '../domain/reasons/reason'
import type { Instant } from '../domain/time/time'
import { type OperationId, serviceOf } from '../domain/operation/id'
import type { Phase } from '../domain/operation/phase'
import { UnreadableRecord } from './failure'

/** One atomic, fenced write. Everything in it is recorded, or nothing. */
export interface Change {
  readonly phase?: Phase
  readonly plan?: Plan
  readonly startedAt?: Instant
  readonly step?: StepRecord
  readonly fleet?: FleetSnapshot
  readonly note?: Reason
  /** Joins the service's queue (first in, first out) unless already in it. */
  readonly join?: true
  /** Leaves the service's queue without ending. */
  readonly leave?: true
  /** Ends the operation: also leaves the queue, the set of unfinished ones, and enters the history. */
  readonly ending?: Ending
}

/** Operations that are there and can be read; rejects with UnreadableRecord for those of the service `whole` alone. */
export const readOperations = async (
  journal: Pick<Journal, 'read'>,
  ids: readonly OperationId[],
  whole?: string,
): Promise<readonly Operation[]> => {
  const read = await Promise.all(
    ids.map((id) =>
      journal.read(id).catch((error: unknown) => {
        if (error instanceof UnreadableRecord && serviceOf(id) !== whole) return undefined
        throw error
      }),
    ),
  )
  return read.filter((operation) => operation !== undefined)
}

/** The right to write to one operation, until a newer tick takes it. */
export interface Lease {
  readonly operation: OperationId
  readonly fence: number
}

/**
 * The truth about operations. All methods throw StoreUnavailable when it cannot be reached,
 * and writes under a lease throw Superseded when a newer tick has acquired it.
 */
export interface Journal {
  /**
   * Records a new operation and the delivery that asked for it, in one step. The same delivery a second
   * time (within 24 real hours) creates nothing and gives the operation of the first. Resolves only when it
   * is durable. The phase is `planning`, fence and revision are 0. An id that is taken is an Error.
   */
  create(
    operation: NewOperation,
    delivery: string,
  ): Promise<{ readonly id: OperationId; readonly created: boolean }>
  /** Rejects with UnreadableRecord, as `acquireLease` does. */
  read(id: OperationId): Promise<Operation | undefined>
  /** Raises the fencing token, so that older leases are Superseded, and gives what the journal holds; not a revision. */
  acquireLease(id: OperationId): Promise<{ readonly lease: Lease; readonly operation: Operation } | undefined>
  /**
   * Records the change, or nothing; an intent as durably as the store can promise, before it resolves. Gives the operation's place in its service's queue after the write (0 owns
   * the service; -1 is not in it) and, where it owned the service and left the queue, the `next` owner to wake.
   * Writing after the ending is the caller's mistake: Error.
   */
  write(lease: Lease, change: Change): Promise<{ readonly place: number; readonly next?: OperationId }>
  /** Says something to an operation, once per `signal.id`. */
  signal(id: OperationId, signal: Signal): Promise<'recorded' | 'already' | 'ended' | 'unknown'>
  /** Operations in a service's queue, the owner first. */
  queue(service: string): Promise<readonly OperationId[]>
  unfinished(): Promise<readonly OperationId[]>
  /** Ended operations of a service, newest first, whole: rejects with UnreadableRecord where one cannot be read. */
  history(service: string, limit: number): Promise<readonly Operation[]>
  /** The same without those that cannot be read, to be looked at; of all services when none is named. */
  readableHistory(service: string | undefined, limit: number): Promise<readonly Operation[]>
  /**
   * Operations changed since they were last taken, the longest waiting first, for the notifier. Several
   * notifiers may take: an operation is given to one of them, not while another holds it (Posts.hold), and
   * is done with by Posts.release. It comes again when it changes again; and, so that a notifier's death
   * loses nothing, when it was not released within 15 real seconds.
   */
  takeChanged(limit: number): Promise<readonly OperationId[]>
  /** Calls back, soon, whenever something changed. Gives a function that stops it. */
  onChange(listener: () => void): () => void
}
