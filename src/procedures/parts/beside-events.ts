import type { Milliseconds } from '../../domain/time'
import type { Planned } from '../../domain/planning/facts'
import type { Capacity } from '../../domain/catalogue'
import { isOn } from '../../domain/events/base'
import { occurrencesOf } from '../../domain/events/occurrences'
import { fingerprint } from '../../domain/fingerprint'
import type { Plan } from '../../domain/plan'
import { reason } from '../../domain/reasons'
import { ok } from '../../domain/result'
import type { Desk } from '../context'

/** A way back may take as long as the way there. */
const withWayBack = 2

/**
 * A plan that would still be under way while a group is out for an event names the event, and wants a person's yes
 * whatever the service's own setting says.
 */
export const besideEvents = async (desk: Desk, planned: Planned): Promise<Planned> => {
  if (!planned.ok) return planned
  const plan = planned.value
  const { calendar, service, now } = desk
  const events = await calendar.of(service.name)
  const underWay = { from: now, to: now + expected(plan.tasks) * withWayBack }
  const met = events.flatMap(({ id, event }) => {
    const [met] = occurrencesOf(event, underWay)
    return met ? [reason('during_event', { event: id, name: event.name, at: met.outAt })] : []
  })
  if (met.length === 0) return planned
  const [on] = events.filter(({ event }) => isOn(event, now))
  const group = on && plan.group ? beyondEvent(plan.group, on.event.base, service.capacity) : plan.group
  const warnings = [...met, ...plan.warnings]
  const shown = { ...plan, ...(group && { group }), confirm: true as const, warnings }
  return ok({ ...shown, fingerprint: fingerprint(shown) })
}

/** What a plan leaves behind are the sizes that hold when the event is over; while it is on, the event's hold. */
const beyondEvent = (
  group: NonNullable<Plan['group']>,
  base: Capacity,
  wanted: Capacity | undefined,
): NonNullable<Plan['group']> => ({
  ...group,
  after: { ...group.after, ...(wanted ? { desired: wanted.desired } : base) },
})

const expected = (tasks: readonly { readonly expected: Milliseconds }[]): Milliseconds =>
  tasks.reduce((sum, task) => sum + task.expected, 0)
