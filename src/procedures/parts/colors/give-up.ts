import { completeness, inStandby, perCall } from '../../../domain/colors/handover'
import type { PlannedComponent, PlannedWeights } from '../../../domain/colors/plan'
import { swappedBy, windowId } from '../../../domain/colors/window'
import { reason } from '../../../domain/reasons'
import { standbySteps, windowSteps } from '../../../domain/steps/blue-green/standby'
import { trafficSteps } from '../../../domain/steps/blue-green/traffic'
import type { Step } from '../../../domain/steps/step'
import { done, waiting } from '../../../durable/look'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { cancelAppointment } from '../appointments'
import { setGroup } from '../set-group'
import { idleByItself } from './version'
import { watchColors } from './watch'
import { giveAll, stillAt } from './weights'
import { takeToZero } from './zero'

/**
 * Ends a window: looks once more that the color that serves is whole, then terminates what is kept, in Standby or at
 * weight 0, and leaves the old color as an idle one, at zero. There is no way back from here on but a deploy.
 */
export const giveUpStandby = async (run: Run, context: Context): Promise<void> => {
  const { components, of, weights } = planned(context.plan.colors, 'colors')
  await stillWhole(run, context, components)
  const shapes = await run.record(standbySteps.swapUndone, async () => {
    const operation = of === undefined ? undefined : await context.journal.read(of)
    const groups = operation && swappedBy(operation)?.shape.components.map(({ from }) => from)
    return groups ?? []
  })
  if (weights) await stillAt(run, context, weights, 0)
  run.commit()
  if (weights) await endSticky(run, context, weights)
  for (const pair of components) {
    const { to } = pair
    if (weights) await takeToZero(run, context, { pair, side: 'to', idle: { ...to, min: 0, desired: 0 } })
    else await terminateAll(run, context, pair)
    const was = shapes.find(({ name }) => name === to.name)
    await setGroup(run, context, windowSteps.idle.at({ group: to.name }), to.name, {
      min: 0,
      desired: 0,
      ...(was && { max: was.max }),
    })
    if (was) await idleByItself(run, context, was)
  }
  await cancelAppointment(run, context, windowSteps.close, windowId(context.plan.service))
  if (!weights) await untilGone(run, context, components)
}

/** Clients that stickiness would still send to the color that ends get errors from there: it is not offered any more. */
const endSticky = (run: Run, context: Context, { routes }: PlannedWeights): Promise<void> =>
  giveAll(
    run,
    context,
    routes.filter(({ sticky }) => sticky !== undefined),
    { side: 'from', step: trafficSteps.alone },
  )

/** What stands by of a color, a chunk after the other. */
const terminateAll = async (run: Run, context: Context, { to, standby }: PlannedComponent): Promise<void> => {
  for (let at = 0; at < standby.length; at += perCall) {
    const step = standbySteps.terminate.at({ group: to.name, round: at / perCall + 1 })
    await terminate(run, context, step, to.name, standby.slice(at, at + perCall))
  }
}

/** Looks until nothing of it stands by any more; that the instances have ended nobody waits for. */
const untilGone = async (
  run: Run,
  context: Context,
  components: readonly PlannedComponent[],
): Promise<void> => {
  const given = new Set(components.flatMap(({ standby }) => standby))
  const { timeout } = context.service.gate
  await watchColors(run, context, components, {
    step: windowSteps.gone,
    within: timeout,
    late: () => reason('timed_out', { step: windowSteps.gone.label, after: timeout }),
    judge: (both) => {
      const left = both.flatMap(({ to }) => inStandby(to)).filter((id) => given.has(id))
      return left.length === 0 ? done(true) : waiting({ detail: `${left.length}` })
    },
  })
}

const stillWhole = async (
  run: Run,
  context: Context,
  components: readonly PlannedComponent[],
): Promise<void> => {
  const { timeout } = context.service.gate
  await watchColors(run, context, components, {
    step: standbySteps.notNeeded,
    within: timeout,
    late: (last) => {
      const [first] = last ?? []
      const whole = first && completeness(first.from, 0)
      return reason('live_color_incomplete', {
        group: first?.from.group.name,
        healthy: whole?.serving,
        wanted: whole?.wanted,
      })
    },
    judge: (both) => {
      const wholes = both.map(({ name, from }) =>
        completeness(from, components.find((one) => one.name === name)?.minimum ?? 0),
      )
      return wholes.every(({ complete }) => complete)
        ? done(true)
        : waiting({ detail: wholes.map(({ serving, wanted }) => `${serving}/${wanted}`).join(', ') })
    },
  })
}

/** Terminates what still stands by of these. They are outside of the capacity, so that it must not fall with them. */
const terminate = async (
  run: Run,
  { account }: Context,
  step: Step<'step', 'standby'>,
  group: string,
  instances: readonly string[],
): Promise<void> => {
  const standing = async () => {
    const members = (await account.groups.describe(group))?.instances ?? []
    return members
      .filter((one) => instances.includes(one.id) && one.lifecycle.endsWith('Standby'))
      .map(({ id }) => id)
  }
  await run.step(step, {
    choose: () => ({ group, instances }),
    observe: async () => ((await standing()).length === 0 ? true : undefined),
    act: async () => {
      for (const id of await standing()) await account.groups.terminate(id, { decrement: false })
      return waiting()
    },
  })
}
