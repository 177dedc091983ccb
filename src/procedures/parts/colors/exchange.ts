import type { Capacity } from '../../../domain/catalogue'
import type { ColorsShape } from '../../../domain/colors/shape'
import { sizesOf } from '../../../domain/events/sizes'
import { colorFleetSteps } from '../../../domain/steps/blue-green/capacity'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { setGroup } from '../set-group'
import { passColorGate } from './gate'
import { recordColors } from './record'
import { notBegun, returnColors } from './return'
import { copyScaling, handOver } from './scaling'
import { endHold, shiftTraffic } from './shift'
import { standAside } from './standby'
import { neverHealthy } from './unhealthy'
import { giveVersion, settleVersion } from './version'
import { joinRoutes } from './weights'
import { openWindow } from './window'

/**
 * Brings the idle color up on its version and takes the other one out of service, kept warm for a while:
 * version → policies and actions → instances → gate → hand-over → Standby → window. Where traffic moves by weights it
 * does so before the hand-over, and the old color stays in service at weight 0. Until then everything can be undone, and
 * is when anything fails.
 */
export const exchangeColors = async (run: Run, context: Context, image?: string): Promise<void> => {
  const shape = await recordColors(run, context)
  const reached = notBegun()
  run.undo('colors', (back) => returnColors(back, context, shape, reached))

  reached.version = true
  const launches = await giveVersion(run, context, shape, image)
  reached.launches = launches
  reached.copy = true
  for (const component of shape.components) await copyScaling(run, context, component)
  const { weights } = planned(context.plan.colors, 'colors')
  if (weights) await joinRoutes(run, context, weights)
  reached.raised = true
  const given = await raise(run, context, shape)
  const sizes = await passColorGate(run, context, shape.components, {
    bake: context.service.gate.bake,
    given,
    launches,
    ...(weights && { actions: 'leave' as const }),
    late: (last) => neverHealthy(last, context),
  })
  if (weights) {
    reached.weights = true
    await shiftTraffic(run, context, weights, { shape, given: sizes, launches })
  }
  reached.handover = true
  for (const component of shape.components) await handOver(run, context, component)
  if (weights) await endHold(run, context, shape)
  else {
    const leaving = shape.components.map((pair) => ({
      pair,
      side: 'from' as const,
      suspended: pair.from.suspended,
    }))
    await standAside(run, context, leaving)
  }

  run.commit()
  await settleVersion(run, context, shape, launches)
  await openWindow(run, context, shape.components)
}

/** Gives the color that comes up the sizes that the other one has now. */
const raise = async (
  run: Run,
  context: Context,
  { components }: ColorsShape,
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
