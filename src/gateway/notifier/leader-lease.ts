import type { Posts } from '../../ports/posts'
import type { RealTime } from '../../ports/real-time'

/** Real milliseconds for which the word is taken, and after which it is renewed. */
const leaseMs = 9_000
export const renewalMs = 3_000
const leaseName = 'notifier'

/** The right to speak for all operations: one notifier has it at a time, so that there is one budget. */
export class LeaderLease {
  private until = Number.NEGATIVE_INFINITY
  private requestedAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly posts: Pick<Posts, 'acquireLease' | 'releaseLease'>,
    private readonly holder: string,
    private readonly time: RealTime,
  ) {}

  /** Takes or renews the word: `kept`, `taken` anew (another may have spoken in between), or had by `another`. */
  async acquire(): Promise<'kept' | 'taken' | 'another'> {
    const now = this.time.now()
    const wasLeader = now < this.until
    if (wasLeader && now - this.requestedAt < renewalMs) return 'kept'
    this.requestedAt = now
    const acquired = await this.posts.acquireLease(leaseName, this.holder, leaseMs)
    this.until = acquired ? now + leaseMs : Number.NEGATIVE_INFINITY
    if (!acquired) return 'another'
    return wasLeader ? 'kept' : 'taken'
  }

  /** Leaves the word to the next. */
  async release(): Promise<void> {
    if (this.time.now() < this.until) await this.posts.releaseLease(leaseName, this.holder)
    this.until = Number.NEGATIVE_INFINITY
  }
}
