import type { Capacity } from '../../domain/catalogue/catalogue'
import type { ColorsSnapshot } from '../../domain/blue-green/snapshot'
import { sizesOf } from '../../domain/events/sizes'
import { colorFleetSteps } from '../../domain/steps/blue-green/capacity'
import type { Run } from '../../durable/run'
import { type TrafficBefore, trafficBefore } from '../analysis/traffic-before'
import { type Context, planned } from '../context'
import { ensureImage } from '../images/ensure-image'
import { setGroup } from '../fleet/group/set-group'
import { awaitQuietAlarms, holdAlarms, releaseAlarms } from '../hold-alarms'
import { checkColors } from './health/check-colors'
import { passColorGate } from './health/color-gate'
import { snapshotColors } from './snapshot-colors'
import { nothingReached, type Reached, undoSwap } from './undo-swap'
import { copyScaling, resumeTransferred, transferScaling } from './transfer-scaling'
import { resumeAlarms, shiftTraffic } from './traffic/shift-traffic'
import { drainToStandby } from './standby/drain-to-standby'
import { newColorUnhealthy } from './health/unhealthy-reasons'
import { assignVersion, promoteColorVersion } from './color-version'
import { addToRoutes } from './traffic/set-weights'
import { openWindow, watchWindow } from './standby/open-window'

/** A swap under way: both colors as they stood, and how far it came. */
interface Swap {
  readonly snapshot: ColorsSnapshot
  readonly reached: Reached
  /** What customers met before, where it is checked what they meet then. */
  readonly traffic: TrafficBefore | undefined
}

/**
 * Brings the idle color up on its version and takes the other one out of service, kept in Standby for a while:
 * version → policies and actions → instances → gate → scaling transferred → Standby → window. Until `commit` everything
 * can be undone, and is when anything fails.
 */
export const cutOver = async (run: Run, context: Context): Promise<void> => {
  const swap = await prepareIdleColor(run, context)
  const given = await bringUp(run, context, swap)
  await holdLiveAlarms(run, context, swap)
  await checkColors(run, context, swap.snapshot, { traffic: swap.traffic, launches: swap.reached.launches })
  await passGateAgain(run, context, swap, given)
  await transferAllScaling(run, context, swap)
  const leaving = swap.snapshot.components.map((pair) => ({
    pair,
    side: 'from' as const,
    suspended: pair.from.suspended,
    ...(pair.from.weighted && { weighted: true as const }),
  }))
  await drainToStandby(run, context, leaving)
  await releaseBothColors(run, context, swap)

  run.commit()
  await keepOldColor(run, context, swap)
}

/**
 * As `cutOver`, but the traffic moves by weights, share by share with a gate after each, before the scaling is
 * transferred; the old color stays in service at weight 0.
 */
export const cutOverByWeights = async (run: Run, context: Context): Promise<void> => {
  const weights = planned(planned(context.plan.colors, 'colors').weights, 'weights')
  const swap = await prepareIdleColor(run, context)
  await addToRoutes(run, context, weights)
  const given = await bringUp(run, context, swap, 'leave')
  const { snapshot, reached, traffic } = swap
  reached.weights = true
  const launches = reached.launches
  const sizes = await shiftTraffic(run, context, weights, { snapshot, given, launches, traffic })
  await passGateAgain(run, context, swap, sizes)
  await transferAllScaling(run, context, swap)
  await resumeAlarms(run, context, snapshot)

  run.commit()
  await keepOldColor(run, context, swap)
}

/** Gives the idle color its version, policies and actions, while nothing runs in it. */
const prepareIdleColor = async (run: Run, context: Context): Promise<Swap> => {
  const image = context.plan.image ? await ensureImage(run, context) : undefined
  const snapshot = await snapshotColors(run, context)
  const reached = nothingReached()
  run.undo('colors', (back) => undoSwap(back, context, snapshot, reached))

  reached.version = true
  reached.launches = await assignVersion(run, context, snapshot, image)
  reached.copy = true
  for (const component of snapshot.components) await copyScaling(run, context, component)
  const traffic = await trafficBefore(run, context, targetGroupsOf(snapshot))
  return { snapshot, reached, traffic }
}

/** Launches the idle color's instances and has them pass the gate; gives the sizes that it has by then. */
const bringUp = async (
  run: Run,
  context: Context,
  { snapshot, reached }: Swap,
  actions?: 'leave',
): Promise<ReadonlyMap<string, Capacity>> => {
  reached.raised = true
  const given = await scaleUp(run, context, snapshot)
  return passColorGate(run, context, snapshot.components, {
    bake: context.service.gate.bake,
    given,
    launches: reached.launches,
    ...(actions && { actions }),
    onTimeout: (last, after) => newColorUnhealthy(last, context, after),
  })
}

/** For the look at customers: both colors share the traffic, and the live one would be scaled in. */
const holdLiveAlarms = async (
  run: Run,
  context: Context,
  { snapshot, reached, traffic }: Swap,
): Promise<void> => {
  if (!traffic) return
  for (const { from } of snapshot.components) await holdAlarms(run, context, from, reached.hold)
}

/** The color that came up has all the traffic now; by then the policies of the other one are its own. */
const releaseBothColors = async (run: Run, context: Context, { snapshot, reached }: Swap): Promise<void> => {
  if (!reached.hold.begun) return
  await awaitQuietAlarms(
    run,
    context,
    snapshot.components.map(({ to }) => to.name),
    reached.hold,
  )
  for (const component of snapshot.components) await resumeTransferred(run, context, component)
  for (const { from } of snapshot.components) await releaseAlarms(run, context, from)
}

/** After the look at customers, which takes its time: what others changed meanwhile is followed before scaling is transferred. */
const passGateAgain = async (
  run: Run,
  context: Context,
  { snapshot, reached, traffic }: Swap,
  given: ReadonlyMap<string, Capacity>,
): Promise<void> => {
  if (!traffic) return
  await passColorGate(run, context, snapshot.components, {
    checked: true,
    bake: 0,
    given,
    launches: reached.launches,
    onTimeout: (last, after) => newColorUnhealthy(last, context, after),
  })
}

const transferAllScaling = async (run: Run, context: Context, { snapshot, reached }: Swap): Promise<void> => {
  reached.scalingTransferred = true
  const held = reached.hold.begun
  for (const component of snapshot.components) await transferScaling(run, context, component, { held })
}

/** The new color is the right one now: the default moves, and the old color is kept for its window. */
const keepOldColor = async (
  run: Run,
  context: Context,
  { snapshot, reached, traffic }: Swap,
): Promise<void> => {
  await promoteColorVersion(run, context, snapshot, reached.launches)
  await openWindow(run, context, snapshot.components)
  if (traffic) await watchWindow(run, context)
}

const targetGroupsOf = ({ components }: ColorsSnapshot) => ({
  from: [...new Set(components.flatMap(({ from }) => from.targetGroups))],
  to: [...new Set(components.flatMap(({ to }) => to.targetGroups))],
})

/** Gives the color that comes up the sizes that the other one has now. */
const scaleUp = async (
  run: Run,
  context: Context,
  { components }: ColorsSnapshot,
): Promise<ReadonlyMap<string, Capacity>> => {
  const given = new Map<string, Capacity>()
  for (const { from, to } of components) {
    const sizes = await run.record(colorFleetSteps.sizes.at({ group: to.name }), async () => {
      const now = await context.account.groups.describe(from.name)
      return now && { ...sizesOf(now) }
    })
    await setGroup(run, context, colorFleetSteps.comeUp.at({ group: to.name }), to.name, sizes)
    given.set(to.name, sizes)
  }
  return given
}
