import type { Service } from '../../domain/catalogue'
import type { Group } from '../../domain/fleet'
import { type Reason, reason } from '../../domain/reasons'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'
import { findComponents, liveOf } from './colors/find'

/** The group that serves: the only one, or the color that has instances. */
export const liveGroup = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Group | Reason> => {
  if (service.group === undefined) return liveColor(account, service, freshness)
  const group = await account.groups.describe(service.group, freshness)
  return group ?? reason('group_not_found', { group: service.group, region: service.where.region })
}

/** With several components there is not one group that serves; what is meant must be said to AWS itself. */
const liveColor = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Group | Reason> => {
  const components = await findComponents(account, service, freshness)
  if ('code' in components) return components
  const groups = components.flatMap(({ blue, green }) => [blue, green])
  const [first, second] = components
  if (!first || second) {
    return reason('several_components', { service: service.name, groups: groups.map(({ name }) => name) })
  }
  const colors = await liveOf(account, service, components)
  if (!('code' in colors)) return first[colors.live]
  return groups.find(({ desired }) => desired > 0) ?? first.blue
}
