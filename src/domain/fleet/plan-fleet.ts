import type { Capacity, Service } from '../catalogue/catalogue'
import type { Strategy } from '../catalogue/strategy'
import type { Group } from './fleet'
import { expectedTasks } from '../operation/expected-durations'
import { fingerprint } from '../operation/fingerprint'
import type { Operation } from '../operation/operation'
import type { Plan, PlannedImage, PlannedTask, PlannedVersion } from '../operation/plan'
import { type Reason, reason } from '../reasons/reason'
import { failure, ok } from '../result'
import { active, heaviest, instancesFor, isOn, isStandby, isWeighted } from './serving'
import { overrideObstacle } from './overrides'
import { headroomProblems } from '../events/headroom'
import type { TaskName } from '../steps/tasks'
import { type Milliseconds, minute, second } from '../time/time'
import { type FleetFacts, type Planned, type PlannerInput } from '../operation/planning'

/** What is asked of the fleet, once the procedure knows its image and version. */
export interface FleetRequest {
  readonly version: string
  readonly before?: string
  readonly strategy: Strategy
  readonly image?: PlannedImage
  readonly target: PlannedVersion
  /** What to do with Standby instances in a refresh; nothing said is a refusal. */
  readonly standby?: 'ignore' | 'terminate'
}

const strategies = new Set<Strategy>(['refresh', 'replace', 'surge'])
/** Suspended, these stop a roll in its middle (EC2 Auto Scaling user guide, "Suspend and resume a process"). */
const needed = ['Launch', 'Terminate', 'AddToLoadBalancer', 'HealthCheck', 'ReplaceUnhealthy']

/** The plan of moving a group to a template version, or why that cannot be done now. Pure. */
export const planFleet = (input: PlannerInput, facts: FleetFacts, wanted: FleetRequest): Planned => {
  const { service } = input
  const { group, current } = facts
  const obstacle = findObstacle(facts, wanted)
  if (obstacle) return failure(obstacle)

  const target = wanted.target
  const outdated =
    target.how === 'new'
      ? active(group).length
      : active(group).filter(
          (instance) => !isOn(instance, { id: current.templateId, version: target.number }),
        ).length
  const unitless = countsInstances(service, facts)
  const after = sizesAfter(unitless ? undefined : service.capacity, group)
  const grows = after.desired > group.desired
  const settled =
    target.how === 'existing' &&
    outdated === 0 &&
    current.number === target.number &&
    facts.defaultVersion === target.number
  if (settled && sameSizes(group, after)) {
    return failure(reason('nothing_to_do', { service: service.name, version: wanted.version }))
  }

  const before = { min: group.min, desired: group.desired, max: group.max, cooldown: group.cooldown }
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: wanted.version,
    ...(wanted.before !== undefined && { before: wanted.before }),
    strategy: wanted.strategy,
    ...(wanted.image && { image: wanted.image }),
    template: {
      id: current.templateId,
      name: current.templateName,
      current: current.number,
      default: facts.defaultVersion,
      target,
    },
    group: {
      name: group.name,
      pin: group.template?.pin ?? '$Default',
      before,
      peak: Math.max(
        after.desired,
        outdated === 0 ? group.desired : peak(wanted.strategy, group, service.surge),
      ),
      after,
      minimum: Math.min(service.gate.healthy ?? group.min, group.desired),
      targetGroups: group.targetGroups,
      suspended: group.suspended,
      terminationPolicies: group.terminationPolicies,
      outdated,
      ...(heaviest(group) > 1 && { weighted: true as const }),
      ...(wanted.strategy === 'refresh' && { warmup: warmupOf(group) }),
      ...(facts.launchHooks.length > 0 && {
        launchHooks: facts.launchHooks.map(({ name, timeout }) => ({ name, timeout })),
      }),
      ...(facts.launchTime !== undefined && { launchTime: facts.launchTime }),
      standby: group.instances.filter(isStandby).length,
      protected: group.instances.filter((instance) => instance.protected).length,
    },
    tasks: expectedTasks(
      estimates(wanted, service, facts, { outdated, grows }),
      comparable(input.history, wanted.strategy),
    ),
    calls: calls(wanted, facts, outdated, after),
    warnings: [
      ...warnings(facts, wanted, {
        outdated,
        grows,
        most: peak(wanted.strategy, group, service.surge),
      }),
      ...(unitless
        ? [
            reason('capacity_not_units', {
              group: group.name,
              desired: facts.base.desired,
              max: service.capacity?.max,
            }),
          ]
        : []),
    ],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

const findObstacle = (facts: FleetFacts, wanted: FleetRequest): Reason | undefined => {
  const { group } = facts
  if (!strategies.has(wanted.strategy)) return reason('strategy_unsupported', { strategy: wanted.strategy })
  if (group.status) return reason('group_being_deleted', { group: group.name, status: group.status })
  if (facts.refreshRunning) {
    return reason('refresh_already_running', { group: group.name, refresh: facts.refreshRunning })
  }
  const blocking = [...needed, ...(wanted.strategy === 'refresh' ? ['InstanceRefresh'] : [])]
  const suspended = group.suspended.filter((process) => blocking.includes(process))
  if (suspended.length > 0) return reason('processes_suspended', { group: group.name, processes: suspended })
  const standby = group.instances.filter(isStandby).map((instance) => instance.id)
  if (standby.length > 0 && wanted.strategy === 'refresh' && !wanted.standby) {
    return reason('standby_instances', { group: group.name, instances: standby })
  }
  const ownSource = overrideObstacle(group)
  if (ownSource) return ownSource
  // What rests in the pool was launched from the old version and would come up first: a refresh renews the pool as well.
  if (group.warmPool && wanted.strategy !== 'refresh') {
    return reason('warm_pool', { group: group.name, strategy: wanted.strategy, size: group.warmPool.size })
  }
  if (facts.unusedTargetGroups.length > 0 && group.desired > 0) {
    return reason('target_group_unused', { targetGroups: facts.unusedTargetGroups })
  }
  return undefined
}

/** Most instances at once on the way; units, where they have weights. */
const peak = (strategy: Strategy, group: Group, surgePercent: number): number => {
  const { desired } = group
  const room = heaviest(group)
  if (desired === 0) return 0
  if (strategy === 'surge') return desired * 2
  if (strategy === 'replace') return desired + room
  return Math.max(desired + room, Math.ceil((desired * surgePercent) / 100))
}

/** Instances beyond those of before, at the most, where a group grows to so many units. */
const extraInstances = (group: Group, most: number): number =>
  instancesFor(group, Math.max(0, most - group.desired))

/** AWS's default: the group's warm-up, or else its health check's grace period (API reference, RefreshPreferences). */
const warmupOf = (group: Group): Milliseconds => (group.warmup ?? group.healthCheck.graceSeconds) * second

/**
 * Whether the catalogue's sizes can only be meant in instances, where the group's are units: they would leave fewer than
 * there are while no event is on, or lower the maximum below as many instances as have room in it. They are told then, and
 * not set: no deploy takes half of a fleet away.
 */
const countsInstances = ({ capacity }: Service, { group, base }: FleetFacts): boolean =>
  capacity !== undefined &&
  isWeighted(group) &&
  (capacity.max < base.desired || (capacity.max < base.max && capacity.max <= instancesFor(group, base.max)))

/**
 * Sizes that a deploy leaves behind: the group's own, or the catalogue's. Desired capacity is never lowered
 * by a deploy: a scale-out that the traffic asked for outlives it.
 */
const sizesAfter = (wanted: Service['capacity'], group: Group): Capacity & { cooldown: number } => {
  if (!wanted) return { min: group.min, desired: group.desired, max: group.max, cooldown: group.cooldown }
  const desired = Math.min(Math.max(wanted.desired, group.desired), wanted.max)
  return { min: wanted.min, desired, max: wanted.max, cooldown: wanted.cooldown ?? group.cooldown }
}

const sameSizes = (group: Group, after: Capacity & { cooldown: number }): boolean =>
  group.min === after.min &&
  group.desired === after.desired &&
  group.max === after.max &&
  group.cooldown === after.cooldown

/** Boot, registration and the first passing check of one wave of instances, for a service without a past. */
const bootTime: Milliseconds = 2 * minute

/** A launch until its instance is in service, where AWS tells nothing of earlier ones. */
const briefLaunch: Milliseconds = minute

/** The same where hooks hold instances: as its last launches took, then registration and the first passing check. */
const bootTimeOf = ({ launchTime }: FleetFacts): Milliseconds =>
  launchTime === undefined ? bootTime : Math.max(bootTime, launchTime + bootTime - briefLaunch)

/**
 * How long the fleet takes to be replaced. A refresh waits for the warm-up of each wave once it is in service; that is the
 * group's default or else its health check's grace period (EC2 Auto Scaling user guide, "instance refresh default values").
 */
const fleetTime = (
  wanted: FleetRequest,
  service: Service,
  facts: FleetFacts,
  outdated: number,
): Milliseconds => {
  const { group, launchTime = briefLaunch } = facts
  const boot = bootTimeOf(facts)
  if (wanted.strategy === 'replace') return outdated * boot
  if (wanted.strategy !== 'refresh') return bootTime + boot
  const surgeCapacity = (peak('refresh', group, service.surge) - group.desired) / heaviest(group)
  const waves = Math.ceil(outdated / Math.max(1, Math.floor(surgeCapacity)))
  return waves * Math.max(boot, Math.max(briefLaunch, launchTime) + warmupOf(group))
}

const estimates = (
  wanted: FleetRequest,
  service: Service,
  facts: FleetFacts,
  { outdated, grows }: { readonly outdated: number; readonly grows: boolean },
): readonly PlannedTask[] => {
  const task = (name: TaskName, expected: Milliseconds): PlannedTask => ({ name, expected })
  return [
    ...(wanted.image ? [task('image', wanted.image.how === 'use' ? second : 5 * minute)] : []),
    task('template', 5 * second),
    ...(outdated > 0 ? [task('fleet', fleetTime(wanted, service, facts, outdated) + service.gate.bake)] : []),
    ...(outdated === 0 && grows ? [task('fleet', 5 * second)] : []),
    ...(outdated > 0 || grows
      ? [task('health', grows ? bootTimeOf(facts) + service.gate.bake : 5 * second)]
      : []),
    task('finish', 5 * second),
  ]
}

const comparable = (history: readonly Operation[], strategy: Strategy): readonly Operation[] =>
  history.filter((operation) => operation.plan?.strategy === strategy).slice(0, 10)

const calls = (
  wanted: FleetRequest,
  { group, scalesIn = false }: FleetFacts,
  outdated: number,
  after: Capacity & { cooldown: number },
): readonly string[] => {
  const tracksAlias = typeof group.template?.pin === 'string'
  const fleet: Record<string, readonly string[]> = {
    refresh: ['UpdateAutoScalingGroup', 'StartInstanceRefresh'],
    replace: ['UpdateAutoScalingGroup', 'TerminateInstanceInAutoScalingGroup'],
    surge: ['UpdateAutoScalingGroup', 'SetInstanceProtection'],
  }
  const moves = outdated > 0 || after.desired > group.desired
  const holds =
    moves && scalesIn && wanted.strategy !== 'surge' && !group.suspended.includes('AlarmNotification')
  return [
    ...(wanted.image?.how === 'bake' ? ['CreateImage'] : []),
    ...(tracksAlias ? ['UpdateAutoScalingGroup'] : []),
    ...(wanted.target.how === 'new' ? ['CreateLaunchTemplateVersion'] : []),
    ...(holds ? ['PutScalingPolicy'] : []),
    ...(outdated > 0 ? (fleet[wanted.strategy] ?? []) : []),
    'ModifyLaunchTemplate',
    ...(tracksAlias || !sameSizes(group, after) ? ['UpdateAutoScalingGroup'] : []),
  ]
}

const warnings = (
  { group, current, headroom }: FleetFacts,
  wanted: FleetRequest,
  { outdated, grows, most }: { readonly outdated: number; readonly grows: boolean; readonly most: number },
): readonly Reason[] => {
  const unchecked = group.uncheckedSources ?? []
  const standby = group.instances.filter(isStandby).map((instance) => instance.id)
  const protectedInstances = group.instances
    .filter((instance) => instance.protected)
    .map((instance) => instance.id)
  return [
    ...(group.desired === 0 && !grows ? [reason('group_empty', { group: group.name })] : []),
    ...(outdated > 0 && headroom
      ? headroomProblems(headroom, group, active(group).length + extraInstances(group, most))
      : []),
    ...(outdated > 0 && current.parameter !== undefined
      ? [reason('image_by_parameter', { parameter: current.parameter, template: current.templateName })]
      : []),
    ...(outdated > 0 && unchecked.length > 0
      ? [reason('sources_unchecked', { group: group.name, sources: unchecked })]
      : []),
    ...(outdated > 0 && standby.length > 0
      ? [
          reason('standby_instances', {
            group: group.name,
            instances: standby,
            treated: wanted.standby ?? 'ignore',
          }),
        ]
      : []),
    ...(outdated > 0 && protectedInstances.length > 0
      ? [reason('protected_instances', { group: group.name, instances: protectedInstances })]
      : []),
  ]
}
