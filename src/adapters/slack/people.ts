import type { WebClient } from '@slack/web-api'
import { everyone } from '../../domain/access/permissions'
import type { Log } from '../../ports/log'
import type { People, PeopleStore } from '../../ports/people'
import type { RealTime } from '../../ports/real-time'
import { asking } from './failure'
import { slackFullMembers } from './full-members'
import { withTimeout } from './with-timeout'

/** Real milliseconds: members are asked for anew this often, and believed so long where Slack does not answer. */
const refreshInterval = 5 * 60_000
const staleAfter = 60 * 60_000
/** How long a person waits for Slack before the store's older word is taken. */
const slackTimeout = 700

interface Members {
  readonly users: ReadonlySet<string>
  readonly at: number
  /** Whether the store, and so the worker, knows them as well. */
  stored: boolean
}

export interface SlackPeopleOptions {
  readonly client: WebClient
  readonly store: PeopleStore
  /** The user groups that the catalogue speaks of. */
  readonly groups: readonly string[]
  readonly time: RealTime
  readonly log: Log
}

export interface SlackPeople extends People {
  /** Learns all groups' members now and every few minutes, and leaves them in the store for the worker. */
  start(): void
  stop(): void
}

/**
 * Who is in which user group, as Slack says. `usergroups.users.list` is of tier 2 (20 a minute), so that members
 * are kept here; what cannot be asked is read from the store. Rejects with StoreUnavailable where neither knows, and
 * where the store cannot be told what the worker is going to need.
 */
export const slackPeople = ({ client, store, groups, time, log }: SlackPeopleOptions): SlackPeople => {
  const fullMembers = slackFullMembers({ client, store, time, log })
  const known = new Map<string, Members>()
  const asked = new Map<string, Promise<Members | undefined>>()
  let callOff = (): void => {}
  let stopped = false

  const storeMembers = async (group: string, members: Members): Promise<void> => {
    await store.remember(group, [...members.users])
    members.stored = true
  }
  const fetchMembers = async (group: string): Promise<Members | undefined> => {
    try {
      const { users = [] } = await asking(() => client.usergroups.users.list({ usergroup: group }))
      const members = { users: new Set(users), at: time.now(), stored: false }
      known.set(group, members)
      // Where the store cannot be written now, the first who needs it tries again.
      await storeMembers(group, members).catch(() => {})
      return members
    } catch (error) {
      log.warn({ group, error: String(error) }, 'Slack does not say who is in a user group')
      return undefined
    } finally {
      asked.delete(group)
    }
  }
  /** Asks Slack once for all who ask at the same time. */
  const ask = (group: string): Promise<Members | undefined> => {
    const already = asked.get(group)
    if (already !== undefined) return already
    const asking = fetchMembers(group)
    asked.set(group, asking)
    return asking
  }

  /** Whether a user is among them; the worker judges by the store's word, which must not be another. */
  const among = async (group: string, members: Members, user: string): Promise<boolean> => {
    if (!members.stored) await storeMembers(group, members)
    return members.users.has(user)
  }
  const has = async (group: string, user: string): Promise<boolean> => {
    const members = known.get(group)
    const age = members === undefined ? Number.POSITIVE_INFINITY : time.now() - members.at
    if (members !== undefined && age < refreshInterval) return among(group, members, user)
    const asking = ask(group)
    if (members !== undefined && age < staleAfter) return among(group, members, user)
    const fresh = await withTimeout(time, slackTimeout, asking)
    if (fresh !== undefined) return among(group, fresh, user)
    return (await store.groupsOf(user, [group])).length > 0
  }

  const round = async (): Promise<void> => {
    for (const group of groups) if (!stopped && group !== everyone) await ask(group)
    if (!stopped) await fullMembers.refresh()
    if (!stopped) callOff = time.after(refreshInterval, () => void round())
  }

  return {
    async groupsOf(user, wanted) {
      const answers = await Promise.all(
        wanted.map((group) => (group === everyone ? fullMembers.has(user) : has(group, user))),
      )
      return wanted.filter((_, index) => answers[index])
    },
    start: () => void round(),
    stop() {
      stopped = true
      callOff()
    },
  }
}
