import type { Service } from '../../domain/catalogue/catalogue'
import type { Group } from '../../domain/fleet/fleet'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import type { Account } from '../../ports/account'
import { groupsOf } from '../fleet/live-group'

/**
 * The group whose template follows the newest image: the only one, or the color that serves. Colors that launch from
 * one template are refreshed together, whichever serves; of two templates, the one of a color that serves alone.
 */
export const updatedGroup = async (account: Account, service: Service): Promise<Result<Group>> => {
  const found = await groupsOf(account, service)
  if (!found.ok) return found
  const groups = found.value
  const live = groups.filter(({ desired }) => desired > 0)
  const chosen = live.length > 0 ? live : groups
  const [first] = chosen
  const templates = new Set(chosen.map(({ template }) => template?.id))
  return first && templates.size === 1
    ? ok(first)
    : failure(reason('refresh_color_unclear', { groups: groups.map(({ name }) => name) }))
}
