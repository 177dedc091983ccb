import type { Json } from '../domain/json'

/**
 * Questions that the gateway asks the worker, which alone has AWS's credentials: status, images, plans.
 * They change nothing, are not durable, and go unanswered when no worker lives.
 */
export interface WorkerRpc {
  /** Rejects with StoreUnavailable, or with Error `unanswered` after `timeout` real milliseconds. */
  call(request: Json, timeout: number): Promise<Json>
  /** Answers questions until the returned function is called. */
  serve(handler: (request: Json) => Promise<Json>): Promise<() => Promise<void>>
}
