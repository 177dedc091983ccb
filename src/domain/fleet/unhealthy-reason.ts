import { launchHookNames } from './launch-hooks'
import { type Reason, reason } from '../reasons/reason'
import { active, type FleetNow, instancesFor, isHeld, isOn, isServing } from './serving'
import type { Milliseconds } from '../time/time'
import type { Plan } from '../operation/plan'

/** Which instances a fleet was to get healthy with, and in what time. */
interface HealthExpectation {
  /** Those of this template version; all of the group's when absent. */
  readonly template?: { readonly id: string; readonly version: number }
  /** How long was waited; absent where they had been healthy and did not stay so. */
  readonly after?: Milliseconds
}

/** Why a fleet does not pass, with what its target groups say of those that do not serve. */
export const unhealthyReason = (
  fleet: FleetNow | undefined,
  { plan }: { readonly plan: Plan },
  expectation: HealthExpectation,
): Reason => {
  const { version, group } = plan
  const { template, after } = expectation
  if (!fleet) return reason('new_fleet_unhealthy', { version, after })
  const present = active(fleet.group).filter((instance) => !template || isOn(instance, template))
  const held = present.filter(isHeld).map(({ id }) => id)
  if (held.length > 0) {
    const hooks = launchHookNames(plan, fleet.group.name)
    return reason('hook_waits', { group: fleet.group.name, hooks, instances: held, after })
  }
  const unhealthyIds = present
    .filter((instance) => !isServing(fleet, instance))
    .map((instance) => instance.id)
  const targetHealth = [...fleet.targets.values()]
    .flat()
    .filter((target) => unhealthyIds.includes(target.instance))
  // On the way more than these are desired for a while.
  const desired =
    template && group ? Math.min(group.before.desired, fleet.group.desired) : fleet.group.desired
  const wanted = Math.max(instancesFor(fleet.group, desired), template ? present.length : 0)
  return reason('new_fleet_unhealthy', {
    group: fleet.group.name,
    version,
    after,
    healthy: present.length - unhealthyIds.length,
    wanted,
    instances: unhealthyIds,
    because: targetHealth.find((target) => target.reason)?.reason,
  })
}
