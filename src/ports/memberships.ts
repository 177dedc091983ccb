import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Operation } from '../domain/operation/operation'
import { groupsAskedOf } from '../domain/access/permissions'
import type { People } from './people'

/** The Slack user groups of everybody who asked for an operation or said something to it. */
export const membershipsOf = async (
  operation: Operation,
  catalogue: Catalogue,
  people: People,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const persons = [operation.requester, ...operation.signals.map((signal) => signal.by)]
  const users = new Map(persons.map((person) => [person.user, person]))
  // Who spoke from elsewhere once is judged as external: the same id then stands for two accounts.
  for (const person of persons) if (person.external) users.set(person.user, person)
  const found = await Promise.all(
    [...users].map(
      async ([user, person]) =>
        [user, await people.groupsOf(user, groupsAskedOf(catalogue, person))] as const,
    ),
  )
  return new Map(found)
}
