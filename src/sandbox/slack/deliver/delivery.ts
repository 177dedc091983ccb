import type { Obj } from '../json'

/** Slack waits so long for an app's acknowledgement, in real milliseconds. */
export const ackDeadline = 3_000

/** One thing that Slack tells the app. */
export interface Delivery {
  type: 'slash_commands' | 'interactive' | 'events_api'
  payload: Obj
  /** Whether an answer may travel with the acknowledgement. */
  acceptsPayload: boolean
  retry?: { attempt: number; reason: string }
}
/** How it went: the answer that came with the acknowledgement, or Slack's reason why there is none. */
export type Ack = { ok: true; body: unknown } | { ok: false; error: 'operation_timeout' | 'dispatch_failed' }

/** A way to the app: Socket Mode or signed HTTP. */
export interface Transport {
  deliver(delivery: Delivery): Promise<Ack>
  /** Whether an app is there to take deliveries, as far as Slack can know. */
  isConnected(): boolean
}
