import type { Capacity } from '../catalogue/catalogue'
import type { Group } from '../fleet/fleet'
import { type Instant, type Milliseconds, minute } from '../time/time'
import type { KnownEvent, LiveEvent } from './event'
import { occurrencesOf } from './occurrences'

/** EC2 Auto Scaling user guide, "Scheduled scaling": an action may run up to two minutes late. */
export const scheduledActionDelay: Milliseconds = 2 * minute

/** The instants whose sizes a group may still have now, as late as actions may run: edges lie on whole minutes. */
export const delayedInstants = (now: Instant): readonly Instant[] =>
  Array.from({ length: scheduledActionDelay / minute + 1 }, (_, index) => now - index * minute)

/** Whether a group is out for an event now. */
export const isOn = (event: LiveEvent, now: Instant): boolean =>
  occurrencesOf(event, { from: now, to: now + 1 }).length > 0

/**
 * The sizes while no event is on: the group's own now, or those that were written down for the event that is on; the way
 * in may run late, so for a little longer than that.
 */
export const baseOf = ({
  group,
  events,
  now,
}: {
  readonly group: Group
  readonly events: readonly KnownEvent[]
  readonly now: Instant
}): Capacity => {
  const { base } =
    events.find(({ event }) => isOn(event, now) || isOn(event, now - scheduledActionDelay))?.event ?? {}
  return base ?? { min: group.min, desired: group.desired, max: group.max }
}
