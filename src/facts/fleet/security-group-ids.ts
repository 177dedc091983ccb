import type { Group } from '../../domain/fleet/fleet'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { Account } from '../../ports/account'

/** What came of looking up security groups: ids by the names that were asked for. */
export type GroupIds = { readonly ids: Readonly<Record<string, string>> } | { readonly unclear: Reason }

/**
 * Ids of security groups by their names, in the VPC of a group's subnets. Each name must stand for exactly one: what is
 * missing or means several is told with what was found, and nothing is guessed.
 */
export const findGroupIds = async (
  account: Account,
  group: Pick<Group, 'subnets'>,
  names: readonly string[],
): Promise<GroupIds> => {
  const { vpc, found } = await account.securityGroups.named(group.subnets, names)
  const matches = names.map((name) => ({ name, all: found.filter((one) => one.name === name) }))
  const unclear = matches.filter(({ all }) => all.length !== 1)
  if (unclear.length > 0) {
    const facts = {
      names: unclear.map(({ name }) => name),
      vpc,
      found: found.map(({ id, name }) => `${name} (${id})`),
    }
    return { unclear: reason('security_groups_unclear', facts) }
  }
  return { ids: Object.fromEntries(matches.flatMap(({ name, all }) => all.map(({ id }) => [name, id]))) }
}
