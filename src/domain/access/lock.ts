import type { Person } from './person'
import type { Instant } from '../time/time'
import type { OperationId } from '../operation/id'

/** What holds a service back: a person's lock, or the freeze that a rollback leaves behind. */
export interface Lock {
  readonly kind: 'lock' | 'freeze'
  /** A service's name, or `*` for all. */
  readonly service: string
  readonly why: string
  readonly by: Person
  readonly since: Instant
  readonly until?: Instant
  /** The operation that set it, for a freeze. */
  readonly operation?: OperationId
}

/** Whether a lock still holds at an instant; one without an end holds until somebody clears it. */
export const isActive = (lock: Lock, now: Instant): boolean => lock.until === undefined || now < lock.until

/** Whether a lock is on this service, by its name or as one on all. */
export const covers = (lock: Lock, service: string): boolean =>
  lock.service === '*' || lock.service === service
