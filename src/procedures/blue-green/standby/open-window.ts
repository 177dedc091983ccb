import { rollcall } from '../../../domain/access/person'
import { windowMonitorId } from '../../../domain/analysis/window'
import { type KeptStandby, windowId } from '../../../domain/blue-green/window'
import type { Group, GroupInstance } from '../../../domain/fleet/fleet'
import { active, isStandby } from '../../../domain/fleet/serving'
import { windowSteps } from '../../../domain/steps/blue-green/standby'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { setTimer } from '../../timers'
import type { Pair } from '../health/watch-colors'

/** Opens the window: what is kept is written down, and its end is a durable timer. */
export const openWindow = async (run: Run, context: Context, pairs: readonly Pair[]): Promise<void> => {
  const { plan, operation, clock, account } = context
  await run.record<KeptStandby>(windowSteps.kept, async () => {
    const groups = await Promise.all(pairs.map(({ from }) => account.groups.describe(from.name)))
    const kept = groups.flatMap((group) => (group ? warmInstances(context, group) : []))
    const instances = kept.map(({ id }) => id)
    const known = instances.length > 0 ? await account.images.instances(instances) : []
    const types: Record<string, number> = {}
    for (const { type } of known) types[type] = (types[type] ?? 0) + 1
    return { instances, types }
  })
  const window = planned(planned(plan.colors, 'colors').window, 'window')
  const until = await run.record(windowSteps.until, async () => clock.now() + window)
  await setTimer(run, context, windowSteps.open, {
    id: windowId(plan.service),
    at: until,
    request: { procedure: 'finish', service: plan.service, operation: operation.id, due: until },
    by: rollcall,
  })
}

/** Has somebody look at customers while the window is open: an operation of its own, which ends with it. */
export const watchWindow = async (run: Run, context: Context): Promise<void> => {
  const { plan, operation, clock } = context
  const at = await run.record(windowSteps.monitorFrom, async () => clock.now())
  await setTimer(run, context, windowSteps.monitor, {
    id: windowMonitorId(plan.service),
    at,
    request: { procedure: 'monitor-window', service: plan.service, operation: operation.id },
    by: rollcall,
  })
}

/** What is kept of the color that left: what stands by, or all that runs on at weight 0. */
const warmInstances = ({ plan }: Context, group: Group): readonly GroupInstance[] =>
  plan.colors?.weights ? active(group) : group.instances.filter(isStandby)
