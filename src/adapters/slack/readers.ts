import type { WebClient } from '@slack/web-api'
import type { Log } from '../../ports/log'
import type { Reader, Readers } from '../../ports/readers'
import type { RealTime } from '../../ports/real-time'
import { asking } from './failure'
import { within } from './within'

/** Real milliseconds. */
const believed = 60 * 60_000
const afterFailure = 60_000
const patience = 300
const most = 5_000

export interface SlackReadersOptions {
  readonly client: WebClient
  readonly time: RealTime
  readonly log: Log
}

/** How people read, as `users.info` tells (scope users:read). */
export const slackReaders = ({ client, time, log }: SlackReadersOptions): Readers => {
  const known = new Map<string, { readonly reader: Promise<Reader>; until: number }>()

  const ask = (user: string): Promise<Reader> => {
    const there = known.get(user)
    if (there !== undefined && time.now() < there.until) return there.reader
    const reader = asking(() => client.users.info({ user, include_locale: true })).then(
      ({ user: info }) => readerFrom(info?.locale, info?.tz),
      (error: unknown) => {
        log.warn({ error: String(error) }, 'Slack does not say how a person reads')
        entry.until = time.now() + afterFailure
        return {}
      },
    )
    const entry = { reader, until: time.now() + believed }
    // Insertion order is age: the oldest goes.
    known.delete(user)
    known.set(user, entry)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return reader
  }

  return {
    of: async (user) => (await within(time, patience, ask(user))) ?? {},
  }
}

/** A locale is like `ko-KR`; a language that we do not speak is left to the service's. */
const readerFrom = (locale: string | undefined, zone: string | undefined): Reader => ({
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
