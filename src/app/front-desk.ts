import type { Catalogue, Service } from '../domain/catalogue'
import type { OperationId } from '../domain/operation'
import { groupsAsked } from '../domain/permissions'
import type { Person } from '../domain/person'
import type { Actor } from '../domain/verdict'
import type { Voice } from '../messages/language'
import type { Appointments } from '../ports/appointments'
import type { Calendar } from '../ports/calendar'
import type { Chat, Screens } from '../ports/chat'
import type { Clock } from '../ports/clock'
import type { Journal } from '../ports/journal'
import type { Locks } from '../ports/locks'
import type { Log } from '../ports/log'
import type { People } from '../ports/people'
import type { Questions } from '../ports/questions'
import type { Reader, Readers } from '../ports/readers'
import type { RealTime } from '../ports/real-time'
import type { Wakeups } from '../ports/wakeups'

/** What the gateway role is made of. */
export interface FrontDesk {
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly time: RealTime
  readonly journal: Journal
  readonly locks: Locks
  readonly appointments: Pick<Appointments, 'of' | 'set'>
  readonly calendar: Pick<Calendar, 'of'>
  readonly wakeups: Pick<Wakeups, 'wake'>
  readonly questions: Pick<Questions, 'ask'>
  readonly people: People
  readonly readers: Readers
  readonly chat: Pick<Chat, 'post'> & Screens
  readonly log: Log
  /** The slash command, with its slash: what people are told to type. */
  readonly command: string
  /** Shows an operation's message anew, where this process speaks for it. */
  readonly refresh?: (id: OperationId) => void
}

/** Somebody who says something, and how to speak with them. */
export interface Asker {
  readonly person: Person
  readonly reader: Reader
  /** Recognises what was said when it comes again. */
  readonly delivery: string
  /** Where it was said: an id, and a name where Slack tells it. */
  readonly channel?: string
  readonly channelName?: string
}

/** The reader's own language and zone where they are known, else the service's, else the first service's. */
export const voiceOf = (
  { catalogue, clock, command }: Pick<FrontDesk, 'catalogue' | 'clock'> & Partial<Pick<FrontDesk, 'command'>>,
  reader: Reader,
  service?: string,
): Voice => {
  const [first] = catalogue.services.values()
  const spoken: Pick<Service, 'language' | 'timezone'> | undefined =
    (service === undefined ? undefined : catalogue.services.get(service)) ?? first
  return {
    language: reader.language ?? spoken?.language ?? 'en',
    timezone: reader.timezone ?? spoken?.timezone ?? 'UTC',
    ...(reader.timezone !== undefined && { ownZone: true }),
    now: clock.now(),
    ...(command !== undefined && { command }),
  }
}

/** A person with what the catalogue's permissions are decided on. Rejects with StoreUnavailable. */
export const actorOf = async (
  { catalogue, people }: Pick<FrontDesk, 'catalogue' | 'people'>,
  { user }: Person,
): Promise<Actor> => {
  const among = groupsAsked(catalogue)
  return { user, memberships: among.length === 0 ? [] : await people.groupsOf(user, among) }
}
