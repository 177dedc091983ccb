import { type Reason, reason } from '../../../domain/reasons/reason'
import { active, type FleetNow, instancesFor, isHeld, isServing } from '../../../domain/fleet/serving'
import { launchHookNames, launchHookTime } from '../../../domain/fleet/launch-hooks'
import type { Milliseconds } from '../../../domain/time/time'
import type { Context } from '../../context'
import type { ComponentFleets } from './watch-colors'

/** The instances of a color that do not serve, and what their target groups say of them. */
const unhealthyIn = (fleets: readonly FleetNow[]) => {
  const present = fleets.flatMap(({ group }) => active(group))
  const unhealthy = fleets.flatMap((fleet) => active(fleet.group).filter((one) => !isServing(fleet, one)))
  const ids = unhealthy.map(({ id }) => id)
  const targetHealth = fleets.flatMap(({ targets }) => [...targets.values()].flat())
  return {
    healthy: present.length - unhealthy.length,
    wanted: fleets.reduce((sum, { group }) => sum + instancesFor(group, group.desired), 0),
    instances: ids,
    because: targetHealth.find((target) => ids.includes(target.instance) && target.reason)?.reason,
  }
}

/** Why the color that comes up does not pass. */
export const newColorUnhealthy = (
  last: readonly ComponentFleets[] | undefined,
  { plan, service }: Context,
  after: Milliseconds = service.gate.timeout,
): Reason => {
  const facts = { version: plan.version, after }
  if (!last) return reason('new_fleet_unhealthy', facts)
  const fleets = last.map(({ to }) => to)
  const waits = fleets.find((fleet) => active(fleet.group).some(isHeld))
  if (waits) {
    const { name } = waits.group
    const instances = active(waits.group)
      .filter(isHeld)
      .map(({ id }) => id)
    const hooks = launchHookNames(plan, name)
    return reason('hook_waits', {
      group: name,
      hooks,
      instances,
      after: service.gate.timeout + launchHookTime(plan, name),
    })
  }
  const group = fleets.map((fleet) => fleet.group.name).join(', ')
  return reason('new_fleet_unhealthy', { ...facts, group, ...unhealthyIn(fleets) })
}

/** Why a color that was brought back does not serve again; the other one keeps serving. */
export const oldColorUnhealthy = (
  last: readonly ComponentFleets[] | undefined,
  { plan, service }: Context,
): Reason => {
  const after = service.gate.timeout
  const code = plan.colors?.weights ? 'kept_color_unhealthy' : 'old_color_unhealthy'
  if (!last) return reason(code, { after })
  const names = (side: 'from' | 'to') => last.map((both) => both[side].group.name).join(', ')
  return reason(code, {
    group: names('to'),
    serves: names('from'),
    after,
    ...unhealthyIn(last.map(({ to }) => to)),
  })
}
