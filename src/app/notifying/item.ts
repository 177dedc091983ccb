import type { OperationId } from '../../domain/operation'

/** An operation that has something to say. */
export interface Item {
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
export const rank = (item: Item): number => (item.ended ? 0 : item.posted ? 2 : 1)
