import { type Reason, reason } from '../../../domain/reasons'
import { active, type FleetNow, isServing } from '../../../domain/serving'
import type { Context } from '../../context'
import type { Both } from './watch'

/** The instances of a color that do not serve, and what their target groups say of them. */
const sickIn = (fleets: readonly FleetNow[]) => {
  const present = fleets.flatMap(({ group }) => active(group))
  const sick = fleets.flatMap((fleet) => active(fleet.group).filter((one) => !isServing(fleet, one)))
  const ids = sick.map(({ id }) => id)
  const verdicts = fleets.flatMap(({ targets }) => [...targets.values()].flat())
  return {
    healthy: present.length - sick.length,
    wanted: fleets.reduce((sum, { group }) => sum + group.desired, 0),
    instances: ids,
    because: verdicts.find((target) => ids.includes(target.instance) && target.reason)?.reason,
  }
}

/** Why the color that comes up does not pass. */
export const neverHealthy = (last: readonly Both[] | undefined, { plan, service }: Context): Reason => {
  const facts = { version: plan.version, after: service.gate.timeout }
  if (!last) return reason('new_fleet_unhealthy', facts)
  const fleets = last.map(({ to }) => to)
  const group = fleets.map((fleet) => fleet.group.name).join(', ')
  return reason('new_fleet_unhealthy', { ...facts, group, ...sickIn(fleets) })
}

/** Why a color that was brought back does not serve again; the other one keeps serving. */
export const unhealthyAgain = (last: readonly Both[] | undefined, { plan, service }: Context): Reason => {
  const after = service.gate.timeout
  const code = plan.colors?.weights ? 'kept_color_unhealthy' : 'old_color_unhealthy'
  if (!last) return reason(code, { after })
  const names = (side: 'from' | 'to') => last.map((both) => both[side].group.name).join(', ')
  return reason(code, {
    group: names('to'),
    serves: names('from'),
    after,
    ...sickIn(last.map(({ to }) => to)),
  })
}
