/** How many calls a method of Slack may be given: never more than `most` within any minute. */
export interface RateLimit {
  readonly perMinute: number
  /** Calls that may follow each other at once. */
  readonly burst: number
}

/**
 * https://docs.slack.dev/apis/web-api/rate-limits: chat.update is of tier 3, 50 a minute for the whole app in
 * a workspace; all operations share them.
 */
export const updateLimit: RateLimit = { perMinute: 50, burst: 8 }

/** Kept back of the burst for what must not wait: the end of an operation. */
const reserve = 3

/** A bucket that fills steadily; burst and refill together stay within the allowance. */
export class TokenBucket {
  private tokens: number
  private filled: number
  private blockedUntil = 0
  private readonly perMs: number

  constructor(
    private readonly limit: RateLimit,
    private readonly now: () => number,
  ) {
    this.tokens = limit.burst
    this.filled = now()
    this.perMs = (limit.perMinute - limit.burst) / 60_000
  }

  /** Takes one call; what is urgent may take the last ones. False when there is none to be had. */
  take(urgent: boolean): boolean {
    this.refill()
    if (this.now() < this.blockedUntil || this.tokens < (urgent ? 1 : 1 + reserve)) return false
    this.tokens -= 1
    return true
  }

  /** Gives back one call that was not made after all. */
  refund(): void {
    this.tokens = Math.min(this.limit.burst, this.tokens + 1)
  }

  /** Slack said to wait: nothing for so many real milliseconds, and then slowly. */
  block(ms: number): void {
    this.refill()
    this.tokens = Math.min(this.tokens, 1)
    this.blockedUntil = Math.max(this.blockedUntil, this.now() + ms)
  }

  /** Real milliseconds until `take` can succeed. */
  wait(urgent: boolean): number {
    this.refill()
    const missing = Math.max(0, (urgent ? 1 : 1 + reserve) - this.tokens)
    return Math.max(Math.ceil(missing / this.perMs), this.blockedUntil - this.now(), 0)
  }

  private refill(): void {
    const now = this.now()
    this.tokens = Math.min(this.limit.burst, this.tokens + (now - this.filled) * this.perMs)
    this.filled = now
  }
}
