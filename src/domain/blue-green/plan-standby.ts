import type { Service } from '../catalogue/catalogue'
import { inStandby } from './drain-to-standby'
import type { PlannedComponent, PlannedWeights } from './planned-colors'
import { sides } from './live-color'
import { stickiest } from './weights'
import { expectedTasks } from '../operation/expected-durations'
import { fingerprint } from '../operation/fingerprint'
import type { Plan, PlannedTask } from '../operation/plan'
import { type Reason, reason } from '../reasons/reason'
import { failure, ok } from '../result'
import { minute, second } from '../time/time'
import type { Swapped } from './window'
import { weightCalls, type ColorFacts, minimumOf, obstacleTo, plannedGroup } from './plan-swap'
import type { Planned, PlannerInput } from '../operation/planning'
import { active } from '../fleet/serving'

/** Instances that are kept warm, and those of them that do not run. */
export interface KeptInstances {
  /** Ids of instances that Rollcall itself has put into Standby, or of a color that it keeps at weight 0. */
  readonly own: ReadonlySet<string>
  /** Ids of those that EC2 says are running: in Standby nobody checks, and a dead one looks as before. */
  readonly running: ReadonlySet<string>
}

const task = (name: PlannedTask['name'], expected: number): PlannedTask => ({ name, expected })

/** What stands by in the idle color, component by component. */
const components = (
  input: PlannerInput,
  facts: ColorFacts,
  { own, running }: KeptInstances,
): readonly PlannedComponent[] =>
  facts.colors.components.map((component) => {
    const { from, to } = sides(component, facts.colors.live)
    const { policies, actions } = facts.scaling.get(from.name) ?? { policies: [], actions: [] }
    const kept = facts.colors.warm ? active(to).map(({ id }) => id) : inStandby({ group: to })
    const standby = kept.filter((id) => own.has(id))
    return {
      name: component.name,
      from: plannedGroup(from),
      to: plannedGroup(to),
      minimum: minimumOf(input.service, from),
      policies: policies.map(({ name }) => name),
      actions: actions.map(({ name }) => name),
      gives: [],
      standby,
      dead: standby.filter((id) => !running.has(id)),
    }
  })

const standbyObstacle = (facts: ColorFacts, needed: readonly string[]): Reason | undefined => {
  for (const component of facts.colors.components) {
    const { from, to } = sides(component, facts.colors.live)
    const obstacle = obstacleTo(facts, from) ?? obstacleTo(facts, to)
    if (obstacle && !(obstacle.code === 'processes_suspended' && needed.length === 0)) return obstacle
  }
  return undefined
}

/** The plan of bringing the old color back, out of Standby or from weight 0, or why that cannot be done now. Pure. */
export const planReturn = (
  input: PlannerInput,
  facts: ColorFacts,
  swapped: Swapped,
  kept: KeptInstances,
  weights?: PlannedWeights,
): Planned => {
  const { service } = input
  const obstacle = standbyObstacle(facts, ['Launch'])
  if (obstacle) return failure(obstacle)
  const parts = components(input, facts, kept)
  for (const { to, standby, dead } of parts) {
    if (standby.length === 0 || dead.length < standby.length) continue
    return failure(
      reason('standby_not_running', { service: service.name, group: to.name, instances: standby }),
    )
  }
  const lost = parts.flatMap(({ dead }) => dead)
  const tagged = service.versionTag !== undefined
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: swapped.before ?? swapped.from,
    before: swapped.version,
    strategy: weights ? 'canary' : 'blue-green',
    colors: {
      how: 'return',
      from: swapped.to,
      to: swapped.from,
      ...(tagged && { tag: service.versionTag }),
      of: swapped.operation,
      ...(weights && { weights }),
      components: parts,
    },
    tasks: expectedTasks(
      [
        ...(weights
          ? [task('health', 5 * second), task('weights', 5 * second), task('copy', 5 * second)]
          : [
              task('standby', 5 * second),
              task('copy', 5 * second),
              task('health', lost.length > 0 ? 2 * minute : minute / 2),
            ]),
        task('handover', 5 * second),
        task('fleet', 15 * second),
        task('finish', 5 * second),
      ],
      input.history.filter(
        ({ plan }) => plan?.colors?.how === 'return' && !plan.colors.weights === (weights === undefined),
      ),
    ),
    calls: [
      ...(weights ? weightCalls(weights) : ['ExitStandby']),
      'SuspendProcesses',
      ...(parts.some(({ policies }) => policies.length > 0) ? ['PutScalingPolicy', 'DeletePolicy'] : []),
      ...(parts.some(({ actions }) => actions.length > 0)
        ? ['PutScheduledUpdateGroupAction', 'DeleteScheduledAction']
        : []),
      'UpdateAutoScalingGroup',
      'ResumeProcesses',
      ...(tagged ? ['CreateOrUpdateTags'] : []),
    ],
    warnings: lost.length > 0 ? [reason('standby_replaced', { instances: lost })] : [],
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

/** How the color that serves is, for whoever wants to give the other one up. */
export interface Serving {
  readonly group: string
  readonly serving: number
  readonly wanted: number
  readonly complete: boolean
  /** Instances that were taken out for their health lately. */
  readonly lost: number
}

/** Alarms that the catalogue names. */
export interface AlarmsNow {
  /** In alarm now. */
  readonly inAlarm: readonly string[]
  /** Not known to CloudWatch. */
  readonly unknown: readonly string[]
}

/** What ends: the swap whose window it is, where it is known, and how the color that serves is. */
interface WindowEnd {
  readonly live: readonly Serving[]
  readonly swapped?: Swapped
  /** The routes that it is kept on, where it is at weight 0. */
  readonly weights?: PlannedWeights
  /** Since when losses were counted, in milliseconds. */
  readonly countedSince: number
  readonly alarms: AlarmsNow
  /** Nobody asked for it: the window is over. */
  readonly byItself: boolean
}

/** What the service's alarms say against giving the other color up. */
const alarmed = ({ name, where }: Service, { inAlarm, unknown }: AlarmsNow): readonly Reason[] => [
  ...(inAlarm.length > 0 ? [reason('alarms_ringing', { service: name, alarms: inAlarm })] : []),
  ...(unknown.length > 0
    ? [reason('alarms_unknown', { service: name, alarms: unknown, region: where.region })]
    : []),
]

/**
 * The plan of ending a window: what stands by is terminated. Refused while the color that serves is not complete, and,
 * where nobody asked for it, while an alarm rings or cannot be found. Pure.
 */
export const planFinish = (
  input: PlannerInput,
  facts: ColorFacts,
  kept: KeptInstances,
  { live, swapped, weights, countedSince, alarms, byItself }: WindowEnd,
): Planned => {
  const { service } = input
  const obstacle = standbyObstacle(facts, [])
  if (obstacle) return failure(obstacle)
  const short = live.find(({ complete }) => !complete)
  if (short) {
    const { group, serving, wanted } = short
    return failure(reason('live_color_incomplete', { group, healthy: serving, wanted }))
  }
  const unsettled = live.find(({ lost }) => lost > 0)
  if (unsettled) {
    const { group, lost } = unsettled
    return failure(reason('live_color_unsettled', { group, count: lost, within: countedSince }))
  }
  const alarming = alarmed(service, alarms)
  if (byItself && alarming[0]) return failure(alarming[0])
  const parts = components(input, facts, kept)
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version: swapped?.before ?? facts.colors.idle,
    ...(swapped && { before: swapped.version }),
    colors: {
      how: 'finish',
      from: facts.colors.live,
      to: facts.colors.idle,
      ...(swapped && { of: swapped.operation }),
      ...(weights && { weights }),
      components: parts,
    },
    tasks: expectedTasks(
      [
        task('standby', weights ? 5 * second : 10 * second),
        ...(weights ? [task('weights', second), task('fleet', 15 * second)] : []),
        task('finish', 5 * second),
      ],
      input.history,
    ),
    calls: weights
      ? ['UpdateAutoScalingGroup', ...(stickiest(weights.routes) > 0 ? weightCalls(weights) : [])]
      : ['TerminateInstanceInAutoScalingGroup', 'UpdateAutoScalingGroup'],
    // A person sees for themselves what rings, and decides.
    warnings: alarming,
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}
