import { permissionOf } from '../commands'
import type { Command } from '../domain/interaction/command'
import { checkCommand, checkUnlock, lockFacts } from '../domain/access/gates'
import type { Lock } from '../domain/access/lock'
import { reason } from '../domain/reasons/reason'
import type { Locale } from '../messages/locale'
import {
  lockClearedMessage,
  lockSetMessage,
  lockAcknowledgement,
  lockText,
  unlockText,
  unlockAcknowledgement,
} from '../messages/locks'
import type { Message } from '../ports/chat'
import { type Asker, actorOf, type GatewayDeps, localeOf } from './deps'
import { refused, type Reply } from './reply'
import type { OperationId } from '../domain/operation/id'
import type { Instant } from '../domain/time/time'

// People's locks. Both reject with StoreUnavailable when nothing could be set or cleared.

/** Locks a service, or all of them (`*`). */
export const lockService = async (
  deps: GatewayDeps,
  command: Extract<Command, { readonly name: 'lock' }>,
  asker: Asker,
): Promise<Reply> => {
  const { service, why, duration } = command
  const { catalogue, clock, locks } = deps
  const [actor, activeLocks] = await Promise.all([actorOf(deps, asker.person), locks.of(service)])
  const now = clock.now()
  const { action } = permissionOf(command)
  const verdict = checkCommand({ catalogue, action, service, actor, locks: activeLocks, now })
  if (verdict.verdict === 'refuse') return refused(deps, verdict.reason, asker, service)
  const until = duration === undefined ? {} : { until: now + duration }
  const lock: Lock = { kind: 'lock', service, why, by: asker.person, since: now, ...until }
  // Somebody else's may have come between the look and now.
  const theirs = await locks.acquire(lock)
  if (theirs) return refused(deps, reason('locked', lockFacts(theirs)), asker, service)
  postToChannels(deps, service, (locale) => lockSetMessage(lock, locale))
  const locale = localeOf(deps, asker.userLocale, service)
  return { ok: true, message: lockAcknowledgement(lock, locale), says: lockText(lock, locale) }
}

/** What a button showed of the lock that it clears: when it was set, or the rollback that left it behind. */
export type ShownLock = { readonly since: Instant } | { readonly operation: OperationId }

/** Clears a service's locks: all that hold it now, or the one that was shown and no later one. */
export const unlockService = async (
  deps: GatewayDeps,
  service: string,
  asker: Asker,
  shown?: ShownLock,
): Promise<Reply> => {
  const { catalogue, clock, locks } = deps
  const [actor, all] = await Promise.all([actorOf(deps, asker.person), locks.of(service)])
  const own = all.filter((lock) => lock.service === service)
  const activeLocks = own.filter((lock) => shown === undefined || isShown(lock, shown))
  const [other] = own
  if (activeLocks.length === 0 && other)
    return refused(deps, reason('other_lock', lockFacts(other)), asker, service)
  const verdict = checkUnlock({ catalogue, service, actor, locks: activeLocks, now: clock.now() })
  if (verdict.verdict === 'refuse') return refused(deps, verdict.reason, asker, service)
  const attempts = await Promise.all(
    activeLocks.map(({ kind, since }) => locks.clear(service, kind, since, asker.person)),
  )
  const cleared = attempts.filter((lock) => lock !== undefined)
  const by = asker.person
  for (const lock of cleared)
    postToChannels(deps, service, (locale) => lockClearedMessage({ ...locale, lock, by }))
  // Somebody else was quicker.
  if (cleared.length === 0) return refused(deps, reason('not_locked', { service }), asker, service)
  const facts = { ...localeOf(deps, asker.userLocale, service), locks: cleared, by }
  return { ok: true, message: unlockAcknowledgement(facts), says: unlockText(facts) }
}

const isShown = (lock: Lock, shown: ShownLock): boolean =>
  'operation' in shown
    ? lock.kind === 'freeze' && lock.operation === shown.operation
    : lock.since === shown.since

/** Tells the channels of the services: a lock concerns everybody there. That it fails harms nothing. */
const postToChannels = (deps: GatewayDeps, service: string, say: (locale: Locale) => Message): void => {
  const { catalogue, chat, log } = deps
  const services = service === '*' ? [...catalogue.services.values()] : [catalogue.services.get(service)]
  const channels = new Map(services.flatMap((one) => (one ? [[one.channel, one.name] as const] : [])))
  for (const [channel, name] of channels)
    chat
      .post(channel, say(localeOf(deps, {}, name)))
      .catch((error: unknown) => log.warn({ channel, error: String(error) }, 'a lock was not announced'))
}
