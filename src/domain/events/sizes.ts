import type { Capacity } from '../catalogue/catalogue'
import { type Instant, minute } from '../time/time'

/** What an event asks of a group, from one instant to another (the second not included). */
export interface Demand {
  readonly from: Instant
  readonly to: Instant
  readonly desired: number
  readonly min?: number
  readonly max?: number
}

/**
 * The sizes that should hold at an instant: of the base and of all events that are on then, the highest of each. The
 * last event out leaves the base.
 */
export const sizesAt = (base: Capacity, demands: readonly Demand[], at: Instant): Capacity => {
  const on = demands.filter((demand) => demand.from <= at && at < demand.to)
  const desired = Math.max(base.desired, ...on.map((demand) => demand.desired))
  const min = Math.max(base.min, ...on.map((demand) => demand.min ?? 0))
  const max = Math.max(base.max, desired, ...on.map((demand) => demand.max ?? 0))
  return { min, desired: Math.max(desired, min), max: Math.max(max, min) }
}

/** The nearest whole minute to `at` that no action of the group starts at, going by `step` minutes; itself if free. */
export const freeMinute = (at: Instant, taken: ReadonlySet<Instant>, step: 1 | -1): Instant => {
  let free = at
  while (taken.has(free)) free += step * minute
  return free
}

/** The sizes of a group, and nothing else of it. */
export const sizesOf = ({ min, desired, max }: Capacity): Capacity => ({ min, desired, max })

export const sameSizes = (one: Capacity, other: Capacity): boolean =>
  one.min === other.min && one.desired === other.desired && one.max === other.max
