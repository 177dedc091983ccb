/** Milliseconds of simulated (Clock) time; the only unit of duration inside Rollcall. */
export type Milliseconds = number
/** An instant: milliseconds since the Unix epoch, on the Clock. */
export type Instant = number

export const second: Milliseconds = 1_000
export const minute: Milliseconds = 60 * second
export const hour: Milliseconds = 60 * minute
