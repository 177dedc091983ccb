import { inStandby } from '../../../domain/colors/handover'
import { type Colors, sides } from '../../../domain/colors/state'
import { putIntoStandby } from '../../../domain/colors/window'
import type { Operation } from '../../../domain/operation'
import type { Standing } from '../../../domain/planning/standby'
import type { Desk } from '../../context'

/** Operations that are looked through for who put instances into Standby. */
const recent = 50

/** What stands by in the idle color, of what operations have put there, and what of it runs. */
export const gatherStanding = async (
  { account, journal, service }: Desk,
  colors: Colors,
  of?: Operation,
): Promise<Standing> => {
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
