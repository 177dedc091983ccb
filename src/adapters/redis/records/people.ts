import { hour } from '../../../domain/time/time'
import { everyone } from '../../../domain/access/permissions'
import type { PeopleStore } from '../../../ports/people'
import { rememberMembers } from '../scripts/remember-members'
import { UnreadableRecord } from '../../../ports/failure'
import { asUnreadable, type UnreadableRecords } from './unreadable'
import type { Store } from '../connection/store'

/** Members of Slack's user groups on Redis, one set a group. All methods reject with StoreUnavailable. */
export const redisPeople = (store: Store, unreadable: UnreadableRecords): PeopleStore => {
  const { keys } = store
  return {
    remember: async (group, users) => {
      await store.run(rememberMembers, [keys.members(group)], [hour, JSON.stringify(users)])
    },
    rememberFullMember: async (user, is) => {
      await store.run(rememberMembers, [keys.fullMember(user)], [24 * hour, JSON.stringify(is ? [user] : [])])
    },
    groupsOf: async (user, among) => {
      const answers = await Promise.all(
        among.map((group) => {
          const key = group === everyone ? keys.fullMember(user) : keys.members(group)
          // Whose membership cannot be read is nobody's member until the next reading of Slack puts it right.
          return store
            .ask((client) => client.sismember(key, user))
            .catch((error: unknown) => {
              const failure = asUnreadable(`members of ${group}`, error)
              if (!(failure instanceof UnreadableRecord)) throw failure
              unreadable.note(undefined, failure)
              return 0
            })
        }),
      )
      return among.filter((_, index) => answers[index] === 1)
    },
  }
}
