import type { Capacity } from '../../domain/catalogue/catalogue'
import { type FleetNow, instancesFor, serving } from '../../domain/fleet/serving'
import type { Instant } from '../../domain/time/time'
import type { PlannedMonitor } from '../../domain/events/monitoring'
import { failedLaunches } from '../../domain/events/reconstruct'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { PlanContext } from '../plan-context'

/** What an event asks of its group, and what the group has. */
interface Shortfall {
  readonly fleet: FleetNow
  readonly due: Capacity
  readonly now: Instant
}

/** Why an event has fewer healthy instances than it asks for: not gone out, launches that fail, targets that are sick. */
export const shortfallReason = async (
  { account }: Pick<PlanContext, 'account'>,
  { occurrence }: PlannedMonitor,
  { fleet, due, now }: Shortfall,
): Promise<Reason> => {
  const { group } = fleet
  const [wanted, { name, desired }] = [due.desired, group]
  const failures = failedLaunches(await account.groups.activities(name, { maxAge: 15_000 }), {
    from: occurrence.outAt,
    to: now,
  })
  if (desired < wanted) return reason('event_not_out', { group: name, desired, wanted, aws: failures.aws })
  const unhealthyTarget = [...fleet.targets.values()]
    .flat()
    .find(({ state }) => state !== 'healthy' && state !== 'draining')
  const because = failures.aws === undefined ? unhealthyTarget?.reason : undefined
  // People count instances, whatever these weigh.
  const instances = { healthy: serving(fleet).length, wanted: instancesFor(group, wanted) }
  return reason('event_behind', { group: name, ...instances, because, aws: failures.aws })
}
