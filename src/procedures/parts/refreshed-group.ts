import type { Service } from '../../domain/catalogue'
import type { Group } from '../../domain/fleet'
import { type Reason, reason } from '../../domain/reasons'
import type { Account } from '../../ports/account'

/**
 * The group whose template follows the newest image: the only one, or the color that serves. Colors that launch from
 * one template are refreshed together, whichever serves; of two templates, the one of a color that serves alone.
 */
export const refreshedGroup = async (account: Account, service: Service): Promise<Group | Reason> => {
  const names = service.group === undefined ? Object.values(service.colors ?? {}) : [service.group]
  const found = await Promise.all(names.map((name) => account.groups.describe(name)))
  const groups = found.filter((group) => group !== undefined)
  const missing = names.find((_, index) => found[index] === undefined)
  if (missing !== undefined)
    return reason('group_not_found', { group: missing, region: service.where.region })
  const live = groups.filter(({ desired }) => desired > 0)
  const chosen = live.length > 0 ? live : groups
  const [first] = chosen
  const templates = new Set(chosen.map(({ template }) => template?.id))
  return first && templates.size === 1 ? first : reason('refresh_color_unclear', { groups: names })
}
