import type { ObservedMinute } from '../../../domain/analysis/traffic'
import type { Capacity } from '../../../domain/catalogue/catalogue'
import type { PlannedWeights } from '../../../domain/blue-green/planned-colors'
import { completeness } from '../../../domain/blue-green/drain-to-standby'
import type { ColorsSnapshot, GroupSnapshot } from '../../../domain/blue-green/snapshot'
import { trafficSteps } from '../../../domain/steps/blue-green/traffic'
import { done, type PollResult, waiting } from '../../../durable/poll'
import { type Milliseconds, minute } from '../../../domain/time/time'
import type { Run } from '../../../durable/run'
import type { TrafficBefore } from '../../analysis/traffic-before'
import { type Context, planned } from '../../context'
import { checkColors } from '../health/check-colors'
import { passColorGate } from '../health/color-gate'
import { resume, suspend } from '../transfer-scaling'
import { newColorUnhealthy, oldColorUnhealthy } from '../health/unhealthy-reasons'
import type { Launches } from '../color-version'
import { type ComponentFleets, type Pair, watchColors } from '../health/watch-colors'
import { routeAllTraffic, shiftTo, verifyWeights } from './set-weights'

/** So long a color that is to get all traffic again may take to be whole; what it must have at least is enough then. */
const completenessTimeout: Milliseconds = 2 * minute
const alarmProcess = 'AlarmNotification'

/** What a shift goes by: the sizes given last, and what the color coming up launches from. */
interface ShiftSpec {
  readonly snapshot: ColorsSnapshot
  readonly given: ReadonlyMap<string, Capacity>
  readonly launches: Launches
  /** What customers met before, where it is checked what they meet then. */
  readonly traffic: TrafficBefore | undefined
}

/**
 * Shifts the traffic to the color that came up, step by step, each with the gate after it. Both colors keep their full
 * capacity meanwhile: with the traffic of one falling its alarms would scale it in. Gives the sizes that it ends with.
 */
export const shiftTraffic = async (
  run: Run,
  context: Context,
  weights: PlannedWeights,
  { snapshot, given, launches, traffic }: ShiftSpec,
): Promise<ReadonlyMap<string, Capacity>> => {
  for (const { from } of snapshot.components) {
    const step = trafficSteps.suspend.at({ group: from.name })
    await suspend(run, context, step, from.name, alarmsToSuspend(from))
  }
  let before = 0
  let sizes = given
  let earlier: readonly ObservedMinute[] = []
  for (const percent of weights.steps) {
    await shiftTo(run, context, weights, { before, percent })
    sizes = await passColorGate(run, context, snapshot.components, {
      bake: context.service.gate.bake,
      given: sizes,
      launches,
      share: percent,
      actions: percent === 100 ? 'run' : 'leave',
      onTimeout: (last, after) => newColorUnhealthy(last, context, after),
    })
    earlier = await checkColors(run, context, snapshot, { traffic, launches, share: percent, earlier })
    await verifyWeights(run, context, weights, percent)
    before = percent
  }
  return sizes
}

/** Processes of the color that serves that rest while traffic moves. */
const alarmsToSuspend = ({ suspended }: GroupSnapshot): readonly string[] =>
  suspended.includes(alarmProcess) ? [] : [alarmProcess]

/** Lets the alarms of the color that served count again. */
export const resumeAlarms = async (
  run: Run,
  context: Context,
  { components }: ColorsSnapshot,
): Promise<void> => {
  for (const { from } of components) {
    const step = trafficSteps.resume.at({ group: from.name })
    await resume(run, context, step, from.name, alarmsToSuspend(from))
  }
}

/**
 * Gives one color all the traffic, as soon as it can bear it: it is whole; or has at least what the service must have,
 * while the other one is not whole either, or for two minutes by now. If it never can, all stays as it is.
 */
export const moveAllTraffic = async (
  run: Run,
  context: Context,
  { routes }: PlannedWeights,
  { pairs, side }: { readonly pairs: readonly Pair[]; readonly side: 'from' | 'to' },
): Promise<void> => {
  await watchColors(run, context, pairs, {
    step: trafficSteps.able,
    timeout: context.service.gate.timeout,
    onTimeout: (last) => oldColorUnhealthy(side === 'to' ? last : last?.map(reversed), context),
    judge: (both, { now, memory }): PollResult<boolean> => {
      const since = typeof memory === 'number' ? memory : now
      return both.every((one) => canTakeTraffic(context, one, side, now - since))
        ? done(true)
        : waiting(undefined, since, since + completenessTimeout)
    },
  })
  await routeAllTraffic(run, context, routes, { side, step: trafficSteps.all })
}

const reversed = ({ name, from, to }: ComponentFleets): ComponentFleets => ({ name, from: to, to: from })

const canTakeTraffic = (
  context: Context,
  both: ComponentFleets,
  side: 'from' | 'to',
  waited: Milliseconds,
): boolean => {
  const { components } = planned(context.plan.colors, 'colors')
  const minimum = components.find(({ name }) => name === both.name)?.minimum ?? 0
  const [gets, loses] = side === 'from' ? [both.from, both.to] : [both.to, both.from]
  const completion = completeness(gets, minimum)
  const enough = completion.serving >= Math.max(1, minimum)
  return (
    completion.complete ||
    (enough && (waited >= completenessTimeout || !completeness(loses, minimum).complete))
  )
}
