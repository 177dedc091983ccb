import type { EventSubject } from '../domain/fleet/event-subject'
import type { Instant } from '../domain/time/time'

/** What a message says that came by EventBridge. */
export type QueuedEvent =
  | { readonly kind: 'subject'; readonly subject: EventSubject }
  | { readonly kind: 'heartbeat'; readonly sentAt: Instant }
  | { readonly kind: 'unknown' }

export interface QueueMessage {
  /** By which it is deleted. */
  readonly receipt: string
  readonly event: QueuedEvent
}

/** The queue that a region's events come by. All throw AwsFailure. */
export interface EventQueue {
  /** Waits for messages, for `wait` seconds at most, or until it is called off; what is not deleted comes again. */
  receive(wait: number, off?: AbortSignal): Promise<readonly QueueMessage[]>
  delete(receipts: readonly string[]): Promise<void>
  /** Sends a heartbeat by the way that AWS's events come. */
  beat(sentAt: Instant): Promise<void>
}
