import type { Instant } from '../domain/time'
import type { Person } from '../domain/person'

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
  readonly operation?: string
}

/** People's locks. They survive deploys; an unreadable store means blocked (StoreUnavailable). */
export interface Locks {
  /** Locks that hold this service now, those on `*` too. */
  of(service: string): Promise<readonly Lock[]>
  all(): Promise<readonly Lock[]>
  /** Sets or replaces the lock of that kind on that service. */
  set(lock: Lock): Promise<void>
  /** Gives what was removed. */
  clear(service: string, kind: Lock['kind']): Promise<Lock | undefined>
}
