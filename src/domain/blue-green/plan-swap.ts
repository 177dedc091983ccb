import type { Capacity, Service } from '../catalogue/catalogue'
import type { Strategy } from '../catalogue/strategy'
import type { PlannedColors, PlannedColorVersion, PlannedComponent, PlannedWeights } from './planned-colors'
import { dueBy, extras, ownsAlarms, type Scaling } from './scaling'
import { type Colors, isLive, sides } from './live-color'
import { stickiest } from './weights'
import { expectedTasks } from '../operation/expected-durations'
import { sizesOf } from '../events/sizes'
import { fingerprint } from '../operation/fingerprint'
import { type HeadroomLeft, headroomProblems } from '../events/headroom'
import type { Group, LifecycleHook } from '../fleet/fleet'
import { overrideObstacle } from '../fleet/overrides'
import type { Plan, PlannedImage, PlannedTask } from '../operation/plan'
import { type Reason, reason } from '../reasons/reason'
import { failure, ok } from '../result'
import { active, instancesFor, isStandby, isWeighted } from '../fleet/serving'
import type { TaskName } from '../steps/tasks'
import { type Instant, type Milliseconds, minute, second } from '../time/time'
import type { Planned, PlannerInput } from '../operation/planning'
import type { OperationId } from '../operation/id'

/** What AWS says of both colors before anything is decided. */
export interface ColorFacts {
  readonly colors: Colors
  /** Policies and scheduled actions, by group. */
  readonly scaling: ReadonlyMap<string, Scaling>
  /** Instance refreshes that run now, by group. */
  readonly refreshes: ReadonlyMap<string, string>
  /** Attached target groups that no listener or rule forwards to. */
  readonly unusedTargetGroups: readonly string[]
  /** Lifecycle hooks, by group that comes up. */
  readonly hooks?: ReadonlyMap<string, readonly LifecycleHook[]>
  /** Room for more instances, by group that comes up. */
  readonly headroom?: ReadonlyMap<string, HeadroomLeft>
  /** The longest that targets of a leaving instance drain. */
  readonly drain: Milliseconds
  /** The swap that put the instances into Standby that are there now, or keeps the idle color at weight 0. */
  readonly standbyOf?: OperationId
  readonly now: Instant
}

/** What is asked of the colors, once the procedure knows the version. */
export interface SwapRequest {
  readonly version: string
  readonly before?: string
  readonly strategy?: Strategy
  readonly image?: PlannedImage
  /** The template version of each component, by name, where templates are moved. */
  readonly templates?: ReadonlyMap<string, PlannedColorVersion>
  /** Whether the service's tag is to say the version. */
  readonly tag?: string
  /** The swap that this one goes back from. */
  readonly of?: OperationId
  /** Where traffic moves by weights. */
  readonly weights?: PlannedWeights
}

/** Suspended, these stop a swap in its middle (EC2 Auto Scaling user guide, "Suspend and resume a process"). */
const needed = ['Launch', 'Terminate', 'AddToLoadBalancer', 'HealthCheck', 'ReplaceUnhealthy']
/** Suspended on the idle color alone, these would leave it without its alarms and actions once it serves. */
const scaling = ['AlarmNotification', 'ScheduledActions']

/** The plan of bringing the idle color up and taking the other one out, or why that cannot be done now. Pure. */
export const planSwap = (input: PlannerInput, facts: ColorFacts, wanted: SwapRequest): Planned => {
  const { service } = input
  const { colors } = facts
  const { weights } = wanted
  const pairs = colors.components.map((component) => ({ component, ...sides(component, colors.live) }))
  const warm = colors.warm && pairs.find(({ to }) => isLive(to))
  if (warm) {
    const left = { service: service.name, group: warm.to.name, operation: facts.standbyOf }
    return failure(reason('warm_left', left))
  }
  for (const { from, to } of pairs) {
    const obstacle =
      obstacleTo(facts, from) ??
      obstacleTo(facts, to) ??
      shapeObstacle(from, to, wanted) ??
      swapObstacle(service, facts, from, to)
    if (obstacle) return failure(obstacle)
  }
  // By weights they are put into a forward first.
  if (!weights && facts.unusedTargetGroups.length > 0) {
    return failure(reason('target_group_unused', { targetGroups: facts.unusedTargetGroups }))
  }
  const components = pairs.map(({ component, from, to }): PlannedComponent => {
    const [own, idle] = [scalingOf(facts, from), scalingOf(facts, to)]
    const template = wanted.templates?.get(component.name)
    const superseded = extras(idle, own)
    const hooks = (facts.hooks?.get(to.name) ?? []).filter(({ on }) => on === 'launch')
    return {
      name: component.name,
      from: plannedGroup(from),
      to: plannedGroup(to),
      minimum: minimumOf(service, from),
      policies: own.policies.map(({ name }) => name),
      actions: own.actions.map(({ name }) => name),
      gives: [...superseded.policies, ...superseded.actions].map(({ name }) => name),
      ...(template && { template }),
      ...(hooks.length > 0 && { launchHooks: hooks.map(({ name, timeout }) => ({ name, timeout })) }),
      standby: [],
      dead: [],
    }
  })
  const planned: PlannedColors = {
    how: 'swap',
    from: colors.live,
    to: colors.idle,
    ...(wanted.tag !== undefined && { tag: wanted.tag }),
    ...(wanted.of !== undefined && { of: wanted.of }),
    ...(service.standby !== undefined && { window: windowLength(service.standby, weights) }),
    ...(weights && { weights }),
    components,
  }
  return swapPlan(input, facts, planned, wanted)
}

/** Clients that stickiness keeps with the old color still come while it is kept, and must find it. */
const windowLength = (standby: Milliseconds, weights: PlannedWeights | undefined): Milliseconds =>
  Math.max(standby, stickiest(weights?.routes ?? []) * second)

const swapPlan = (
  input: PlannerInput,
  facts: ColorFacts,
  colors: PlannedColors,
  wanted: SwapRequest,
): Planned => {
  const tasks = expectedTasks(estimates(input.service, facts, wanted), input.history.slice(0, 10))
  const planned: Omit<Plan, 'fingerprint'> = {
    service: input.service.name,
    version: wanted.version,
    ...(wanted.before !== undefined && { before: wanted.before }),
    ...(wanted.strategy && { strategy: wanted.strategy }),
    ...(wanted.image && { image: wanted.image }),
    colors,
    tasks,
    calls: calls(colors, wanted),
    warnings: [...stickyWarnings(colors), ...warnings(facts, tasks)],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

/** A color's group as a plan shows it. */
export const plannedGroup = (group: Group): PlannedComponent['from'] => ({
  name: group.name,
  ...sizesOf(group),
  ...(isWeighted(group) && { instances: instancesFor(group, group.desired) }),
})

const scalingOf = ({ scaling: known }: ColorFacts, { name }: Group): Scaling =>
  known.get(name) ?? { policies: [], actions: [] }

/** Fewest healthy instances of a component at any moment. */
export const minimumOf = ({ gate }: Pick<Service, 'gate'>, serving: Capacity): number =>
  Math.min(gate.healthy ?? serving.min, serving.desired)

/** What keeps any work on a color's group from beginning. */
export const obstacleTo = (facts: Pick<ColorFacts, 'refreshes'>, group: Group): Reason | undefined => {
  const { name } = group
  if (group.status) return reason('group_being_deleted', { group: name, status: group.status })
  const refresh = facts.refreshes.get(name)
  if (refresh !== undefined) return reason('refresh_already_running', { group: name, refresh })
  const suspended = group.suspended.filter((process) => needed.includes(process))
  return suspended.length > 0
    ? reason('processes_suspended', { group: name, processes: suspended })
    : undefined
}

/** What of the groups' shapes keeps a version from coming up whole, and with as much as serves. */
const shapeObstacle = (from: Group, to: Group, { templates }: SwapRequest): Reason | undefined => {
  if (to.warmPool) return reason('color_warm_pool', { group: to.name, size: to.warmPool.size })
  const ownSource = templates && (overrideObstacle(to) ?? overrideObstacle(from))
  if (ownSource) return ownSource
  return countsLike(from, to)
    ? undefined
    : reason('colors_count_differently', { from: from.name, to: to.name })
}

/** Whether a size means as much in one group as in another. */
const countsLike = (one: Group, other: Group): boolean => {
  const counted = ({ capacityType = 'units', unitsByType = {} }: Group) =>
    JSON.stringify([capacityType, Object.entries(unitsByType).toSorted(([a], [b]) => (a < b ? -1 : 1))])
  return counted(one) === counted(other)
}

const swapObstacle = (service: Service, facts: ColorFacts, from: Group, to: Group): Reason | undefined => {
  const standby = to.instances.filter(isStandby).map(({ id }) => id)
  if (standby.length > 0) {
    const operation = facts.standbyOf
    return reason('standby_left', { service: service.name, group: to.name, instances: standby, operation })
  }
  // The idle color was set up smaller: its own limit is not lifted behind a person's back.
  if (to.max < from.desired) {
    const { min, max } = to
    return reason('capacity_out_of_bounds', { group: to.name, needed: from.desired, min, max })
  }
  const idle = scaling.filter((one) => to.suspended.includes(one) && !from.suspended.includes(one))
  return idle.length > 0 ? reason('processes_suspended', { group: to.name, processes: idle }) : undefined
}

/** Boot, registration and the first passing check of instances, for a service without a past. */
const bootTime: Milliseconds = 2 * minute

const estimates = (service: Service, { drain }: ColorFacts, wanted: SwapRequest): readonly PlannedTask[] => {
  const task = (name: TaskName, expected: Milliseconds): PlannedTask => ({ name, expected })
  return [
    ...(wanted.image ? [task('image', wanted.image.how === 'use' ? second : 5 * minute)] : []),
    task('version', 5 * second),
    task('copy', 5 * second),
    task('fleet', 5 * second),
    task('health', bootTime + service.gate.bake),
    ...(wanted.weights
      ? [
          task('weights', wanted.weights.steps.length * (service.gate.bake + 10 * second)),
          task('handover', 5 * second),
        ]
      : [task('handover', 5 * second), task('standby', drain + 15 * second)]),
    task('finish', 5 * second),
  ]
}

const calls = ({ components }: PlannedColors, wanted: SwapRequest): readonly string[] => {
  const policies = components.some((one) => one.policies.length > 0)
  const actions = components.some((one) => one.actions.length > 0)
  return [
    ...(wanted.image?.how === 'bake' ? ['CreateImage'] : []),
    ...(components.some(({ template }) => template?.target.how === 'new')
      ? ['CreateLaunchTemplateVersion']
      : []),
    ...(wanted.tag === undefined ? [] : ['CreateOrUpdateTags']),
    'SuspendProcesses',
    ...(policies ? ['PutScalingPolicy'] : []),
    ...(actions ? ['PutScheduledUpdateGroupAction'] : []),
    'UpdateAutoScalingGroup',
    ...(wanted.weights ? weightCalls(wanted.weights) : []),
    'ResumeProcesses',
    ...(actions ? ['DeleteScheduledAction'] : []),
    ...(policies ? ['DeletePolicy'] : []),
    ...(wanted.weights ? [] : ['EnterStandby']),
    ...(wanted.templates ? ['ModifyLaunchTemplate'] : []),
  ]
}

/** What changes the weights of these routes. */
export const weightCalls = ({ routes }: PlannedWeights): readonly string[] => [
  ...new Set(routes.map(({ kind }) => (kind === 'listener' ? 'ModifyListener' : 'ModifyRule'))),
]

const stickyWarnings = ({ weights, components }: PlannedColors): readonly Reason[] => {
  const after = stickiest(weights?.routes ?? []) * second
  return after > 0 ? [reason('sticky_clients', { group: components[0]?.from.name, after })] : []
}

const warnings = (facts: ColorFacts, tasks: readonly PlannedTask[]): readonly Reason[] => {
  const { colors, now } = facts
  // A way back may take as long as the way there.
  const until = now + tasks.reduce((sum, { expected }) => sum + expected, 0) * 2
  return colors.components.flatMap((component) => {
    const { from, to } = sides(component, colors.live)
    const { policies, actions } = scalingOf(facts, from)
    const due = dueBy(actions, until).toSorted((a, b) => (a.startAt ?? 0) - (b.startAt ?? 0))
    const alarms = policies.filter((policy) => !ownsAlarms(policy)).map(({ name }) => name)
    const standby = from.instances.filter(isStandby).map(({ id }) => id)
    const room = facts.headroom?.get(to.name)
    // The color that comes up is as large as the one that serves, which its weights tell.
    const more = instancesFor(from, from.desired) + active(to).length
    const unchecked = to.uncheckedSources ?? []
    return [
      ...(room ? headroomProblems(room, to, more) : []),
      ...(unchecked.length > 0 ? [reason('sources_unchecked', { group: to.name, sources: unchecked })] : []),
      ...(due.length > 0
        ? [
            reason('actions_due', {
              group: from.name,
              names: due.map(({ name }) => name),
              at: due[0]?.startAt,
            }),
          ]
        : []),
      ...(alarms.length > 0
        ? [reason('policy_alarms', { from: from.name, to: to.name, names: alarms })]
        : []),
      ...(standby.length > 0
        ? [reason('standby_instances', { group: from.name, instances: standby, treated: 'ignore' })]
        : []),
    ]
  })
}
