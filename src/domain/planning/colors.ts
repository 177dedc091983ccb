import type { Capacity, Service, Strategy } from '../catalogue'
import type { PlannedColors, PlannedColorVersion, PlannedComponent, PlannedWeights } from '../colors/plan'
import { dueBy, extras, ownsAlarms, type Scaling } from '../colors/scaling'
import { type Colors, isLive, sides } from '../colors/state'
import { stickiest } from '../colors/weights'
import { expectedTasks } from '../durations'
import { sizesOf } from '../events/sizes'
import { fingerprint } from '../fingerprint'
import type { Group } from '../fleet'
import type { OperationId } from '../operation'
import type { Plan, PlannedImage, PlannedTask } from '../plan'
import { type Reason, reason } from '../reasons'
import { failure, ok } from '../result'
import { isStandby } from '../serving'
import type { TaskName } from '../steps/tasks'
import { type Instant, type Milliseconds, minute, second } from '../time'
import type { Planned, Scope } from './facts'

/** What AWS says of both colors before anything is decided. */
export interface ColorFacts {
  readonly colors: Colors
  /** Policies and scheduled actions, by group. */
  readonly scaling: ReadonlyMap<string, Scaling>
  /** Instance refreshes that run now, by group. */
  readonly refreshes: ReadonlyMap<string, string>
  /** Attached target groups that no listener or rule forwards to. */
  readonly unusedTargetGroups: readonly string[]
  /** The longest that targets of a leaving instance drain. */
  readonly drain: Milliseconds
  /** The swap that put the instances into Standby that are there now, or keeps the idle color at weight 0. */
  readonly standbyOf?: OperationId
  readonly now: Instant
}

/** What is asked of the colors, once the procedure knows the version. */
export interface SwapWish {
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
export const planSwap = (scope: Scope, facts: ColorFacts, wish: SwapWish): Planned => {
  const { service } = scope
  const { colors } = facts
  const { weights } = wish
  const pairs = colors.components.map((component) => ({ component, ...sides(component, colors.live) }))
  const kept = colors.warm && pairs.find(({ to }) => isLive(to))
  if (kept) {
    const left = { service: service.name, group: kept.to.name, operation: facts.standbyOf }
    return failure(reason('warm_left', left))
  }
  for (const { from, to } of pairs) {
    const obstacle = obstacleTo(facts, from) ?? obstacleTo(facts, to) ?? obstacleOf(service, facts, from, to)
    if (obstacle) return failure(obstacle)
  }
  // By weights they are put into a forward first.
  if (!weights && facts.unusedTargetGroups.length > 0) {
    return failure(reason('target_group_unused', { targetGroups: facts.unusedTargetGroups }))
  }
  const components = pairs.map(({ component, from, to }): PlannedComponent => {
    const [own, idle] = [scalingOf(facts, from), scalingOf(facts, to)]
    const template = wish.templates?.get(component.name)
    const odd = extras(idle, own)
    return {
      name: component.name,
      from: { name: from.name, ...sizesOf(from) },
      to: { name: to.name, ...sizesOf(to) },
      minimum: minimumOf(service, from),
      policies: own.policies.map(({ name }) => name),
      actions: own.actions.map(({ name }) => name),
      gives: [...odd.policies, ...odd.actions].map(({ name }) => name),
      ...(template && { template }),
      standby: [],
      dead: [],
    }
  })
  const planned: PlannedColors = {
    how: 'swap',
    from: colors.live,
    to: colors.idle,
    ...(wish.tag !== undefined && { tag: wish.tag }),
    ...(wish.of !== undefined && { of: wish.of }),
    ...(service.standby !== undefined && { window: windowOf(service.standby, weights) }),
    ...(weights && { weights }),
    components,
  }
  return finished(scope, facts, planned, wish)
}

/** Clients that stickiness keeps with the old color still come while it is kept, and must find it. */
const windowOf = (standby: Milliseconds, weights: PlannedWeights | undefined): Milliseconds =>
  Math.max(standby, stickiest(weights?.routes ?? []) * second)

const finished = (scope: Scope, facts: ColorFacts, colors: PlannedColors, wish: SwapWish): Planned => {
  const tasks = expectedTasks(guesses(scope.service, facts, wish), scope.past.slice(0, 10))
  const planned: Omit<Plan, 'fingerprint'> = {
    service: scope.service.name,
    version: wish.version,
    ...(wish.before !== undefined && { before: wish.before }),
    ...(wish.strategy && { strategy: wish.strategy }),
    ...(wish.image && { image: wish.image }),
    colors,
    tasks,
    calls: calls(colors, wish),
    warnings: [...stickyWarnings(colors), ...warnings(facts, tasks)],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

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

const obstacleOf = (service: Service, facts: ColorFacts, from: Group, to: Group): Reason | undefined => {
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
const wave: Milliseconds = 2 * minute

const guesses = (service: Service, { drain }: ColorFacts, wish: SwapWish): readonly PlannedTask[] => {
  const task = (name: TaskName, expected: Milliseconds): PlannedTask => ({ name, expected })
  return [
    ...(wish.image ? [task('image', wish.image.how === 'use' ? second : 5 * minute)] : []),
    task('version', 5 * second),
    task('copy', 5 * second),
    task('fleet', 5 * second),
    task('health', wave + service.gate.bake),
    ...(wish.weights
      ? [
          task('weights', wish.weights.steps.length * (service.gate.bake + 10 * second)),
          task('handover', 5 * second),
        ]
      : [task('handover', 5 * second), task('standby', drain + 15 * second)]),
    task('finish', 5 * second),
  ]
}

const calls = ({ components }: PlannedColors, wish: SwapWish): readonly string[] => {
  const policies = components.some((one) => one.policies.length > 0)
  const actions = components.some((one) => one.actions.length > 0)
  return [
    ...(wish.image?.how === 'bake' ? ['CreateImage'] : []),
    ...(components.some(({ template }) => template?.target.how === 'new')
      ? ['CreateLaunchTemplateVersion']
      : []),
    ...(wish.tag === undefined ? [] : ['CreateOrUpdateTags']),
    'SuspendProcesses',
    ...(policies ? ['PutScalingPolicy'] : []),
    ...(actions ? ['PutScheduledUpdateGroupAction'] : []),
    'UpdateAutoScalingGroup',
    ...(wish.weights ? callsOf(wish.weights) : []),
    'ResumeProcesses',
    ...(actions ? ['DeleteScheduledAction'] : []),
    ...(policies ? ['DeletePolicy'] : []),
    ...(wish.weights ? [] : ['EnterStandby']),
    ...(wish.templates ? ['ModifyLaunchTemplate'] : []),
  ]
}

/** What changes the weights of these routes. */
export const callsOf = ({ routes }: PlannedWeights): readonly string[] => [
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
    return [
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
