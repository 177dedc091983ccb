import type { Instant } from '../domain/time/time'
import type { OperationId } from '../domain/operation/id'

/** When an operation's next tick shall be; undefined when nothing but a signal can wake it. */
export type Next = { readonly at: Instant } | undefined

/** The queue: it only wakes operations, it knows nothing of them. */
export interface Wakeups {
  /**
   * Wakes an operation now. Harmless when repeated; when it fails (StoreUnavailable) after the journal took
   * something down, the workers find that out within seconds and wake it.
   */
  wake(id: OperationId): Promise<void>
  /**
   * Starts calling `tick` for operations that are due, and wakes what is unfinished and has no live wake-up.
   * Gives a function that stops it gracefully: no new ticks, running ones finished.
   */
  work(tick: (id: OperationId, signal: AbortSignal) => Promise<Next>): Promise<() => Promise<void>>
}
