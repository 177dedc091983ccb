/** The pace of the Clock: simulated time that passes per real time, and where both stood at one instant. */
export interface ClockRate {
  readonly speed: number
  /** Milliseconds since the epoch; without it simulated time is real time at the start. */
  readonly since?: { readonly real: number; readonly simulated: number }
}

const fastest = 10_000

/**
 * Reads `20`, or `20@<real ms>/<simulated ms>`: simulated now is then `simulated + (real now − real) × 20`, so that
 * several processes and the simulators tell the same time. Undefined for anything else.
 */
export function clockRate(text: string): ClockRate | undefined {
  const match = /^(\d{1,5}(?:\.\d{1,6})?)(?:@(\d{1,15})\/(\d{1,15}))?$/.exec(text)
  const speed = Number(match?.[1])
  if (!match || !(speed > 0 && speed <= fastest)) return undefined
  return match[2] === undefined
    ? { speed }
    : { speed, since: { real: Number(match[2]), simulated: Number(match[3]) } }
}
