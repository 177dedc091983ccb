import type { Capacity } from '../../../domain/catalogue/catalogue'
import type { ColorsSnapshot } from '../../../domain/blue-green/snapshot'
import { swappedBy, windowId } from '../../../domain/blue-green/window'
import { sameSizes, sizesOf } from '../../../domain/events/sizes'
import { keptColorSteps } from '../../../domain/steps/blue-green/capacity'
import { dueActionSteps } from '../../../domain/steps/blue-green/gate'
import { copySteps } from '../../../domain/steps/blue-green/scaling'
import { standbySteps, windowSteps } from '../../../domain/steps/blue-green/standby'
import { trafficSteps } from '../../../domain/steps/blue-green/traffic'
import { waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { cancelTimer } from '../../timers'
import { setGroup } from '../../fleet/group/set-group'
import { type ColorGate, awaitDueActions, passColorGate } from '../health/color-gate'
import { awaitVisibility } from '../health/await-visibility'
import { snapshotScaling, snapshotKeptColors } from '../snapshot-colors'
import { copyScaling, transferScaling, restoreScaling } from '../transfer-scaling'
import { moveAllTraffic } from '../traffic/shift-traffic'
import { drainToStandby, exitStandby, releaseCapacity } from './drain-to-standby'
import { oldColorUnhealthy } from '../health/unhealthy-reasons'
import { revertVersion } from '../color-version'
import { routeAllTraffic } from '../traffic/set-weights'
import { scaleToZero } from '../scale-to-zero'

/**
 * Brings the old color back, out of Standby or from weight 0, and verifies it; only then its alarms and actions count
 * again and the new color is scaled to zero. If the old one does not come back healthy it is kept as before, and the new
 * one keeps serving.
 */
export const restoreFromStandby = async (run: Run, context: Context): Promise<void> => {
  const colors = planned(context.plan.colors, 'colors')
  const kept = await snapshotKeptColors(run, context)
  const { weights } = colors
  const reached: Reached = { snapshot: kept, weights: false, scaling: false, scalingTransferred: false }
  run.undo('standby', (back) => undoRestore(back, context, reached))

  const given = new Map<string, Capacity>()
  const least = new Map<string, number>()
  for (const { name, from, to } of kept.components) {
    const { standby, dead } = planned(
      colors.components.find((one) => one.name === name),
      'component',
    )
    const running = standby.filter((id) => !dead.includes(id))
    // As many as were kept, and no fewer than serve now: the highest of both.
    const units = to.standbyUnits ?? standby.length
    const desired = Math.max(weights ? to.desired : units, from.desired)
    if (!weights)
      await exitStandby(run, context, {
        group: to,
        instances: running,
        units: to.weighted ? units : running.length,
        inService: 0,
      })
    const sizes = { min: Math.min(from.min, desired), desired, max: Math.max(to.max, from.max, desired) }
    if (!weights) {
      await setGroup(run, context, standbySteps.sizes.at({ group: to.name }), to.name, sizes)
      await releaseCapacity(run, context, to)
    } else if (!sameSizes(sizes, to))
      await setGroup(run, context, keptColorSteps.sizes.at({ group: to.name }), to.name, sizes)
    if (dead.length > 0) await terminateStopped(run, context, to.name, dead)
    given.set(to.name, sizes)
    least.set(to.name, desired)
  }
  const gate: ColorGate = {
    bake: 0,
    given,
    atLeast: least,
    onTimeout: (last) => oldColorUnhealthy(last, context),
  }
  if (weights) {
    await passColorGate(run, context, kept.components, { ...gate, actions: 'leave' })
    reached.weights = true
    await routeAllTraffic(run, context, weights.routes, { side: 'to', step: trafficSteps.all })
  }
  // Nothing that can wait stands before the calls that bring them back.
  const before = await readSwap(run, context)
  const shape = await snapshotScaling(run, context, kept)
  reached.snapshot = shape
  reached.scaling = true
  for (const component of shape.components) await copyScaling(run, context, component)
  const actions = { due: dueActionSteps.due, runs: dueActionSteps.actionsRun }
  if (weights) await awaitDueActions(run, context, shape.components, actions)
  else await passColorGate(run, context, shape.components, gate)
  reached.scalingTransferred = true
  for (const component of shape.components) await transferScaling(run, context, component)

  run.commit()
  for (const pair of shape.components) {
    const idle = before.shape.components.find(({ name }) => name === pair.name)?.to ?? pair.from
    await scaleToZero(run, context, { pair, side: 'from', idle: sizesOf(idle) })
  }
  for (const component of before.shape.components) await restoreScaling(run, context, component)
  await revertVersion(run, context, { snapshot: before.shape, moved: before.moved })
  await cancelTimer(run, context, windowSteps.close, windowId(context.plan.service))
}

/** How far it came: what its own way back has to undo. A flag is set before the first call of its part. */
interface Reached {
  /** Both colors as they stood. */
  snapshot: ColorsSnapshot
  /** Whether traffic may go to the old color. */
  weights: boolean
  /** Whether what scales them is written down in it, and may have been touched. */
  scaling: boolean
  scalingTransferred: boolean
}

/** Both colors as the swap that is undone wrote them down: what an idle color has, and what the old one followed. */
const readSwap = (run: Run, context: Context): Promise<SwapRecord> => {
  const { of, weights } = planned(context.plan.colors, 'colors')
  return run.record<SwapRecord>((weights ? copySteps : standbySteps).swapUndone, async () => {
    const operation = of === undefined ? undefined : await context.journal.read(of)
    const swapped = operation && swappedBy(operation)
    return swapped && { shape: swapped.snapshot, moved: swapped.moved }
  })
}

type SwapRecord = { readonly shape: ColorsSnapshot; readonly moved: { readonly [template: string]: number } }

/** Those that do not run are members still, though they stand outside of the capacity: they are taken off for good. */
const terminateStopped = async (
  run: Run,
  { account }: Context,
  group: string,
  dead: readonly string[],
): Promise<void> => {
  const inStandby = async () => {
    const members = (await account.groups.describe(group))?.instances ?? []
    return members
      .filter((one) => dead.includes(one.id) && one.lifecycle.endsWith('Standby'))
      .map(({ id }) => id)
  }
  await run.step(standbySteps.terminateDead.at({ group }), {
    choose: () => ({ group, instances: dead }),
    observe: async () => ((await inStandby()).length === 0 ? true : undefined),
    act: async () => {
      for (const id of await inStandby()) await account.groups.terminate(id, { decrement: false })
      return waiting()
    },
  })
}

/** The way back of a way back: the old color is kept as it was, the new one serves on with its alarms and actions. */
const undoRestore = async (run: Run, context: Context, reached: Reached): Promise<void> => {
  const { components } = reached.snapshot
  const { weights } = planned(context.plan.colors, 'colors')
  if (weights && reached.weights)
    await moveAllTraffic(run, context, weights, { pairs: components, side: 'from' })
  await awaitVisibility(run, context, { until: standbySteps.settlesAt, over: standbySteps.settled })
  if (weights && reached.weights)
    await routeAllTraffic(run, context, weights.routes, { side: 'from', step: trafficSteps.sure })
  if (reached.scalingTransferred) {
    for (const { name, from, to } of components)
      await transferScaling(run, context, { name, from: to, to: from })
  }
  if (!weights) {
    for (const { to } of components) await releaseCapacity(run, context, to)
    const leaving = components.map((pair) => ({
      pair,
      side: 'to' as const,
      suspended: pair.to.suspended,
      ...(pair.to.weighted && { weighted: true as const }),
    }))
    await drainToStandby(run, context, leaving)
  }
  for (const component of components) {
    if (reached.scaling) await restoreScaling(run, context, component)
    const { name, min, desired, max } = component.to
    const sizes = weights ? { min, desired, max } : { min, max }
    await setGroup(run, context, standbySteps.sizesAsKept.at({ group: name }), name, sizes)
  }
}
