import type { Capacity } from '../catalogue/catalogue'
import { expectedTasks } from '../operation/expected-durations'
import { callsOf, type PlannedSchedule } from '../events/event'
import { sameSizes } from '../events/sizes'
import { fingerprint } from '../operation/fingerprint'
import type { Group } from './fleet'
import type { Plan } from '../operation/plan'
import { type Reason, reason } from '../reasons/reason'
import { failure, ok } from '../result'
import { isStandby } from './serving'
import { type Instant, minute, second } from '../time/time'
import type { Planned, PlannerInput } from '../operation/planning'
import type { OperationId } from '../operation/id'

interface WantedSizes {
  readonly desired: number
  readonly min?: number
  readonly max?: number
}

/** Suspended, these keep a group from going out or in (EC2 Auto Scaling user guide, "Suspend and resume a process"). */
const needed = (out: boolean): readonly string[] => (out ? ['Launch', 'AddToLoadBalancer'] : ['Terminate'])

/** Whether sizes are in order: desired within the bounds that it will have. */
export const boundsProblem = (group: Group, wanted: WantedSizes): Reason | undefined => {
  const { min = group.min, max = group.max } = wanted
  const fits = min <= wanted.desired && wanted.desired <= max
  return fits
    ? undefined
    : reason('capacity_out_of_bounds', { group: group.name, needed: wanted.desired, min, max })
}

/** The sizes that a group is to have. */
export const wantedSizes = (group: Group, { desired, min, max }: WantedSizes): Capacity => ({
  min: min ?? group.min,
  desired,
  max: max ?? group.max,
})

/** What is known before a group gets other sizes. */
export interface ScaleFacts {
  readonly group: Group
  /** What then becomes of the scheduled actions that go back to the sizes of before. */
  readonly schedule?: PlannedSchedule
  /** An event that the group is out for now: its way in will set other sizes again. */
  readonly on?: { readonly id: OperationId; readonly name?: string; readonly inAt: Instant }
  /** Until when the cooldown lasts, where that is to be waited for. */
  readonly cooldown?: Instant
  readonly now: Instant
}

/** The plan of giving a group other sizes now, or why that cannot be. Pure. */
export const planScale = (input: PlannerInput, facts: ScaleFacts, wanted: WantedSizes): Planned => {
  const { service } = input
  const { group, schedule, on, cooldown: until, now } = facts
  if (group.status) return failure(reason('group_being_deleted', { group: group.name, status: group.status }))
  const problem = boundsProblem(group, wanted)
  if (problem) return failure(problem)
  const is = wantedSizes(group, wanted)
  if (sameSizes(group, is))
    return failure(reason('nothing_to_do', { service: service.name, group: group.name }))
  const stopped = group.suspended.filter((one) => needed(is.desired > group.desired).includes(one))
  if (is.desired !== group.desired && stopped.length > 0) {
    return failure(reason('processes_suspended', { group: group.name, processes: stopped }))
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
        { name: 'fleet', expected: Math.max(5 * second, (until ?? now) - now) },
        { name: 'health', expected: moves ? 3 * minute : 5 * second },
      ],
      input.history,
    ),
    ...(schedule && { schedule }),
    calls: [
      'UpdateAutoScalingGroup',
      ...(until === undefined ? [] : ['SetDesiredCapacity']),
      ...(schedule ? callsOf(schedule) : []),
    ],
    warnings: [
      ...(is.desired === 0 ? [reason('group_empty', { group: group.name })] : []),
      ...(on ? [reason('scale_in_event', { event: on.id, name: on.name, at: on.inAt })] : []),
      ...(until !== undefined && until > now ? [reason('cooldown_lasts', { group: group.name, until })] : []),
    ],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}
