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
/** So long what others read must have been read after the hint. */
const hintCounts: Milliseconds = 10 * second

/** The next instant of a grid that all operations share. */
export const nextPoll = (now: Instant, every: Milliseconds): Instant => (Math.floor(now / every) + 1) * every

/** When a wait looks again: on its grid; rarely, and soon after a hint, where events are heard of what it waits for. */
export const nextLook = (now: Instant, every: Milliseconds, heard: Heard | undefined): Instant => {
  if (!heard?.live) return nextPoll(now, every)
  const { last } = heard
  const rarely = nextPoll(now, Math.max(every, slowInterval))
  const soon = last === undefined ? [] : looksAfterHint.map((after) => last + after).filter((at) => at > now)
  return Math.min(rarely, ...soon)
}

/** Answers that will do at a look: none from before a hint that came just now. */
export const readSince = (shared: Freshness, last: Instant | undefined, now: Instant): Freshness => {
  const age = last === undefined ? Number.POSITIVE_INFINITY : Math.max(0, now - last)
  if (age > hintCounts) return shared
  const { maxAge = 0, quiescentAge = 0 } = shared
  return { maxAge: Math.min(maxAge, age), quiescentAge: Math.min(quiescentAge, age) }
}
