import type { WebhookMessage } from '../domain/webhooks/message'
import type { Webhook } from '../domain/webhooks/webhook'

/** What became of one attempt. */
export interface Sent {
  /**
   * - `delivered`: it was taken (2xx);
   * - `refused`: the receiver does not take this one (400, 413, 415, 422);
   * - `gone`: it wants no more of any (410);
   * - `failed`: it takes nothing now, or was not reached.
   */
  readonly outcome: 'delivered' | 'refused' | 'gone' | 'failed'
  readonly status?: number
  /** Why there is no status: a word, without anything of the address. */
  readonly why?: string
  /** Real milliseconds that the receiver asked to wait. */
  readonly retryAfter?: number
  /** Real milliseconds. */
  readonly took: number
}

/** Sends by HTTP. Never throws: what went wrong is in the answer. */
export interface WebhookSender {
  send(webhook: Webhook, message: WebhookMessage): Promise<Sent>
}
