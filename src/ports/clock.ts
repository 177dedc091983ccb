import type { Instant, Milliseconds } from '../domain/time/time'

/** All that waits, measures or speaks of time asks this. */
export interface Clock {
  now(): Instant
  /** The real delay, in real milliseconds, that a span of clock time amounts to. */
  real(span: Milliseconds): number
}
