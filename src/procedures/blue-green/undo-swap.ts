import type { Capacity } from '../../domain/catalogue/catalogue'
import type { ColorsSnapshot, ComponentSnapshot } from '../../domain/blue-green/snapshot'
import { sameSizes, sizesOf } from '../../domain/events/sizes'
import { reason } from '../../domain/reasons/reason'
import { active, isStandby, unitsOf } from '../../domain/fleet/serving'
import { standbySteps } from '../../domain/steps/blue-green/standby'
import { trafficSteps } from '../../domain/steps/blue-green/traffic'
import { colorVersionSteps } from '../../domain/steps/blue-green/version'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { setGroup } from '../fleet/group/set-group'
import { awaitQuietAlarms, type Hold, notHeld, releaseAlarms } from '../hold-alarms'
import { passColorGate } from './health/color-gate'
import { awaitVisibility } from './health/await-visibility'
import { restoreScaling, takeAddedActions, transferScaling } from './transfer-scaling'
import { moveAllTraffic, resumeAlarms } from './traffic/shift-traffic'
import { exitStandby, releaseCapacity, resumeRebalance } from './standby/drain-to-standby'
import { oldColorUnhealthy } from './health/unhealthy-reasons'
import { type Launches, restoreVersion } from './color-version'
import { routeAllTraffic } from './traffic/set-weights'
import { scaleToZero } from './scale-to-zero'

/** How far a swap came: what the way back has to undo. A flag is set before the first call of its part. */
export interface Reached {
  launches: Launches
  version: boolean
  copy: boolean
  raised: boolean
  weights: boolean
  /** Whether the alarms of the color that serves were held. */
  readonly hold: Hold
  scalingTransferred: boolean
}

export const nothingReached = (): Reached => ({
  launches: new Map(),
  version: false,
  copy: false,
  raised: false,
  weights: false,
  hold: notHeld(),
  scalingTransferred: false,
})

/** A component seen the other way round: who came up serves now, and who served shall again. */
const reversed = ({ name, from, to }: ComponentSnapshot): ComponentSnapshot => ({ name, from: to, to: from })

/**
 * The way back of a swap from wherever it stands. The old color is brought back whole and verified first; only then its
 * actions and alarms count again and the new color is scaled to zero. If the old one does not come back, the new one
 * keeps serving, with its alarms, and this fails.
 */
export const undoSwap = async (
  run: Run,
  context: Context,
  snapshot: ColorsSnapshot,
  reached: Reached,
): Promise<void> => {
  const { components } = snapshot
  const { weights } = planned(context.plan.colors, 'colors')
  // People wait for this: nothing comes before it.
  if (weights && reached.weights)
    await moveAllTraffic(run, context, weights, { pairs: components, side: 'from' })
  await awaitVisibility(run, context, { until: colorVersionSteps.settlesAt, over: colorVersionSteps.settled })
  // A change of weights that was under way when it failed can be seen by now.
  if (weights && reached.weights)
    await routeAllTraffic(run, context, weights.routes, { side: 'from', step: trafficSteps.sure })
  if (reached.scalingTransferred) {
    if (weights) await matchAllSizes(run, context, snapshot)
    else await restoreOldColor(run, context, snapshot)
    const held = reached.hold.begun
    for (const component of components) await transferScaling(run, context, reversed(component), { held })
  }
  if (weights && reached.weights) await resumeAlarms(run, context, snapshot)
  // First what could raise it again, then the new color itself.
  if (reached.copy) {
    for (const component of components) await restoreScaling(run, context, component)
  }
  if (reached.raised) {
    for (const { name, from, to } of components) {
      const pair = { name, from, to }
      await scaleToZero(run, context, { pair, side: 'to', idle: sizesOf(to) })
    }
    if (reached.copy) for (const component of components) await takeAddedActions(run, context, component)
  }
  if (reached.version) await restoreVersion(run, context, snapshot, reached.launches)
  if (reached.hold.begun) await releaseOldColor(run, context, snapshot, reached.hold)
}

/** It serves alone again, with as many instances as before. */
const releaseOldColor = async (
  run: Run,
  context: Context,
  { components }: ColorsSnapshot,
  hold: Hold,
): Promise<void> => {
  await awaitQuietAlarms(
    run,
    context,
    components.map(({ from }) => from.name),
    hold,
  )
  for (const { from } of components) await releaseAlarms(run, context, from)
}

const restoreOldColor = async (run: Run, context: Context, snapshot: ColorsSnapshot): Promise<void> => {
  const given = new Map<string, Capacity>()
  const least = new Map<string, number>()
  for (const { from, to } of snapshot.components) {
    const drained = await run.record(standbySteps.ours.at({ group: from.name }), async () => {
      const now = await context.account.groups.describe(from.name)
      if (!now) return undefined
      const inStandby = now.instances.filter((one) => isStandby(one) && !from.standby.includes(one.id))
      return {
        desired: now.desired,
        max: now.max,
        instances: inStandby.map(({ id }) => id),
        units: unitsOf(inStandby),
        inService: unitsOf(active(now)),
      }
    })
    const { instances, units, inService, desired, max } = drained
    await exitStandby(run, context, { group: { ...from, desired, max }, instances, units, inService })
    const sizes = await matchSizes(run, context, { from, to })
    given.set(from.name, sizes)
    await releaseCapacity(run, context, from)
    least.set(from.name, sizes.desired)
  }
  const pairs = snapshot.components.map(({ name, from, to }) => ({ name, from: to, to: from }))
  await passColorGate(run, context, pairs, {
    bake: 0,
    given,
    atLeast: least,
    onTimeout: (last) => oldColorUnhealthy(last, context),
  })
  for (const { from } of snapshot.components) await resumeRebalance(run, context, from)
}

/**
 * What the new color was scaled to meanwhile, the old one takes over. Other bounds are set by people and schedules alone:
 * with them it takes the sizes whole, lower ones too. A desired capacity alone may have been lowered by an alarm, for a
 * version that served nobody: the old one comes back with as many as it had. Nor is one that serves beside it lowered.
 */
const matchSizes = async (
  run: Run,
  context: Context,
  { from, to }: Pick<ComponentSnapshot, 'from' | 'to'>,
  { beside = false } = {},
): Promise<Capacity> => {
  const sizes = await run.record(standbySteps.asMany.at({ group: from.name }), async () => {
    const [group, now] = await Promise.all([
      context.account.groups.describe(from.name),
      context.account.groups.describe(to.name),
    ])
    if (!group) return undefined
    const least = beside ? group.desired : 0
    // An emptied color says nothing of how much is wanted.
    if (now && now.desired > 0 && (now.min !== from.min || now.max !== from.max)) {
      const desired = Math.max(now.desired, least)
      return { min: now.min, desired, max: Math.max(now.max, desired) }
    }
    const desired = Math.max(from.desired, now?.desired ?? 0, least)
    return { min: Math.min(from.min, desired), desired, max: Math.max(group.max, from.max, desired) }
  })
  if (!sameSizes(sizes, from)) {
    const facts = { group: from.name, desired: sizes.desired, other: to.name }
    await run.note(standbySteps.sizesFollowed.at({ group: from.name }), reason('capacity_followed', facts))
  }
  await setGroup(run, context, standbySteps.sizes.at({ group: from.name }), from.name, sizes)
  return sizes
}

const matchAllSizes = async (run: Run, context: Context, { components }: ColorsSnapshot): Promise<void> => {
  for (const component of components) await matchSizes(run, context, component, { beside: true })
}
