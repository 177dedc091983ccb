import { page } from '../paging'
import { AwsError, validationError } from '../wire/error'
import type { Group, Member } from './state'
import type { World } from '../world'

/** The group of a name, or Auto Scaling's error for it. */
export function groupOf(world: World, name: string): Group {
  const group = world.groups.get(name)
  if (!group) throw validationError('AutoScalingGroup name not found - null')
  return group
}

/** The group that an instance is in. */
export function membership(world: World, instance: string): { group: Group; member: Member } | undefined {
  for (const group of world.groups.values()) {
    const member = group.members.get(instance)
    if (member) return { group, member }
  }
  return undefined
}

/** Auto Scaling's listings: `usual` a page unless MaxRecords says otherwise, and at most `most`. */
export function asgPage<T>(
  items: readonly T[],
  input: { readonly MaxRecords?: number | undefined; readonly NextToken?: string | undefined },
  usual = 50,
  most = 100,
) {
  const { MaxRecords = usual, NextToken } = input
  if (MaxRecords < 1 || MaxRecords > most)
    throw validationError(
      `1 validation error detected: Value '${MaxRecords}' at 'maxRecords' failed to satisfy constraint: ` +
        (MaxRecords < 1
          ? 'Member must have value greater than or equal to 1'
          : `Member must have value less than or equal to ${most}`),
    )
  return page(items, {
    size: MaxRecords,
    token: NextToken,
    badToken: () => new AwsError('InvalidNextToken', 'The token provided is invalid'),
  })
}

/** States in which a member is part of the group's capacity. */
const counted: ReadonlySet<string> = new Set(['Pending', 'Pending:Wait', 'Pending:Proceed', 'InService'])

/** Members that fill the desired capacity: not those in standby, those leaving, or those being replaced ahead. */
export const capacityOf = (group: Group): Member[] =>
  [...group.members.values()].filter((member) => counted.has(member.lifecycle) && !member.awaitingReplacement)

/** How many of the members are in each zone. */
export function countByZone(members: readonly Member[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { zone } of members) counts.set(zone, (counts.get(zone) ?? 0) + 1)
  return counts
}

export const isLeaving = ({ lifecycle }: Member) =>
  lifecycle.startsWith('Terminating') ||
  lifecycle.startsWith('Warmed:Terminating') ||
  lifecycle === 'Detaching'

/** Whether an instance is one of its group's warm pool, on its way in or out of it too. */
export const isWarmed = ({ lifecycle }: Member) => lifecycle.startsWith('Warmed:')

/** The instances of a warm pool that stay there. */
export const warmMembers = (group: Group): Member[] =>
  [...group.members.values()].filter((member) => isWarmed(member) && !isLeaving(member))

/** The units that members count together; without weights as many as there are. */
export const unitsOf = (members: Iterable<Member>): number => {
  let units = 0
  for (const { weight } of members) units += weight
  return units
}

/** An instant as Auto Scaling's texts write it: without milliseconds. */
export const stamp = (time: number) => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z')

export const isSuspended = (group: Group, process: string) => group.suspended.has(process)
