import type { Service } from '../../domain/catalogue'
import type { Group } from '../../domain/fleet'
import { type Reason, reason } from '../../domain/reasons'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'

/** The group that serves: the only one, or the color that has instances. */
export const liveGroup = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Group | Reason> => {
  const names = service.group === undefined ? Object.values(service.colors ?? {}) : [service.group]
  const found = await Promise.all(names.map((name) => account.groups.describe(name, freshness)))
  const groups = found.filter((group) => group !== undefined)
  const [first] = groups
  const missing = names.find((_, index) => found[index] === undefined)
  return (
    groups.find(({ desired }) => desired > 0) ??
    first ??
    reason('group_not_found', {
      ...(missing !== undefined && { group: missing }),
      region: service.where.region,
    })
  )
}
