import type { Timer } from '../domain/operation/timer'

/** Operations that are to start by themselves. All methods reject with StoreUnavailable when they cannot be reached. */
export interface Timers {
  /** Makes it, or moves the one of its id. Resolves only when it is durable. */
  set(timer: Timer): Promise<void>
  /** Gives what was taken away. */
  cancel(id: string): Promise<Timer | undefined>
  /** Those of a service, the earliest first. */
  of(service: string): Promise<readonly Timer[]>
  /**
   * Calls `keep` with each one that is due, soon, the earliest first, and strikes it off when that resolves, unless it
   * was moved meanwhile. It may be called more than once for one timer, by several workers too, and is called
   * again, later, when it rejects. Gives a function that stops it gracefully.
   */
  subscribe(fire: (timer: Timer) => Promise<void>): () => Promise<void>
}
