/**
 * Real time, for the limits that belong to the real world: Slack's rates and deadlines, connections.
 * Everything else asks the Clock.
 */
export interface RealTime {
  /** Real milliseconds since the Unix epoch. */
  now(): number
  /** Calls `run` once, after `ms` real milliseconds. Gives a function that calls it off. */
  after(ms: number, run: () => void): () => void
}
