import type { Clock } from '../../../ports/clock'
import type { RealTime } from '../../../ports/real-time'
import { delay } from './delay'

/** Calls per second of clock time, and how many may go at once after a rest. */
export interface RateLimit {
  readonly rate: number
  readonly burst: number
}

/** A throttled caller slows to half, no lower than this share of its limit. */
const floor = 1 / 16
/** Clock seconds from half speed to full speed again, when all goes well. */
const recovery = 20

/**
 * The pace of one API family: a token bucket whose rate halves when AWS throttles and grows back steadily (additive
 * increase, multiplicative decrease). AWS counts real seconds, so the bucket fills in real time, scaled to the pace of
 * the clock; where a clock second amounts to no real time at all, nothing is held back.
 */
export class RateLimiter {
  private rate: number
  /** Real instant at which the next call is due were every call evenly spaced; it lags behind now by the burst left. */
  private due = Number.NEGATIVE_INFINITY
  private throttledAt = Number.NEGATIVE_INFINITY
  private recoveredAt: number

  constructor(
    private readonly clock: Clock,
    private readonly time: RealTime,
    private readonly limit: RateLimit,
  ) {
    this.rate = limit.rate
    this.recoveredAt = time.now()
  }

  /** Resolves when a call may go. Changes never wait, but what they use up the reads wait for. */
  async acquire(mayWait: boolean): Promise<void> {
    const second = this.clock.real(1_000)
    if (second <= 0) return
    const now = this.time.now()
    this.recover(now, second)
    const gap = second / this.rate
    const start = Math.max(this.due, now - (this.limit.burst - 1) * gap)
    this.due = start + gap
    if (mayWait && start > now) await delay(this.time, start - now)
  }

  /** AWS has throttled: half the pace, at most once a second, for calls of one burst are all turned away together. */
  onThrottled(): void {
    const now = this.time.now()
    const second = this.clock.real(1_000)
    if (now - this.throttledAt < second) return
    this.throttledAt = now
    this.recoveredAt = now
    this.rate = Math.max(this.limit.rate * floor, this.rate / 2)
    this.due = Math.max(this.due, now)
  }

  private recover(now: number, second: number): void {
    const seconds = Math.max(0, now - this.recoveredAt) / second
    this.recoveredAt = now
    this.rate = Math.min(this.limit.rate, this.rate + (seconds * this.limit.rate) / (2 * recovery))
  }
}
