import type { Posts } from '../../ports/posts'
import type { RealTime } from '../../ports/real-time'

/** Real milliseconds for which the word is taken, and after which it is renewed. */
const lease = 9_000
export const renewal = 3_000
const place = 'notifier'

/** The right to speak for all operations: one notifier has it at a time, so that there is one budget. */
export class Lectern {
  private until = Number.NEGATIVE_INFINITY
  private asked = Number.NEGATIVE_INFINITY

  constructor(
    private readonly posts: Pick<Posts, 'hold' | 'release'>,
    private readonly holder: string,
    private readonly time: RealTime,
  ) {}

  /** Takes or renews the word: `kept`, `taken` anew (another may have spoken in between), or had by `another`. */
  async take(): Promise<'kept' | 'taken' | 'another'> {
    const now = this.time.now()
    const had = now < this.until
    if (had && now - this.asked < renewal) return 'kept'
    this.asked = now
    const has = await this.posts.hold(place, this.holder, lease)
    this.until = has ? now + lease : Number.NEGATIVE_INFINITY
    if (!has) return 'another'
    return had ? 'kept' : 'taken'
  }

  /** Leaves the word to the next. */
  async leave(): Promise<void> {
    if (this.time.now() < this.until) await this.posts.release(place, this.holder)
    this.until = Number.NEGATIVE_INFINITY
  }
}
