import type { Capacity } from '../../../domain/catalogue'
import type { PlannedWeights } from '../../../domain/colors/plan'
import { completeness } from '../../../domain/colors/handover'
import type { ColorsShape, GroupShape } from '../../../domain/colors/shape'
import { trafficSteps } from '../../../domain/steps/blue-green/traffic'
import { done, type Look, waiting } from '../../../durable/look'
import { type Milliseconds, minute } from '../../../domain/time'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { passColorGate } from './gate'
import { resume, suspend } from './scaling'
import { neverHealthy, unhealthyAgain } from './unhealthy'
import type { Launches } from './version'
import { type Both, type Pair, watchColors } from './watch'
import { giveAll, shiftTo, stillAt } from './weights'

/** So long a color that is to get all traffic again may take to be whole; what it must have at least is enough then. */
const patience: Milliseconds = 2 * minute
const alarms = 'AlarmNotification'

/** What a shift goes by: the sizes given last, and what the color coming up launches from. */
interface Shift {
  readonly shape: ColorsShape
  readonly given: ReadonlyMap<string, Capacity>
  readonly launches: Launches
}

/**
 * Shifts the traffic to the color that came up, step by step, each with the gate after it. Both colors keep their full
 * capacity meanwhile: with the traffic of one falling its alarms would scale it in.
 */
export const shiftTraffic = async (
  run: Run,
  context: Context,
  weights: PlannedWeights,
  { shape, given, launches }: Shift,
): Promise<void> => {
  for (const { from } of shape.components) {
    const step = trafficSteps.suspend.at({ group: from.name })
    await suspend(run, context, step, from.name, heldOf(from))
  }
  let before = 0
  let sizes = given
  for (const percent of weights.steps) {
    await shiftTo(run, context, weights, { before, percent })
    sizes = await passColorGate(run, context, shape.components, {
      bake: context.service.gate.bake,
      given: sizes,
      launches,
      share: percent,
      actions: percent === 100 ? 'run' : 'leave',
      late: (last) => neverHealthy(last, context),
    })
    await stillAt(run, context, weights, percent)
    before = percent
  }
}

/** Processes of the color that serves that rest while traffic moves. */
const heldOf = ({ suspended }: GroupShape): readonly string[] => (suspended.includes(alarms) ? [] : [alarms])

/** Lets the alarms of the color that served count again. */
export const endHold = async (run: Run, context: Context, { components }: ColorsShape): Promise<void> => {
  for (const { from } of components) {
    const step = trafficSteps.resume.at({ group: from.name })
    await resume(run, context, step, from.name, heldOf(from))
  }
}

/**
 * Gives one color all the traffic, as soon as it can bear it: it is whole; or has at least what the service must have,
 * while the other one is not whole either, or for two minutes by now. If it never can, all stays as it is.
 */
export const allTraffic = async (
  run: Run,
  context: Context,
  { routes }: PlannedWeights,
  { pairs, side }: { readonly pairs: readonly Pair[]; readonly side: 'from' | 'to' },
): Promise<void> => {
  await watchColors(run, context, pairs, {
    step: trafficSteps.able,
    within: context.service.gate.timeout,
    late: (last) => unhealthyAgain(side === 'to' ? last : last?.map(turned), context),
    judge: (both, { now, memory }): Look<boolean> => {
      const since = typeof memory === 'number' ? memory : now
      return both.every((one) => isAble(context, one, side, now - since))
        ? done(true)
        : waiting(undefined, since, since + patience)
    },
  })
  await giveAll(run, context, routes, { side, step: trafficSteps.all })
}

const turned = ({ name, from, to }: Both): Both => ({ name, from: to, to: from })

const isAble = (context: Context, both: Both, side: 'from' | 'to', waited: Milliseconds): boolean => {
  const { components } = planned(context.plan.colors, 'colors')
  const minimum = components.find(({ name }) => name === both.name)?.minimum ?? 0
  const [gets, loses] = side === 'from' ? [both.from, both.to] : [both.to, both.from]
  const whole = completeness(gets, minimum)
  const enough = whole.serving >= Math.max(1, minimum)
  return whole.complete || (enough && (waited >= patience || !completeness(loses, minimum).complete))
}
