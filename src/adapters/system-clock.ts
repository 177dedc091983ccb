import type { Instant, Milliseconds } from '../domain/time/time'
import type { Clock } from '../ports/clock'

/** Where clock time and real time were tied together. */
export interface ClockScale {
  readonly speed: number
  /** Real and clock instant of the same moment. */
  readonly real: Instant
  readonly simulated: Instant
}

/** The machine's clock, or one that runs at another pace from a common moment on, as the simulators' does. */
export const systemClock = ({ speed, real, simulated }: ClockScale): Clock => ({
  now: () => Math.round(simulated + (Date.now() - real) * speed),
  real: (span: Milliseconds) => span / speed,
})
