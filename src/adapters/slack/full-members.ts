import type { WebClient } from '@slack/web-api'
import { everyone } from '../../domain/access/permissions'
import type { Log } from '../../ports/log'
import type { PeopleStore } from '../../ports/people'
import type { RealTime } from '../../ports/real-time'
import { asking } from './failure'
import { withTimeout } from './with-timeout'

/** Real milliseconds: a person is asked for anew this often, and believed so long where Slack does not answer. */
const refreshInterval = 5 * 60_000
const staleAfter = 60 * 60_000
/** How long a person waits for Slack before the store's older word is taken. */
const slackTimeout = 700
const maxEntries = 5_000
/** So long whoever said something is asked after; so many at once, for users.info takes about a hundred a minute. */
const wantedFor = 24 * 60 * 60_000
const mostRefreshed = 50

type UserInfo = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>

interface Options {
  readonly client: WebClient
  readonly store: PeopleStore
  readonly time: RealTime
  readonly log: Log
}

/**
 * Who is a full member of the app's workspace: no guest, no bot or app, nobody who has left, and nobody of another
 * workspace who is met in a shared channel. slack: reference/objects/user-object. Rejects with StoreUnavailable where
 * the store cannot be told what the worker is going to need.
 */
export const slackFullMembers = ({ client, store, time, log }: Options) => {
  const known = new Map<
    string,
    { readonly is: boolean; readonly at: number; stored: boolean; wantedAt: number }
  >()
  let home: Promise<{ readonly team?: string; readonly enterprise?: string }> | undefined

  const workspace = () => {
    home ??= asking(() => client.auth.test()).then(({ team_id, enterprise_id, is_enterprise_install }) => ({
      ...(team_id !== undefined && { team: team_id }),
      ...(is_enterprise_install === true && enterprise_id !== undefined && { enterprise: enterprise_id }),
    }))
    home.catch(() => (home = undefined))
    return home
  }
  const ask = async (user: string): Promise<boolean | undefined> => {
    try {
      const [{ team, enterprise }, { user: info }] = await Promise.all([
        workspace(),
        asking(() => client.users.info({ user })),
      ])
      const own =
        info?.team_id === team ||
        (enterprise !== undefined && info?.enterprise_user?.enterprise_id === enterprise)
      const is = info !== undefined && own && isFull(info)
      const wantedAt = known.get(user)?.wantedAt ?? time.now()
      known.delete(user)
      known.set(user, { is, at: time.now(), stored: false, wantedAt })
      const [oldest] = known.keys()
      if (known.size > maxEntries && oldest !== undefined) known.delete(oldest)
      return is
    } catch (error) {
      log.warn({ user, error: String(error) }, 'Slack does not say who is a member of the workspace')
      return undefined
    }
  }
  /** The worker judges by the store's word, which must not be another. */
  const told = async (user: string): Promise<boolean> => {
    const entry = known.get(user)
    if (entry === undefined) return false
    if (!entry.stored) await store.rememberFullMember(user, entry.is)
    entry.stored = true
    return entry.is
  }

  return {
    async has(user: string): Promise<boolean> {
      const entry = known.get(user)
      if (entry) entry.wantedAt = time.now()
      const age = entry === undefined ? Number.POSITIVE_INFINITY : time.now() - entry.at
      if (age < refreshInterval) return told(user)
      const fresh = await withTimeout(time, slackTimeout, ask(user))
      if (fresh !== undefined || age < staleAfter) return told(user)
      return (await store.groupsOf(user, [everyone])).length > 0
    },
    /**
     * Asks anew of those who have said something of late: what they agreed to may still be in line, and whoever has left
     * meanwhile does not count when it starts.
     */
    async refresh(): Promise<void> {
      const now = time.now()
      const due = [...known].filter(
        ([, { is, at, wantedAt }]) => is && now - wantedAt < wantedFor && now - at >= refreshInterval,
      )
      for (const [user] of due.slice(-mostRefreshed)) {
        await ask(user)
        // Where the store cannot be written now, the next round tries again.
        await told(user).catch(() => {})
      }
    },
  }
}

const isFull = (info: UserInfo): boolean =>
  info.id !== slackbot &&
  ![
    info.deleted,
    info.is_bot,
    info.is_restricted,
    info.is_ultra_restricted,
    info.is_stranger,
    info.is_connector_bot,
    info.is_workflow_bot,
  ].includes(true)

/** slack: Slackbot is no bot by `is_bot`. */
const slackbot = 'USLACKBOT'
