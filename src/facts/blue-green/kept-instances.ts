import { inStandby } from '../../domain/blue-green/drain-to-standby'
import { type Colors, sides } from '../../domain/blue-green/live-color'
import { keptStandbyOf, putIntoStandby, swappedBy, windowId } from '../../domain/blue-green/window'
import type { Operation } from '../../domain/operation/operation'
import type { KeptInstances } from '../../domain/blue-green/plan-standby'
import { active } from '../../domain/fleet/serving'
import type { PlanContext } from '../plan-context'

/** Operations that are looked through for who put instances into Standby. */
const historyDepth = 50

/**
 * The swap that keeps the idle color running at weight 0: the newest one to the color that serves, as long as its window
 * is open or something runs that it wrote down. What a person has started there is nobody's to give up.
 */
export const swapKeepingWarm = async (
  { journal, timers, service }: PlanContext,
  colors: Colors,
): Promise<Operation | undefined> => {
  const running = new Set(
    colors.components.flatMap((component) => active(component[colors.idle]).map(({ id }) => id)),
  )
  const window = (await timers.of(service.name)).find(({ id }) => id === windowId(service.name))
  const owner = window?.request.procedure === 'finish' ? window.request.operation : undefined
  return (await journal.history(service.name, historyDepth)).find((operation) => {
    if (!operation.plan?.colors?.weights || swappedBy(operation)?.to !== colors.live) return false
    return operation.id === owner || keptStandbyOf(operation)?.instances.some((id) => running.has(id))
  })
}

/** What is kept at weight 0: all that runs in the idle color. */
const gatherAtWeightZero = async (
  context: PlanContext,
  colors: Colors,
  of?: Operation,
): Promise<KeptInstances> => {
  const keptBy = await swapKeepingWarm(context, colors)
  const ours = keptBy !== undefined && (of === undefined || of.id === keptBy.id)
  const ids = ours
    ? colors.components.flatMap((component) => active(component[colors.idle]).map(({ id }) => id))
    : []
  return { own: new Set(ids), running: new Set(ids) }
}

/** What is kept warm in the idle color, of what operations have put there, and what of it runs. */
export const gatherKeptInstances = async (
  context: PlanContext,
  colors: Colors,
  of?: Operation,
): Promise<KeptInstances> => {
  if (colors.warm) return gatherAtWeightZero(context, colors, of)
  const { account, journal, service } = context
  const history = of ? [of] : await journal.history(service.name, historyDepth)
  const ours = putIntoStandby(history)
  const ids = colors.components
    .flatMap((component) => inStandby({ group: sides(component, colors.live).to }))
    .filter((id) => ours.has(id))
  const known = ids.length > 0 ? await account.images.instances(ids) : []
  return {
    own: new Set(ids),
    running: new Set(known.filter(({ state }) => state === 'running').map(({ id }) => id)),
  }
}
