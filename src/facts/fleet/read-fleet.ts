import type { Group } from '../../domain/fleet/fleet'
import type { FleetNow } from '../../domain/fleet/serving'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'

/** The group and the health of its targets, read together; undefined when the group is gone. */
export const readFleet = async (
  account: Account,
  name: string,
  freshness: Freshness,
): Promise<FleetNow | undefined> => {
  const group = await account.groups.describe(name, freshness)
  return group && readTargets(account, group, freshness)
}

/** Adds the health of its targets to a group that was read just now. */
export const readTargets = async (
  account: Account,
  group: Group,
  freshness: Freshness,
): Promise<FleetNow> => {
  const targets = await Promise.all(
    group.targetGroups.map(async (arn) => [arn, await account.traffic.health(arn, freshness)] as const),
  )
  return { group, targets: new Map(targets) }
}
