import type { Capacity } from '../catalogue'
import { expectedTasks } from '../durations'
import { sameSizes } from '../events/sizes'
import { fingerprint } from '../fingerprint'
import type { Group } from '../fleet'
import type { Plan } from '../plan'
import { type Reason, reason } from '../reasons'
import { isStandby } from '../serving'
import { minute, second } from '../time'
import { type Planned, refusedPlan, type Scope } from './facts'

interface Wish {
  readonly desired: number
  readonly min?: number
  readonly max?: number
}

/** Suspended, these keep a group from going out or in (EC2 Auto Scaling user guide, "Suspend and resume a process"). */
const needed = (out: boolean): readonly string[] => (out ? ['Launch', 'AddToLoadBalancer'] : ['Terminate'])

/** Whether sizes are in order: desired within the bounds that it will have. */
export const boundsTrouble = (group: Group, wish: Wish): Reason | undefined => {
  const { min = group.min, max = group.max } = wish
  const fits = min <= wish.desired && wish.desired <= max
  return fits
    ? undefined
    : reason('capacity_out_of_bounds', { group: group.name, needed: wish.desired, min, max })
}

/** The plan of giving a group other sizes now, or why that cannot be. Pure. */
export const planScale = (scope: Scope, group: Group, wish: Wish): Planned => {
  const { service } = scope
  if (group.status)
    return refusedPlan(reason('group_being_deleted', { group: group.name, status: group.status }))
  const trouble = boundsTrouble(group, wish)
  if (trouble) return refusedPlan(trouble)
  const is: Capacity = { min: wish.min ?? group.min, desired: wish.desired, max: wish.max ?? group.max }
  if (sameSizes(group, is))
    return refusedPlan(reason('nothing_to_do', { service: service.name, group: group.name }))
  const stopped = group.suspended.filter((one) => needed(is.desired > group.desired).includes(one))
  if (is.desired !== group.desired && stopped.length > 0) {
    return refusedPlan(reason('processes_suspended', { group: group.name, processes: stopped }))
  }
  const { cooldown } = group
  const moves = is.desired !== group.desired
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: String(is.desired),
    group: {
      name: group.name,
      pin: group.template?.pin ?? '$Default',
      before: { min: group.min, desired: group.desired, max: group.max, cooldown },
      peak: Math.max(group.desired, is.desired),
      after: { ...is, cooldown },
      minimum: Math.min(group.desired, is.desired, service.gate.healthy ?? group.min),
      targetGroups: group.targetGroups,
      suspended: group.suspended,
      terminationPolicies: group.terminationPolicies,
      outdated: 0,
      standby: group.instances.filter(isStandby).length,
      protected: group.instances.filter((instance) => instance.protected).length,
    },
    tasks: expectedTasks(
      [
        { name: 'fleet', expected: 5 * second },
        { name: 'health', expected: moves ? 3 * minute : 5 * second },
      ],
      scope.past,
    ),
    calls: ['UpdateAutoScalingGroup'],
    warnings: is.desired === 0 ? [reason('group_empty', { group: group.name })] : [],
  }
  return { ok: true, plan: { ...planned, fingerprint: fingerprint(planned) } }
}
