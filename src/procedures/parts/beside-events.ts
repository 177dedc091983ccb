import type { Milliseconds } from '../../domain/time'
import type { Planned } from '../../domain/planning/facts'
import { spansOf } from '../../domain/planning/events'
import { reason } from '../../domain/reasons'
import type { Desk } from '../context'
import { eventsOf } from './gather-events'

/** A way back may take as long as the way there. */
const withWayBack = 2

/**
 * A plan that would still be under way while a group is out for an event names the event, and wants a person's yes
 * whatever the service's own setting says.
 */
export const besideEvents = async (desk: Desk, planned: Planned): Promise<Planned> => {
  if (!planned.ok) return planned
  const { plan } = planned
  const { account, journal, now } = desk
  const serving = plan.group ? [plan.group] : (plan.colors?.components ?? []).map(({ from }) => from)
  const known = await Promise.all(serving.map(({ name }) => eventsOf(account, journal, name)))
  const events = known.flatMap((one) => one.events)
  const underWay = { from: now, to: now + expected(plan.tasks) * withWayBack }
  const met = events.flatMap(({ id, event }) => {
    const [span] = spansOf(event, underWay)
    return span ? [reason('during_event', { event: id, name: event.name, at: span.from })] : []
  })
  if (met.length === 0) return planned
  return { ok: true, plan: { ...plan, confirm: true, warnings: [...met, ...plan.warnings] } }
}

const expected = (tasks: readonly { readonly expected: Milliseconds }[]): Milliseconds =>
  tasks.reduce((sum, task) => sum + task.expected, 0)
