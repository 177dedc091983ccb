import type { Person } from '../domain/access/person'
import type { Lock } from '../domain/access/lock'
import type { Instant } from '../domain/time/time'

export type { Lock } from '../domain/access/lock'

/** People's locks. They survive deploys; an unreadable store means blocked (StoreUnavailable). */
export interface Locks {
  /** Locks that hold this service now, those on `*` too. */
  of(service: string): Promise<readonly Lock[]>
  all(): Promise<readonly Lock[]>
  /** Sets or replaces the lock of that kind on that service, whosever it was. */
  set(lock: Lock): Promise<void>
  /** Sets it where nobody else holds one of that kind on that service; else gives theirs and changes nothing. */
  acquire(lock: Lock): Promise<Lock | undefined>
  /**
   * Removes the lock of that kind; `since`: only the one that was set then, no later one. Gives what was removed. The record
   * has it that `by` did so.
   */
  clear(service: string, kind: Lock['kind'], since?: Instant, by?: Person): Promise<Lock | undefined>
}
