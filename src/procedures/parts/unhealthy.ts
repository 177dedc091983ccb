import { type Reason, reason } from '../../domain/reasons'
import { active, type FleetNow, isServing } from '../../domain/serving'
import type { Context } from '../context'

/** Why a fleet does not pass, with what its target groups say of those that do not serve. */
export const unhealthy = (fleet: FleetNow | undefined, context: Context): Reason => {
  const { version } = context.plan
  const after = context.service.gate.timeout
  if (!fleet) return reason('new_fleet_unhealthy', { version, after })
  const present = active(fleet.group)
  const sick = present.filter((instance) => !isServing(fleet, instance)).map((instance) => instance.id)
  const verdicts = [...fleet.targets.values()].flat().filter((target) => sick.includes(target.instance))
  return reason('new_fleet_unhealthy', {
    group: fleet.group.name,
    version,
    after,
    healthy: present.length - sick.length,
    wanted: fleet.group.desired,
    instances: sick,
    because: verdicts.find((target) => target.reason)?.reason,
  })
}
