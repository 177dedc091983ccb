import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Operation } from '../domain/operation/operation'
import { groupsAsked } from '../domain/access/permissions'
import type { People } from './people'

/** The Slack user groups of everybody who asked for an operation or said something to it. */
export const membershipsOf = async (
  operation: Operation,
  catalogue: Catalogue,
  people: People,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const users = new Set([operation.requester.user, ...operation.signals.map((signal) => signal.by.user)])
  const among = groupsAsked(catalogue)
  const found = await Promise.all(
    [...users].map(async (user) => [user, await people.groupsOf(user, among)] as const),
  )
  return new Map(found)
}
