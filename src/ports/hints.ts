import type { EventSubject } from '../domain/fleet/event-subject'
import type { OperationId } from '../domain/operation/id'
import type { Instant } from '../domain/time/time'

/** What an operation has heard of AWS's events. */
export interface Heard {
  /** Whether events come through: the heartbeat that takes their way was heard lately. */
  readonly live: boolean
  /** When the last one came, lately, that named something the operation follows. */
  readonly last?: Instant
}

/** The hints to one operation. */
export interface OperationHints {
  heard(): Promise<Heard>
  /** From now on an event that names one of these is a hint to it, for as long as it asks this every minute. Gives whether it was so already. */
  follow(subjects: readonly EventSubject[]): Promise<boolean>
}

/**
 * Who follows what in AWS. An event is a hint and never a fact: it brings the next look forward, and the look reads
 * AWS. One that is lost, late, doubled or forged costs or saves time and nothing else. All reject with StoreUnavailable.
 */
export interface Hints {
  of(operation: OperationId, region: string): OperationHints
  /** An event named this. Gives the operations that follow it and are to be woken, those left out that look again at once anyway. */
  named(region: string, subject: EventSubject): Promise<readonly OperationId[]>
  /** A heartbeat that was sent then was heard in time. */
  beat(region: string, sentAt: Instant): Promise<void>
}
