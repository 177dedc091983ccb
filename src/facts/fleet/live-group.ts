import type { Service } from '../../domain/catalogue/catalogue'
import type { Group } from '../../domain/fleet/fleet'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'
import { findComponents, liveOf } from '../blue-green/find-colors'

/** The group that serves: the only one, or the color that has instances. */
export const liveGroup = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Result<Group>> => {
  if (service.group === undefined) return liveColor(account, service, freshness)
  const group = await account.groups.describe(service.group, freshness)
  return group
    ? ok(group)
    : failure(reason('group_not_found', { group: service.group, region: service.where.region }))
}

/** All groups of a service: its only one, or those of both colors, however the catalogue names them. */
export const groupsOf = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Result<readonly Group[]>> => {
  if (service.group === undefined) {
    const components = await findComponents(account, service, freshness)
    return components.ok ? ok(components.value.flatMap(({ blue, green }) => [blue, green])) : components
  }
  const only = await liveGroup(account, service, freshness)
  return only.ok ? ok([only.value]) : only
}

/** With several components there is not one group that serves; what is meant must be said to AWS itself. */
const liveColor = async (
  account: Account,
  service: Service,
  freshness?: Freshness,
): Promise<Result<Group>> => {
  const found = await findComponents(account, service, freshness)
  if (!found.ok) return found
  const components = found.value
  const groups = components.flatMap(({ blue, green }) => [blue, green])
  const [first, second] = components
  if (!first || second) {
    return failure(
      reason('several_components', { service: service.name, groups: groups.map(({ name }) => name) }),
    )
  }
  const colors = await liveOf(account, service, components)
  if (colors.ok) return ok(first[colors.value.live])
  return ok(groups.find(({ desired }) => desired > 0) ?? first.blue)
}
