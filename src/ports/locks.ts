import type { Lock } from '../domain/access/lock'

export type { Lock } from '../domain/access/lock'

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
