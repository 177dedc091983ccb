import { type Instant, type Milliseconds, second } from '../domain/time/time'
import type { Freshness } from '../ports/freshness'
import type { Heard } from '../ports/hints'

/** How often a wait looks while events come of what it waits for: one that is lost costs as much. */
const slowInterval: Milliseconds = 30 * second
/**
 * What AWS answers may be older than the event that it sent ("Eventual consistency in the Amazon EC2 API", EC2 developer
 * guide), so it is looked again so long after each.
 */
const looksAfterHint: readonly Milliseconds[] = [2 * second, 5 * second]
/** So long after a hint each look wants answers of its own: neither from before it, nor those of the look before. */
const hintCounts: Milliseconds = 6 * second
const ownAnswers: Milliseconds = second

/** The next instant of a grid that all operations share. */
export const nextPoll = (now: Instant, every: Milliseconds): Instant => (Math.floor(now / every) + 1) * every

/** How a wait looks. */
interface Looking {
  readonly every: Milliseconds
  /** Whether an event is sent of all that it waits for. */
  readonly seldom: boolean
  /** When the look that has ended now had begun. */
  readonly looked: Instant
}

/**
 * When a wait looks again: on its grid, seldom where events are heard of all that it waits for; and soon after a hint. A
 * look counts for a hint by when it began: what fell due while it went on is made up for at once.
 */
export const nextLook = (
  now: Instant,
  heard: Heard | undefined,
  { every, seldom, looked }: Looking,
): Instant => {
  const { live = false, last } = heard ?? {}
  const grid = nextPoll(now, live && seldom ? Math.max(every, slowInterval) : every)
  const due = last === undefined ? [] : looksAfterHint.map((after) => last + after)
  const soon = due.filter((at) => at > looked).map((at) => Math.max(at, now))
  return Math.min(grid, ...soon)
}

/** Answers that will do at a look: after a hint none from before it, and none that the look before had already. */
export const readSince = (shared: Freshness, last: Instant | undefined, now: Instant): Freshness => {
  const age = last === undefined ? Number.POSITIVE_INFINITY : Math.max(0, now - last)
  if (age > hintCounts) return shared
  const { maxAge = 0, quiescentAge = 0 } = shared
  const own = Math.min(ownAnswers, age)
  return { maxAge: Math.min(maxAge, own), quiescentAge: Math.min(quiescentAge, own) }
}
