import type { Capacity } from '../../../domain/catalogue'
import type { ColorsShape } from '../../../domain/colors/shape'
import { sizesOf } from '../../../domain/events/sizes'
import type { Run } from '../../../durable/run'
import type { Context } from '../../context'
import { setGroup } from '../set-group'
import { passColorGate } from './gate'
import { recordColors } from './record'
import { notBegun, returnColors } from './return'
import { copyScaling, handOver } from './scaling'
import { standAside } from './standby'
import { neverHealthy } from './unhealthy'
import { giveVersion, settleVersion } from './version'
import { openWindow } from './window'

/**
 * Brings the idle color up on its version and takes the other one out of service, kept warm in Standby for a while:
 * version → policies and actions → instances → gate → hand-over → Standby → window. Until the old color stands by
 * everything can be undone, and is when anything fails.
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
  reached.raised = true
  const given = await raise(run, context, shape)
  await passColorGate(run, context, shape.components, {
    bake: context.service.gate.bake,
    given,
    launches,
    late: (last) => neverHealthy(last, context),
  })
  reached.handover = true
  for (const component of shape.components) await handOver(run, context, component)
  const leaving = shape.components.map((pair) => ({
    pair,
    side: 'from' as const,
    suspended: pair.from.suspended,
  }))
  await standAside(run, context, leaving)

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
    const sizes = await run.record(`fleet/sizes ${to.name}`, async () => {
      const now = await context.account.groups.describe(from.name)
      return now && { ...sizesOf(now) }
    })
    await setGroup(run, context, `fleet/come up ${to.name}`, to.name, sizes)
    given.set(to.name, sizes)
  }
  return given
}
