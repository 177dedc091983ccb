import { inStandby } from '../../../domain/colors/handover'
import { type Colors, sides } from '../../../domain/colors/state'
import { keptBy, putIntoStandby, swappedBy, windowId } from '../../../domain/colors/window'
import type { Operation } from '../../../domain/operation'
import type { Standing } from '../../../domain/planning/standby'
import { active } from '../../../domain/serving'
import type { Desk } from '../../context'

/** Operations that are looked through for who put instances into Standby. */
const recent = 50

/**
 * The swap that keeps the idle color running at weight 0: the newest one to the color that serves, as long as its window
 * is open or something runs that it wrote down. What a person has started there is nobody's to give up.
 */
export const keeperOf = async (
  { journal, appointments, service }: Desk,
  colors: Colors,
): Promise<Operation | undefined> => {
  const running = new Set(
    colors.components.flatMap((component) => active(component[colors.idle]).map(({ id }) => id)),
  )
  const window = (await appointments.of(service.name)).find(({ id }) => id === windowId(service.name))
  const owner = window?.request.procedure === 'finish' ? window.request.operation : undefined
  return (await journal.history(service.name, recent)).find((operation) => {
    if (!operation.plan?.colors?.weights || swappedBy(operation)?.to !== colors.live) return false
    return operation.id === owner || keptBy(operation)?.instances.some((id) => running.has(id))
  })
}

/** What is kept at weight 0: all that runs in the idle color. */
const gatherWarm = async (desk: Desk, colors: Colors, of?: Operation): Promise<Standing> => {
  const keeper = await keeperOf(desk, colors)
  const ours = keeper !== undefined && (of === undefined || of.id === keeper.id)
  const ids = ours
    ? colors.components.flatMap((component) => active(component[colors.idle]).map(({ id }) => id))
    : []
  return { ours: new Set(ids), running: new Set(ids) }
}

/** What is kept warm in the idle color, of what operations have put there, and what of it runs. */
export const gatherStanding = async (desk: Desk, colors: Colors, of?: Operation): Promise<Standing> => {
  if (colors.warm) return gatherWarm(desk, colors, of)
  const { account, journal, service } = desk
  const history = of ? [of] : await journal.history(service.name, recent)
  const ours = putIntoStandby(history)
  const ids = colors.components
    .flatMap((component) => inStandby({ group: sides(component, colors.live).to }))
    .filter((id) => ours.has(id))
  const known = ids.length > 0 ? await account.images.instances(ids) : []
  return {
    ours: new Set(ids),
    running: new Set(known.filter(({ state }) => state === 'running').map(({ id }) => id)),
  }
}
