import type { Capacity } from '../catalogue/catalogue'
import { sameSizes } from '../events/sizes'

/**
 * The sizes that the color coming up should have while the other one still serves. It follows what others do to the
 * one that serves, up and down, so that nothing is left behind at the end. Where others have changed the one coming
 * up too (`given` is what it was given last), the higher of both holds: capacity is never taken away that somebody
 * asked for. `least` instances are wanted in any case: those that are brought back. Pure.
 */
export const followCapacity = (serving: Capacity, given: Capacity, now: Capacity, atLeast = 0): Capacity => {
  const touched = !sameSizes(given, now)
  const desired = Math.max(serving.desired, touched ? now.desired : 0, atLeast)
  return {
    min: Math.max(serving.min, touched ? now.min : 0),
    desired,
    max: Math.max(serving.max, touched ? now.max : 0, desired),
  }
}
