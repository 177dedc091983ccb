import type { WebClient } from '@slack/web-api'
import type { Log } from '../../ports/log'
import type { UserLocale, UserLocales } from '../../ports/user-locales'
import type { RealTime } from '../../ports/real-time'
import { asking } from './failure'
import { withTimeout } from './with-timeout'

/** Real milliseconds. */
const cacheTime = 60 * 60_000
const retryDelay = 60_000
const slackTimeout = 300
const maxEntries = 5_000

export interface SlackUserLocalesOptions {
  readonly client: WebClient
  readonly time: RealTime
  readonly log: Log
}

type UserInfo = Awaited<ReturnType<WebClient['users']['info']>>['user']

interface Known {
  readonly locale: Promise<UserLocale>
  until: number
  name: string | undefined
}

/** People have such an id; groups of them have a name of their own, which is not asked for here. */
const isPerson = /^[UW][A-Z0-9]+$/

/** How people read and are called, as `users.info` tells (scope users:read). */
export const slackUserLocales = ({ client, time, log }: SlackUserLocalesOptions): UserLocales => {
  const known = new Map<string, Known>()

  const ask = (user: string): Promise<UserLocale> => {
    const there = known.get(user)
    if (there !== undefined && time.now() < there.until) return there.locale
    const locale = asking(() => client.users.info({ user, include_locale: true })).then(
      ({ user: info }) => {
        entry.name = nameFrom(info)
        return localeFrom(info?.locale, info?.tz)
      },
      (error: unknown) => {
        log.warn({ error: String(error) }, 'Slack does not say how a person reads')
        entry.until = time.now() + retryDelay
        return {}
      },
    )
    const entry: Known = { locale, until: time.now() + cacheTime, name: there?.name }
    // Insertion order is age: the oldest goes.
    known.delete(user)
    known.set(user, entry)
    const [oldest] = known.keys()
    if (known.size > maxEntries && oldest !== undefined) known.delete(oldest)
    return locale
  }

  return {
    of: async (user) => (await withTimeout(time, slackTimeout, ask(user))) ?? {},
    nameOf(user) {
      if (!isPerson.test(user)) return undefined
      void ask(user)
      return known.get(user)?.name
    },
  }
}

/** slack: reference/objects/user-object: the display name may be empty; it is what people see of each other where it is not. */
const nameFrom = (info: UserInfo): string | undefined =>
  [info?.profile?.display_name, info?.profile?.real_name, info?.real_name].find(
    (name) => name !== undefined && name.trim() !== '',
  )

/** A locale is like `ko-KR`; a language that we do not speak is left to the service's. */
const localeFrom = (locale: string | undefined, zone: string | undefined): UserLocale => ({
  ...(locale?.startsWith('ko') ? { language: 'ko' } : locale?.startsWith('en') ? { language: 'en' } : {}),
  ...(zone === undefined || !isZone(zone) ? {} : { timezone: zone }),
})

const isZone = (zone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
  } catch {
    return false
  }
}
