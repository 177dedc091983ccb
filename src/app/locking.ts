import { permissionOf } from '../commands'
import type { Command } from '../domain/command'
import { atCommand, atUnlock } from '../domain/gates'
import type { Lock } from '../domain/lock'
import { reason } from '../domain/reasons'
import type { Voice } from '../messages/language'
import { lockClearedMessage, lockSetMessage, lockTakenMessage, unlockTakenMessage } from '../messages/locks'
import type { Message } from '../ports/chat'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { refused, type Reply } from './reply'

// People's locks. Both reject with StoreUnavailable when nothing could be set or cleared.

/** Locks a service, or all of them (`*`). */
export const lockService = async (
  desk: FrontDesk,
  command: Extract<Command, { readonly name: 'lock' }>,
  asker: Asker,
): Promise<Reply> => {
  const { service, why, duration } = command
  const { catalogue, clock, locks } = desk
  const [actor, held] = await Promise.all([actorOf(desk, asker.person), locks.of(service)])
  const now = clock.now()
  const { action } = permissionOf(command)
  const verdict = atCommand({ catalogue, action, service, actor, locks: held, now })
  if (verdict.verdict === 'refuse') return refused(desk, verdict.reason, asker, service)
  const until = duration === undefined ? {} : { until: now + duration }
  const lock: Lock = { kind: 'lock', service, why, by: asker.person, since: now, ...until }
  await locks.set(lock)
  announce(desk, service, (voice) => lockSetMessage(lock, voice))
  return { ok: true, message: lockTakenMessage(lock, voiceOf(desk, asker.reader, service)) }
}

/** Clears a service's locks of these kinds. */
export const unlockService = async (
  desk: FrontDesk,
  service: string,
  kinds: readonly Lock['kind'][],
  asker: Asker,
): Promise<Reply> => {
  const { catalogue, clock, locks } = desk
  const [actor, all] = await Promise.all([actorOf(desk, asker.person), locks.of(service)])
  const held = all.filter((lock) => kinds.includes(lock.kind))
  const verdict = atUnlock({ catalogue, service, actor, locks: held, now: clock.now() })
  if (verdict.verdict === 'refuse') return refused(desk, verdict.reason, asker, service)
  const tried = await Promise.all(kinds.map((kind) => locks.clear(service, kind)))
  const cleared = tried.filter((lock) => lock !== undefined)
  const by = asker.person.user
  for (const lock of cleared) announce(desk, service, (voice) => lockClearedMessage({ ...voice, lock, by }))
  // Somebody else was quicker.
  if (cleared.length === 0) return refused(desk, reason('not_locked', { service }), asker, service)
  return {
    ok: true,
    message: unlockTakenMessage({ ...voiceOf(desk, asker.reader, service), locks: cleared, by }),
  }
}

/** Tells the channels of the services: a lock concerns everybody there. That it fails harms nothing. */
const announce = (desk: FrontDesk, service: string, say: (voice: Voice) => Message): void => {
  const { catalogue, chat, log } = desk
  const services = service === '*' ? [...catalogue.services.values()] : [catalogue.services.get(service)]
  const channels = new Map(services.flatMap((one) => (one ? [[one.channel, one.name] as const] : [])))
  for (const [channel, name] of channels)
    chat
      .post(channel, say(voiceOf(desk, {}, name)))
      .catch((error: unknown) => log.warn({ channel, error: String(error) }, 'a lock was not announced'))
}
