import type { Instant, Milliseconds } from '../../domain/time/time'
import type { Planned } from '../../domain/operation/planning'
import type { Capacity } from '../../domain/catalogue/catalogue'
import { isOn } from '../../domain/events/base'
import { isOver, type KnownEvent } from '../../domain/events/event'
import { occurrencesOf } from '../../domain/events/occurrences'
import { sameSizes, sizesOf } from '../../domain/events/sizes'
import { fingerprint } from '../../domain/operation/fingerprint'
import type { Plan } from '../../domain/operation/plan'
import { type Reason, reason } from '../../domain/reasons/reason'
import { ok } from '../../domain/result'
import type { PlanContext } from '../plan-context'

/** A way back may take as long as the way there. */
const rollbackFactor = 2

/**
 * A plan that would still be under way while a group is out for an event names the event, and wants a person's yes
 * whatever the service's own setting says, where it `asks`. One that gives the group other sizes for good names the
 * events to come that go back to those.
 */
export const withOverlapWarnings = async (
  context: PlanContext,
  planned: Planned,
  { asks = true }: { readonly asks?: boolean } = {},
): Promise<Planned> => {
  if (!planned.ok) return planned
  const plan = planned.value
  const { calendar, service, now } = context
  const events = await calendar.of(service.name)
  const span = { from: now, to: now + expected(plan.tasks) * rollbackFactor }
  const overlaps = events.flatMap(({ id, event }) => {
    const [overlaps] = occurrencesOf(event, span)
    return overlaps ? [reason('during_event', { event: id, name: event.name, at: overlaps.outAt })] : []
  })
  const [on] = events.filter(({ event }) => isOn(event, now))
  // Sizes of the catalogue that the plan leaves out, as they compare instances with units, are left out here as well.
  const leftOut = plan.warnings.some(({ code }) => code === 'capacity_not_units')
  const wanted = leftOut ? undefined : service.capacity
  const group = on && plan.group ? sizesAfterEvent(plan.group, on.event.base, wanted) : plan.group
  const found = [...overlaps, ...(group ? rebased(group, events, now) : [])]
  if (found.length === 0) return planned
  const warned = {
    ...plan,
    ...(group && { group }),
    ...(asks && overlaps.length > 0 && { confirm: true as const }),
    warnings: [...found, ...plan.warnings],
  }
  return ok({ ...warned, fingerprint: fingerprint(warned) })
}

/** Events to come that go back to other sizes from then on, as the group gets them for good. */
const rebased = (
  { name: group, before, after }: NonNullable<Plan['group']>,
  events: readonly KnownEvent[],
  now: Instant,
): readonly Reason[] => {
  const moved = events.filter(({ event }) => !isOver(event, now) && !sameSizes(event.base, after))
  return sameSizes(before, after) || moved.length === 0
    ? []
    : [
        reason('events_rebased', {
          events: moved.map(({ id }) => id),
          group,
          restores: { ...sizesOf(after) },
        }),
      ]
}

/**
 * What a plan leaves behind are the sizes that hold when the event is over; while it is on, the event's hold. As outside an
 * event, the catalogue never lowers the desired capacity that somebody gave the group.
 */
const sizesAfterEvent = (
  group: NonNullable<Plan['group']>,
  base: Capacity,
  wanted: Capacity | undefined,
): NonNullable<Plan['group']> => ({
  ...group,
  after: {
    ...group.after,
    ...(wanted ? { desired: Math.min(Math.max(wanted.desired, base.desired), wanted.max) } : base),
  },
})

const expected = (tasks: readonly { readonly expected: Milliseconds }[]): Milliseconds =>
  tasks.reduce((sum, task) => sum + task.expected, 0)
