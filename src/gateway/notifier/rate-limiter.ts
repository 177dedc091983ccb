import type { OperationId } from '../../domain/operation/id'
import { StoreUnavailable } from '../../ports/failure'
import type { RealTime } from '../../ports/real-time'
import { TokenBucket, updateLimit } from './token-bucket'
import type { PendingUpdate } from './pending-update'
import { DeliveryError } from './post-message'

/** Real milliseconds: the longest pause while Slack cannot be reached, and after a fault that is ours. */
const maxBackoff = 30_000
const faultBackoff = 30_000
const storeBackoff = 1_000
/** Where every way is closed: doubling from the first to the last, as long as it stays so. */
const closedBackoff = { first: 30_000, last: 600_000 }
/** Where Slack limits without saying for how long. */
const defaultRetryAfter = 5_000

/** When something may be said: Slack's limits, and what Slack answered lately. */
export class RateLimiter {
  private readonly bucket: TokenBucket
  /** Real instants until which channels take no new messages. */
  private readonly channelBlockedUntil = new Map<string, number>()
  /** Operations whose messages Slack did not take: until when each waits, and how often it was refused. */
  private readonly refused = new Map<OperationId, { readonly until: number; readonly times: number }>()
  private unreachableUntil = 0
  private outages = 0

  constructor(private readonly time: RealTime) {
    this.bucket = new TokenBucket(updateLimit, () => time.now())
  }

  /** Real instant at which this may be said, as far as Slack is concerned. */
  until(item: PendingUpdate): number {
    const blockedUntil = item.posted
      ? this.time.now() + this.bucket.wait(item.ended)
      : (this.channelBlockedUntil.get(item.channel) ?? 0)
    return Math.max(blockedUntil, this.unreachableUntil, this.refused.get(item.id)?.until ?? 0)
  }

  /** Takes the right to say it now; an update spends of the budget. */
  acquire(item: PendingUpdate): boolean {
    return !item.posted || this.bucket.take(item.ended)
  }

  /** It was said; an update that turned out to change nothing costs nothing. */
  onDelivered(item: PendingUpdate, updated: boolean): void {
    if (item.posted && !updated) this.bucket.refund()
    this.outages = 0
    this.refused.delete(item.id)
  }

  /** It was not said. Gives the real milliseconds until it is tried again, and holds back what would fail like it. */
  onFailed(item: PendingUpdate, error: unknown): number {
    const wait = this.waitAfter(item, error)
    const times = (this.refused.get(item.id)?.times ?? 0) + 1
    this.refused.set(item.id, { until: this.time.now() + wait, times })
    return wait
  }

  private waitAfter(item: PendingUpdate, error: unknown): number {
    if (error instanceof StoreUnavailable) return storeBackoff
    if (!(error instanceof DeliveryError)) return faultBackoff
    const { method, failure } = error
    const now = this.time.now()
    if (failure.code === 'ratelimited') {
      const wait = failure.retryAfter ?? defaultRetryAfter
      if (method === 'update') this.bucket.block(wait)
      else this.channelBlockedUntil.set(item.channel, now + wait)
      return wait
    }
    if (failure.code !== 'unreachable') {
      const { first, last } = closedBackoff
      const hopeless = error.refusal === 'closed' || error.refusal === 'app'
      return hopeless ? Math.min(last, first * 2 ** (this.refused.get(item.id)?.times ?? 0)) : faultBackoff
    }
    const wait = Math.min(maxBackoff, 1_000 * 2 ** this.outages)
    this.outages += 1
    this.unreachableUntil = Math.max(this.unreachableUntil, now + wait)
    return wait
  }
}
