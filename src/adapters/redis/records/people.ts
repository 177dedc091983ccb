import { hour } from '../../../domain/time/time'
import type { PeopleStore } from '../../../ports/people'
import { rememberMembers } from '../scripts/remember-members'
import type { Store } from '../connection/store'

/** Members of Slack's user groups on Redis, one set a group. All methods reject with StoreUnavailable. */
export const redisPeople = (store: Store): PeopleStore => {
  const { keys } = store
  return {
    remember: async (group, users) => {
      await store.run(rememberMembers, [keys.members(group)], [hour, JSON.stringify(users)])
    },
    groupsOf: async (user, among) => {
      const answers = await Promise.all(
        among.map((group) => store.ask((client) => client.sismember(keys.members(group), user))),
      )
      return among.filter((_, index) => answers[index] === 1)
    },
  }
}
