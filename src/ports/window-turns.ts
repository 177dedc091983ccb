import type { Told } from '../domain/windows/turn'
import type { WebhookEvent } from '../domain/webhooks/event'

/** What others were told of a window last, and of which services. */
export interface ToldOfWindow {
  readonly told: Told
  readonly services: readonly string[]
}

/** Of which windows others were told that they closed. All methods reject with StoreUnavailable. */
export interface WindowTurns {
  /** By the windows' names. */
  told(): Promise<ReadonlyMap<string, ToldOfWindow>>
  /**
   * Writes down what was told, and tells it, both in one write; nothing where somebody else has told something since `was`.
   * Of a window that is gone (no `now`) nothing is known any more.
   */
  tell(
    window: string,
    was: ToldOfWindow | undefined,
    now: ToldOfWindow | undefined,
    events: readonly WebhookEvent[],
  ): Promise<void>
}
