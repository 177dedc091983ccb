import { foundBad } from '../../domain/analysis/window'
import { completeness } from '../../domain/blue-green/drain-to-standby'
import { type Colors, sides } from '../../domain/blue-green/live-color'
import type { PlannedWeights } from '../../domain/blue-green/planned-colors'
import { stickiest } from '../../domain/blue-green/weights'
import { putIntoStandby, shiftedAt, type Swapped, swappedBy, windowId } from '../../domain/blue-green/window'
import type { Operation } from '../../domain/operation/operation'
import { minimumOf } from '../../domain/blue-green/plan-swap'
import type { Planned } from '../../domain/operation/planning'
import { type AlarmsNow, planFinish, type Serving } from '../../domain/blue-green/plan-standby'
import { type Reason, reason } from '../../domain/reasons/reason'
import { failure } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import { type Milliseconds, minute, second } from '../../domain/time/time'
import type { AlarmState } from '../../ports/alarms'
import type { Runbook } from '../context'
import { terminateStandby } from './standby/terminate-standby'
import { findColors } from '../../facts/blue-green/find-colors'
import { gatherColors } from '../../facts/blue-green/gather-colors'
import { gatherWeights } from '../../facts/blue-green/gather-weights'
import { gatherKeptInstances, swapKeepingWarm } from '../../facts/blue-green/kept-instances'
import { recentSuccesses } from '../../facts/recent-operations'
import { readFleet } from '../../facts/fleet/read-fleet'
import type { PlanContext } from '../../facts/plan-context'

type Finish = Extract<Request, { procedure: 'finish' }>

/** A color that loses instances to their health within this time has not settled. */
const settlingTime: Milliseconds = 15 * minute
/** Operations that are looked through for who put instances into Standby. */
const historyDepth = 50

/**
 * `/asg finish <service>`: the end of a window. What is kept is terminated, and the old color is idle. It starts by
 * itself when the window is over, and does nothing while the color that serves is not whole; by itself it does nothing
 * either while an alarm of the service rings, or where customers were found to notice the new version.
 */
export const finish: Runbook<Finish> = {
  async plan(request, context) {
    const { service, account, timers, now } = context
    const none = failure(reason('no_window', { service: service.name }))
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    const standing = await gatherKeptInstances(context, colors)
    if (standing.own.size === 0) return none
    const keptBy = colors.warm
      ? await swapKeepingWarm(context, colors)
      : await swapThatDrained(context, standing.own)
    const owner = keptBy && swappedBy(keptBy)
    // A button under an older swap speaks of a window that is over.
    if (request.operation !== undefined && request.operation !== owner?.operation) return none
    const [window] = (await timers.of(service.name)).filter(({ id }) => id === windowId(service.name))
    const moved = request.due !== undefined && window !== undefined && window.at > now
    if (moved) return failure(reason('window_moved', { service: service.name, until: window.at }))
    const byItself = request.due !== undefined
    const noticed = byItself && owner ? await noticedBy(context, owner) : undefined
    if (noticed) return failure(noticed)
    const kept = { swapped: owner, byItself }
    if (!colors.warm) return plan(context, colors, standing, kept)
    const routed = await gatherWeights(context, colors, [])
    if (!routed.ok) return routed
    const weights = routed.value
    const until = (keptBy ? shiftedAt(keptBy) : 0) + stickiest(weights.routes) * second
    const [group] = namesOfIdle(colors)
    if (until > now) return failure(reason('sticky_left', { group, until }))
    return plan(context, colors, standing, { ...kept, weights })
  },

  run: (run, context) => terminateStandby(run, context),
}

/** Why customers were found to notice the version that the window is open for: its way back is not given up by itself. */
const noticedBy = async (
  { journal, service }: PlanContext,
  { operation }: Swapped,
): Promise<Reason | undefined> => {
  const found = (await journal.history(service.name, historyDepth)).find((one) => foundBad(one, operation))
  return found?.notes.find(({ code }) => code === 'version_bad')
}

const namesOfIdle = ({ components, idle }: Colors): readonly string[] =>
  components.map((component) => component[idle].name)

/** What ends: the swap that keeps it, where it is known, and the routes where it is at weight 0. */
interface WindowEnd {
  readonly swapped: Swapped | undefined
  readonly weights?: PlannedWeights
  /** Nobody asked for it: the window is over. */
  readonly byItself: boolean
}

const plan = async (
  context: PlanContext,
  colors: Colors,
  standing: Parameters<typeof planFinish>[2],
  { swapped, weights, byItself }: WindowEnd,
): Promise<Planned> => {
  const [facts, history, alarms, live] = await Promise.all([
    gatherColors(context, colors),
    recentSuccesses(context, 'finish'),
    alarmsOf(context),
    Promise.all(
      colors.components.map((component) => servingColor(context, sides(component, colors.live).from.name)),
    ),
  ])
  const known = live.filter((one) => one !== undefined)
  if (known.length < live.length) return failure(reason('group_not_found', {}))
  return planFinish({ service: context.service, history }, facts, standing, {
    live: known,
    countedSince: settlingTime,
    alarms,
    byItself,
    ...(swapped && { swapped }),
    ...(weights && { weights }),
  })
}

/** The service's alarms that ring, and those that do not exist. Where the catalogue names none, none are read. */
const alarmsOf = async ({ service, account }: PlanContext): Promise<AlarmsNow> => {
  const names = service.alarms ?? []
  const states = names.length > 0 ? await account.alarms.states(names) : new Map<string, AlarmState>()
  return {
    inAlarm: names.filter((name) => states.get(name) === 'ALARM'),
    unknown: names.filter((name) => !states.has(name)),
  }
}

/** The swap that put them into Standby. */
const swapThatDrained = async (
  { journal, service }: PlanContext,
  ours: ReadonlySet<string>,
): Promise<Operation | undefined> =>
  (await journal.history(service.name, historyDepth)).find((operation) => {
    const drained = putIntoStandby([operation])
    return swappedBy(operation) !== undefined && [...ours].some((id) => drained.has(id))
  })

/** Instances that a group took out because of their health (wording of DescribeScalingActivities, Cause). */
const healthCheckCause = /health check/i

const servingColor = async (
  { account, service, now }: PlanContext,
  name: string,
): Promise<Serving | undefined> => {
  const [fleet, activities] = await Promise.all([
    readFleet(account, name, {}),
    account.groups.activities(name),
  ])
  if (!fleet) return undefined
  const { instances, complete } = completeness(fleet, minimumOf(service, fleet.group))
  const lost = activities.filter(
    ({ startedAt, description, cause }) =>
      startedAt >= now - settlingTime &&
      description.startsWith('Terminating') &&
      healthCheckCause.test(cause),
  )
  const { healthy, wanted } = instances
  return { group: name, serving: healthy, wanted, complete, lost: lost.length }
}
