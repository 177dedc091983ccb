import type { Capacity } from '../../../domain/catalogue'
import type { ColorsShape, ComponentShape } from '../../../domain/colors/shape'
import { sizesOf } from '../../../domain/events/sizes'
import { isStandby } from '../../../domain/serving'
import { standbySteps } from '../../../domain/steps/blue-green/standby'
import { trafficSteps } from '../../../domain/steps/blue-green/traffic'
import { colorVersionSteps } from '../../../domain/steps/blue-green/version'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { setGroup } from '../set-group'
import { passColorGate } from './gate'
import { letShow } from './let-show'
import { handOver, takeScalingBack } from './scaling'
import { allTraffic, endHold } from './shift'
import { balanceAgain, outOfStandby } from './standby'
import { unhealthyAgain } from './unhealthy'
import { type Launches, takeVersionBack } from './version'
import { giveAll } from './weights'
import { takeToZero } from './zero'

/** How far a swap came: what the way back has to undo. A flag is set before the first call of its part. */
export interface Reached {
  launches: Launches
  version: boolean
  copy: boolean
  raised: boolean
  weights: boolean
  handover: boolean
}

export const notBegun = (): Reached => ({
  launches: new Map(),
  version: false,
  copy: false,
  raised: false,
  weights: false,
  handover: false,
})

/** A component seen the other way round: who came up serves now, and who served shall again. */
const turned = ({ name, from, to }: ComponentShape): ComponentShape => ({ name, from: to, to: from })

/**
 * The way back of a swap from wherever it stands. The old color is brought back whole and verified first; only then its
 * actions and alarms count again and the new color is taken to zero. If the old one does not come back, the new one
 * keeps serving, with its alarms, and this fails.
 */
export const returnColors = async (
  run: Run,
  context: Context,
  shape: ColorsShape,
  reached: Reached,
): Promise<void> => {
  const { components } = shape
  const { weights } = planned(context.plan.colors, 'colors')
  // People wait for this: nothing comes before it.
  if (weights && reached.weights) await allTraffic(run, context, weights, { pairs: components, side: 'from' })
  await letShow(run, context, { until: colorVersionSteps.settlesAt, over: colorVersionSteps.settled })
  // A change of weights that was under way when it failed can be seen by now.
  if (weights && reached.weights)
    await giveAll(run, context, weights.routes, { side: 'from', step: trafficSteps.sure })
  if (reached.handover) {
    if (weights) await asMany(run, context, shape)
    else await bringOldBack(run, context, shape)
    for (const component of components) await handOver(run, context, turned(component))
  }
  if (weights && reached.weights) await endHold(run, context, shape)
  // First what could raise it again, then the new color itself.
  if (reached.copy) {
    for (const component of components) await takeScalingBack(run, context, component)
  }
  if (reached.raised) {
    for (const { name, from, to } of components) {
      const pair = { name, from, to }
      await takeToZero(run, context, { pair, side: 'to', idle: sizesOf(to) })
    }
  }
  if (reached.version) await takeVersionBack(run, context, shape, reached.launches)
}

const bringOldBack = async (run: Run, context: Context, shape: ColorsShape): Promise<void> => {
  const given = new Map<string, Capacity>()
  const least = new Map<string, number>()
  for (const { from, to } of shape.components) {
    const ours = await run.record(standbySteps.ours.at({ group: from.name }), async () => {
      const now = await context.account.groups.describe(from.name)
      if (!now) return undefined
      const standing = now.instances.filter((one) => isStandby(one) && !from.standby.includes(one.id))
      return { desired: now.desired, max: now.max, instances: standing.map(({ id }) => id) }
    })
    const { instances, desired: wanted, max } = ours
    await outOfStandby(run, context, { group: { name: from.name, desired: wanted, max }, instances })
    const sizes = await takeOver(run, context, { from, to })
    given.set(from.name, sizes)
    least.set(from.name, sizes.desired)
  }
  const pairs = shape.components.map(({ name, from, to }) => ({ name, from: to, to: from }))
  await passColorGate(run, context, pairs, {
    bake: 0,
    given,
    least,
    late: (last) => unhealthyAgain(last, context),
  })
  for (const { from } of shape.components) await balanceAgain(run, context, from)
}

/** What the new color was scaled to meanwhile, the old one takes over. */
const takeOver = async (
  run: Run,
  context: Context,
  { from, to }: Pick<ComponentShape, 'from' | 'to'>,
): Promise<Capacity> => {
  const sizes = await run.record(standbySteps.asMany.at({ group: from.name }), async () => {
    const [old, now] = await Promise.all([
      context.account.groups.describe(from.name),
      context.account.groups.describe(to.name),
    ])
    const desired = Math.max(from.desired, now?.desired ?? 0)
    return old && { min: Math.min(from.min, desired), desired, max: Math.max(old.max, from.max, desired) }
  })
  await setGroup(run, context, standbySteps.sizes.at({ group: from.name }), from.name, sizes)
  return sizes
}

const asMany = async (run: Run, context: Context, { components }: ColorsShape): Promise<void> => {
  for (const component of components) await takeOver(run, context, component)
}
