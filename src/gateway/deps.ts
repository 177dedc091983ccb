import type { Catalogue, Service } from '../domain/catalogue/catalogue'
import { groupsAskedOf } from '../domain/access/permissions'
import type { Person } from '../domain/access/person'
import type { Actor } from '../domain/access/verdict'
import type { Locale } from '../messages/locale'
import type { Timers } from '../ports/timers'
import type { Calendar } from '../ports/calendar'
import type { Chat, Views } from '../ports/chat'
import type { Clock } from '../ports/clock'
import type { AuditRecord } from '../ports/record'
import type { Journal } from '../ports/journal'
import type { Locks } from '../ports/locks'
import type { Log } from '../ports/log'
import type { People } from '../ports/people'
import type { WorkerRpc } from '../ports/worker-rpc'
import type { Replays } from '../ports/replays'
import type { Unreadable } from '../ports/unreadable'
import type { UserLocale, UserLocales } from '../ports/user-locales'
import type { RealTime } from '../ports/real-time'
import type { Wakeups } from '../ports/wakeups'
import type { OperationId } from '../domain/operation/id'

/** What the gateway role is made of. */
export interface GatewayDeps {
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly time: RealTime
  readonly journal: Journal
  readonly locks: Locks
  readonly replays: Replays
  readonly unreadable: Unreadable
  readonly timers: Pick<Timers, 'of' | 'set'>
  readonly calendar: Pick<Calendar, 'of'>
  readonly record: Pick<AuditRecord, 'lines' | 'head'>
  readonly wakeups: Pick<Wakeups, 'wake'>
  readonly workerRpc: Pick<WorkerRpc, 'call'>
  readonly people: People
  readonly readers: UserLocales
  readonly chat: Pick<Chat, 'post'> & Views
  readonly log: Log
  /** The slash command, with its slash: what people are told to type. */
  readonly command: string
  /** Shows an operation's message anew, where this process speaks for it. */
  readonly refreshMessage?: (id: OperationId) => void
}

/** Somebody who says something, and how to speak with them. */
export interface Asker {
  readonly person: Person
  readonly userLocale: UserLocale
  /** Recognises what was said when it comes again. */
  readonly delivery: string
  /** Where it was said: an id, and a name where Slack tells it. */
  readonly channel?: string
  readonly channelName?: string
}

/** The reader's own language and zone where they are known, else the service's, else the first service's. */
export const localeOf = (
  {
    catalogue,
    clock,
    command,
    readers,
  }: Pick<GatewayDeps, 'catalogue' | 'clock'> & Partial<Pick<GatewayDeps, 'command' | 'readers'>>,
  userLocale: UserLocale,
  service?: string,
): Locale => {
  const [first] = catalogue.services.values()
  const fallback: Pick<Service, 'language' | 'timezone'> | undefined =
    (service === undefined ? undefined : catalogue.services.get(service)) ?? first
  return {
    language: userLocale.language ?? fallback?.language ?? 'en',
    timezone: userLocale.timezone ?? fallback?.timezone ?? 'UTC',
    ...(userLocale.timezone !== undefined && { ownZone: true }),
    now: clock.now(),
    ...(command !== undefined && { command }),
    ...(readers && { nameOf: (user: string) => readers.nameOf(user) }),
  }
}

/** A person with what the catalogue's permissions are decided on. Rejects with StoreUnavailable. */
export const actorOf = async (
  { catalogue, people }: Pick<GatewayDeps, 'catalogue' | 'people'>,
  person: Person,
): Promise<Actor> => {
  const among = groupsAskedOf(catalogue, person)
  const { user } = person
  return { user, memberships: among.length === 0 ? [] : await people.groupsOf(user, among) }
}
