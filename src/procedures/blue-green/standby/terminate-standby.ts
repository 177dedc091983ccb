import { completeness, inStandby, instancesPerCall } from '../../../domain/blue-green/drain-to-standby'
import type { PlannedComponent, PlannedWeights } from '../../../domain/blue-green/planned-colors'
import { swappedBy, windowId } from '../../../domain/blue-green/window'
import { reason } from '../../../domain/reasons/reason'
import { standbySteps, windowSteps } from '../../../domain/steps/blue-green/standby'
import { trafficSteps } from '../../../domain/steps/blue-green/traffic'
import type { Step } from '../../../domain/steps/step'
import { done, waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { cancelTimer } from '../../timers'
import { setGroup } from '../../fleet/group/set-group'
import { unpinIdle } from '../color-version'
import { watchColors } from '../health/watch-colors'
import { routeAllTraffic, verifyWeights } from '../traffic/set-weights'
import { scaleToZero } from '../scale-to-zero'

/**
 * Ends a window: looks once more that the color that serves is whole, then terminates what is kept, in Standby or at
 * weight 0, and leaves the old color as an idle one, at zero. There is no way back from here on but a deploy.
 */
export const terminateStandby = async (run: Run, context: Context): Promise<void> => {
  const { components, of, weights } = planned(context.plan.colors, 'colors')
  await verifyComplete(run, context, components)
  const snapshots = await run.record(standbySteps.swapUndone, async () => {
    const operation = of === undefined ? undefined : await context.journal.read(of)
    const groups = operation && swappedBy(operation)?.snapshot.components.map(({ from }) => from)
    return groups ?? []
  })
  if (weights) await verifyWeights(run, context, weights, 0)
  run.commit()
  if (weights) await endStickiness(run, context, weights)
  for (const pair of components) {
    const { to } = pair
    if (weights) await scaleToZero(run, context, { pair, side: 'to', idle: { ...to, min: 0, desired: 0 } })
    else await terminateKept(run, context, pair)
    const was = snapshots.find(({ name }) => name === to.name)
    await setGroup(run, context, windowSteps.idle.at({ group: to.name }), to.name, {
      min: 0,
      desired: 0,
      ...(was && { max: was.max }),
    })
    if (was) await unpinIdle(run, context, was)
  }
  await cancelTimer(run, context, windowSteps.close, windowId(context.plan.service))
  if (!weights) await awaitGone(run, context, components)
}

/** Clients that stickiness would still send to the color that ends get errors from there: it is not offered any more. */
const endStickiness = (run: Run, context: Context, { routes }: PlannedWeights): Promise<void> =>
  routeAllTraffic(
    run,
    context,
    routes.filter(({ sticky }) => sticky !== undefined),
    { side: 'from', step: trafficSteps.alone },
  )

/** What stands by of a color, a chunk after the other. */
const terminateKept = async (
  run: Run,
  context: Context,
  { to, standby }: PlannedComponent,
): Promise<void> => {
  for (let at = 0; at < standby.length; at += instancesPerCall) {
    const step = standbySteps.terminate.at({ group: to.name, round: at / instancesPerCall + 1 })
    await terminateInstances(run, context, step, to.name, standby.slice(at, at + instancesPerCall))
  }
}

/** Looks until nothing of it stands by any more; that the instances have ended nobody waits for. */
const awaitGone = async (
  run: Run,
  context: Context,
  components: readonly PlannedComponent[],
): Promise<void> => {
  const terminated = new Set(components.flatMap(({ standby }) => standby))
  const { timeout } = context.service.gate
  await watchColors(run, context, components, {
    step: windowSteps.gone,
    timeout: timeout,
    onTimeout: () => reason('timed_out', { step: windowSteps.gone.label, after: timeout }),
    judge: (both) => {
      const left = both.flatMap(({ to }) => inStandby(to)).filter((id) => terminated.has(id))
      return left.length === 0 ? done(true) : waiting({ detail: `${left.length}` })
    },
  })
}

const verifyComplete = async (
  run: Run,
  context: Context,
  components: readonly PlannedComponent[],
): Promise<void> => {
  const { timeout } = context.service.gate
  await watchColors(run, context, components, {
    step: standbySteps.notNeeded,
    timeout: timeout,
    onTimeout: (last) => {
      const [first] = last ?? []
      const completion = first && completeness(first.from, 0)
      return reason('live_color_incomplete', {
        group: first?.from.group.name,
        ...completion?.instances,
      })
    },
    judge: (both) => {
      const completions = both.map(({ name, from }) =>
        completeness(from, components.find((one) => one.name === name)?.minimum ?? 0),
      )
      return completions.every(({ complete }) => complete)
        ? done(true)
        : waiting({ detail: completions.map(({ serving, wanted }) => `${serving}/${wanted}`).join(', ') })
    },
  })
}

/** Terminates what still stands by of these. They are outside of the capacity, so that it must not fall with them. */
const terminateInstances = async (
  run: Run,
  { account }: Context,
  step: Step<'step', 'standby'>,
  group: string,
  instances: readonly string[],
): Promise<void> => {
  const inStandby = async () => {
    const members = (await account.groups.describe(group))?.instances ?? []
    return members
      .filter((one) => instances.includes(one.id) && one.lifecycle.endsWith('Standby'))
      .map(({ id }) => id)
  }
  await run.step(step, {
    choose: () => ({ group, instances }),
    observe: async () => ((await inStandby()).length === 0 ? true : undefined),
    act: async () => {
      for (const id of await inStandby()) await account.groups.terminate(id, { decrement: false })
      return waiting()
    },
  })
}
