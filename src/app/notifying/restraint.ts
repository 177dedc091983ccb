import { StoreUnavailable } from '../../ports/failure'
import type { RealTime } from '../../ports/real-time'
import { Budget, updates } from './budget'
import type { Item } from './item'
import { NotSaid } from './saying'

/** Real milliseconds: the longest pause while Slack cannot be reached, and after a fault that is ours. */
const longest = 30_000
const fault = 30_000
const storeAway = 1_000
/** Where Slack limits without saying for how long. */
const unsaid = 5_000

/** When something may be said: Slack's limits, and what Slack answered lately. */
export class Restraint {
  private readonly budget: Budget
  /** Real instants until which channels take no new messages. */
  private readonly quiet = new Map<string, number>()
  private silentUntil = 0
  private outages = 0

  constructor(private readonly time: RealTime) {
    this.budget = new Budget(updates, () => time.now())
  }

  /** Real instant at which this may be said, as far as Slack is concerned. */
  until(item: Item): number {
    const held = item.posted
      ? this.time.now() + this.budget.wait(item.ended)
      : (this.quiet.get(item.channel) ?? 0)
    return Math.max(held, this.silentUntil)
  }

  /** Takes the right to say it now; an update spends of the budget. */
  take(item: Item): boolean {
    return !item.posted || this.budget.take(item.ended)
  }

  /** It was said; an update that turned out to change nothing costs nothing. */
  wasSaid(item: Item, updated: boolean): void {
    if (item.posted && !updated) this.budget.giveBack()
    this.outages = 0
  }

  /** It was not said. Gives the real milliseconds until it is tried again, and holds back what would fail like it. */
  wasNot(item: Item, error: unknown): number {
    if (error instanceof StoreUnavailable) return storeAway
    if (!(error instanceof NotSaid)) return fault
    const { how, failure } = error
    const now = this.time.now()
    if (failure.code === 'ratelimited') {
      const wait = failure.retryAfter ?? unsaid
      if (how === 'update') this.budget.block(wait)
      else this.quiet.set(item.channel, now + wait)
      return wait
    }
    if (failure.code !== 'unreachable') return fault
    const wait = Math.min(longest, 1_000 * 2 ** this.outages)
    this.outages += 1
    this.silentUntil = Math.max(this.silentUntil, now + wait)
    return wait
  }
}
