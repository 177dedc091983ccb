import { type Reason, reason } from '../../domain/reasons'
import { active, type FleetNow, isOn, isServing } from '../../domain/serving'
import type { Milliseconds } from '../../domain/time'
import type { Context } from '../context'

/** Which instances a fleet was to get healthy with, and in what time. */
interface Missed {
  /** Those of this template version; all of the group's when absent. */
  readonly template?: { readonly id: string; readonly version: number }
  /** How long was waited; absent where they had been healthy and did not stay so. */
  readonly after?: Milliseconds
}

/** Why a fleet does not pass, with what its target groups say of those that do not serve. */
export const unhealthy = (fleet: FleetNow | undefined, context: Context, missed: Missed): Reason => {
  const { version, group } = context.plan
  const { template, after } = missed
  if (!fleet) return reason('new_fleet_unhealthy', { version, after })
  const present = active(fleet.group).filter((instance) => !template || isOn(instance, template))
  const sick = present.filter((instance) => !isServing(fleet, instance)).map((instance) => instance.id)
  const verdicts = [...fleet.targets.values()].flat().filter((target) => sick.includes(target.instance))
  // On the way more than these are desired for a while.
  const wanted = template && group ? Math.max(group.before.desired, present.length) : fleet.group.desired
  return reason('new_fleet_unhealthy', {
    group: fleet.group.name,
    version,
    after,
    healthy: present.length - sick.length,
    wanted,
    instances: sick,
    because: verdicts.find((target) => target.reason)?.reason,
  })
}
