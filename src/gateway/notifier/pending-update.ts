import type { OperationId } from '../../domain/operation/id'

/** An operation that has something to say. */
export interface PendingUpdate {
  readonly id: OperationId
  readonly channel: string
  readonly since: number
  ended: boolean
  /** Whether the operation itself changed, and not only something beside it. */
  changed: boolean
  /** Its message stands already: what comes next is an update of it. */
  posted: boolean
  /** Real instant before which nothing is sent. */
  notBefore: number
  sending: boolean
}

/** What goes first: endings, then first messages, then updates. */
export const priority = (update: PendingUpdate): number => (update.ended ? 0 : update.posted ? 2 : 1)
