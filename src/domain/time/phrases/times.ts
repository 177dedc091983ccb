import type { Instant, Milliseconds } from '../time'

/** Where and when somebody speaks of a time. */
export interface Spoken {
  readonly now: Instant
  /** IANA name of the zone that times without one are in. */
  readonly zone: string
}

/** A time that was understood. */
export type When =
  | { readonly kind: 'once'; readonly from: Instant; readonly to: Instant; readonly zone: string }
  | ({ readonly kind: 'every' } & Every)

/** A time of day that comes again on these days of the week, as long as the zone's own clock says. */
export interface Every {
  /** 0 is Sunday, as in cron; in order, at least one. */
  readonly days: readonly number[]
  readonly hour: number
  readonly minute: number
  readonly lasts: Milliseconds
  readonly zone: string
}

/** Why a time is asked back, and not guessed. */
export type TimeProblem =
  /** Nothing could be made of it, or of this part. */
  | { readonly code: 'unclear'; readonly text: string }
  /** It may mean several things. */
  | { readonly code: 'ambiguous'; readonly text: string; readonly choices: readonly string[] }
  | { readonly code: 'no_time' }
  | { readonly code: 'no_end' }
  | { readonly code: 'past'; readonly at: Instant }
  | { readonly code: 'zero_length' }
  | { readonly code: 'end_before_start' }
  | { readonly code: 'too_long'; readonly most: Milliseconds }
  | { readonly code: 'unknown_zone'; readonly text: string }
  /** The clocks go forward over it. */
  | { readonly code: 'skipped'; readonly text: string; readonly zone: string }

export type ReadTime<T> = { readonly ok: true; readonly value: T } | TimeParseError
export interface TimeParseError {
  readonly ok: false
  readonly problem: TimeProblem
}

export const read = <T>(value: T): ReadTime<T> => ({ ok: true, value })
export const timeParseError = (problem: TimeProblem): TimeParseError => ({ ok: false, problem })

export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A time of day. One of 1 to 12 without a word on its half of the day is `bare`: it may mean two times. */
export interface TimeOfDay {
  readonly hour: number
  readonly minute: number
  readonly bare: boolean
}

/** What one end of a time says. */
export interface Point {
  readonly day?: Day
  readonly time?: TimeOfDay
  /** An instant that needs no zone. */
  readonly at?: Instant
}
