import type { Json } from '../domain/json'

/**
 * Questions that the gateway asks the worker, which alone has AWS's credentials: status, images, plans.
 * They change nothing, are not durable, and go unanswered when no worker lives.
 */
export interface Questions {
  /** Rejects with StoreUnavailable, or with Error `unanswered` after `timeout` real milliseconds. */
  ask(question: Json, timeout: number): Promise<Json>
  /** Answers questions until the returned function is called. */
  answer(answerer: (question: Json) => Promise<Json>): Promise<() => Promise<void>>
}
