import type { Capacity } from '../../domain/catalogue/catalogue'
import type { ColorsSnapshot } from '../../domain/blue-green/snapshot'
import { sizesOf } from '../../domain/events/sizes'
import { colorFleetSteps } from '../../domain/steps/blue-green/capacity'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { setGroup } from '../fleet/group/set-group'
import { passColorGate } from './health/color-gate'
import { snapshotColors } from './snapshot-colors'
import { nothingReached, undoSwap } from './undo-swap'
import { copyScaling, transferScaling } from './transfer-scaling'
import { resumeAlarms, shiftTraffic } from './traffic/shift-traffic'
import { drainToStandby } from './standby/drain-to-standby'
import { newColorUnhealthy } from './health/unhealthy-reasons'
import { assignVersion, promoteColorVersion } from './color-version'
import { addToRoutes } from './traffic/set-weights'
import { openWindow } from './standby/open-window'

/**
 * Brings the idle color up on its version and takes the other one out of service, kept warm for a while:
 * version → policies and actions → instances → gate → scaling transferred → Standby → window. Where traffic moves by
 * weights it does so before that transfer, and the old color stays in service at weight 0. Until then everything can
 * be undone, and is when anything fails.
 */
export const cutOver = async (run: Run, context: Context, image?: string): Promise<void> => {
  const snapshot = await snapshotColors(run, context)
  const reached = nothingReached()
  run.undo('colors', (back) => undoSwap(back, context, snapshot, reached))

  reached.version = true
  const launches = await assignVersion(run, context, snapshot, image)
  reached.launches = launches
  reached.copy = true
  for (const component of snapshot.components) await copyScaling(run, context, component)
  const { weights } = planned(context.plan.colors, 'colors')
  if (weights) await addToRoutes(run, context, weights)
  reached.raised = true
  const given = await scaleUp(run, context, snapshot)
  const sizes = await passColorGate(run, context, snapshot.components, {
    bake: context.service.gate.bake,
    given,
    launches,
    ...(weights && { actions: 'leave' as const }),
    onTimeout: (last) => newColorUnhealthy(last, context),
  })
  if (weights) {
    reached.weights = true
    await shiftTraffic(run, context, weights, { snapshot, given: sizes, launches })
  }
  reached.scalingTransferred = true
  for (const component of snapshot.components) await transferScaling(run, context, component)
  if (weights) await resumeAlarms(run, context, snapshot)
  else {
    const leaving = snapshot.components.map((pair) => ({
      pair,
      side: 'from' as const,
      suspended: pair.from.suspended,
    }))
    await drainToStandby(run, context, leaving)
  }

  run.commit()
  await promoteColorVersion(run, context, snapshot, launches)
  await openWindow(run, context, snapshot.components)
}

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
