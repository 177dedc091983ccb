/** The simulators' clock: simulated time, and things that happen at a simulated instant, in order. */
export interface VirtualClock {
  /** Milliseconds since the Unix epoch, simulated. */
  now(): number
  /** Runs `event` once the clock reaches `time`; events of one instant run in the order they were asked for. */
  at(time: number, event: () => void): { cancel(): void }
}
