import { commandNamed, commands } from '../commands'
import type { Command } from '../domain/command'
import { atCommand, atUnlock } from '../domain/gates'
import type { Lock } from '../domain/lock'
import type { OperationId } from '../domain/operation'
import { denied } from '../domain/verdict'
import { type Reason, reason } from '../domain/reasons'
import { helpMessage, helpTopicMessage } from '../messages/help'
import { historyMessage } from '../messages/history'
import type { Voice } from '../messages/language'
import { lockClearedMessage, lockSetMessage } from '../messages/locks'
import { dryRunMessage } from '../messages/plan'
import { refusalMessage } from '../messages/refusal'
import { showMessage } from '../messages/show'
import { allStatusMessage, serviceStatusMessage } from '../messages/status'
import { signalTakenMessage, takenMessage } from '../messages/taken'
import { unansweredMessage } from '../messages/trouble'
import type { Message } from '../ports/chat'
import { operationsOf, servicesFor, statusOf } from './affairs'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { askWorker } from './questions'
import { record } from './record'
import { factsOf } from './showing'
import { sayTo, type Word } from './signals'

/** What a command came to: `ok` when it did what was asked. */
export interface Reply {
  readonly ok: boolean
  readonly message: Message
  /** Why it was refused, where a gate or the plan did. */
  readonly reason?: Reason
  /** The operation that was started, or that the same delivery started before. */
  readonly started?: { readonly id: OperationId; readonly created: boolean }
}

/** A command that is carried out, rather than answered with a form. */
export type Doable = Exclude<Command, { readonly name: 'form' }>
type Of<Name> = Extract<Doable, { readonly name: Name }>
type Starting = Extract<Doable, { readonly request: unknown }>

const shownOperations = 10

/** Help on one command, or on all of them. */
export const helpOn = (topic: string | undefined, voice: Voice): Message => {
  const entry = topic === undefined ? undefined : commandNamed(topic)
  return entry ? helpTopicMessage({ ...voice, entry }) : helpMessage({ ...voice, entries: commands })
}

/**
 * Carries commands out for people: permission, gates, then the journal. Knows nothing of how the command came in
 * and how the reply goes out. Rejects with StoreUnavailable when nothing could be recorded or read.
 */
export class Dispatch {
  constructor(private readonly desk: FrontDesk) {}

  /** Whether the answer may take longer than Slack waits, because the worker is asked. */
  static slow(command: Doable): boolean {
    return command.name === 'status' || ('request' in command && command.dryRun)
  }

  async run(command: Doable, asker: Asker): Promise<Reply> {
    if ('request' in command) return this.start(command, asker)
    switch (command.name) {
      case 'help':
        return this.help(command, asker)
      case 'status':
        return this.status(command, asker)
      case 'history':
        return this.history(command, asker)
      case 'show':
        return this.show(command, asker)
      case 'lock':
        return this.lock(command, asker)
      case 'unlock':
        return this.unlock(command.service, asker, ['lock', 'freeze'])
      case 'cancel':
        return this.cancel(command, asker)
      case 'approve':
        return this.word({ operation: command.operation, kind: 'approve', typed: true }, asker)
    }
  }

  /** Starts an operation, or shows its plan. `delivery` recognises what must start one operation only. */
  async start(command: Starting, asker: Asker, delivery = asker.delivery): Promise<Reply> {
    const { catalogue, clock, locks } = this.desk
    const { request, why, dryRun } = command
    const { service } = request
    const voice = voiceOf(this.desk, asker.reader, service)
    const [actor, held] = await Promise.all([actorOf(this.desk, asker.person), locks.of(service)])
    const now = clock.now()
    const verdict = atCommand({ catalogue, action: command.name, service, actor, locks: held, now, dryRun })
    if (verdict.verdict === 'refuse') return this.refused(verdict.reason, asker, service)
    if (dryRun) return this.plan(command, asker)
    const started = await record(this.desk, { request, ...(why !== undefined && { why }) }, asker, delivery)
    const { id, created } = started
    const message = takenMessage({ ...voice, operation: { id, request }, created })
    return { ok: true, message, started }
  }

  /** Says something to an operation: the words behind most buttons. */
  async word(word: Word, asker: Asker): Promise<Reply> {
    const heard = await sayTo(this.desk, word, asker)
    if (!heard.ok) return this.refused(heard.reason, asker)
    const voice = voiceOf(this.desk, asker.reader, heard.operation.request.service)
    const { operation, kind } = word
    const message = signalTakenMessage({ ...voice, operation, kind, outcome: heard.outcome })
    return { ok: true, message }
  }

  /** Clears a service's locks of these kinds. */
  async unlock(service: string, asker: Asker, kinds: readonly Lock['kind'][]): Promise<Reply> {
    const { catalogue, clock, locks } = this.desk
    const [actor, all] = await Promise.all([actorOf(this.desk, asker.person), locks.of(service)])
    const held = all.filter((lock) => kinds.includes(lock.kind))
    const verdict = atUnlock({ catalogue, service, actor, locks: held, now: clock.now() })
    if (verdict.verdict === 'refuse') return this.refused(verdict.reason, asker, service)
    const cleared = (await Promise.all(kinds.map((kind) => locks.clear(service, kind)))).filter(
      (lock) => lock !== undefined,
    )
    const by = asker.person.user
    for (const lock of cleared) this.announce(service, (voice) => lockClearedMessage({ ...voice, lock, by }))
    const [lock] = cleared
    // Somebody else was quicker.
    if (lock === undefined) return this.refused(reason('not_locked', { service }), asker, service)
    return {
      ok: true,
      message: lockClearedMessage({ ...voiceOf(this.desk, asker.reader, service), lock, by }),
    }
  }

  private refused(why: Reason, asker: Asker, service?: string): Reply {
    const voice = voiceOf(this.desk, asker.reader, service)
    return { ok: false, message: refusalMessage(why, voice), reason: why }
  }

  private async plan({ request }: Starting, asker: Asker): Promise<Reply> {
    const { questions } = this.desk
    const voice = voiceOf(this.desk, asker.reader, request.service)
    const planned = await askWorker(questions, { ask: 'plan', request, requester: asker.person.user })
    if (planned === undefined) return { ok: false, message: unansweredMessage(voice) }
    if (!planned.ok) return this.refused(planned.reason, asker, request.service)
    return { ok: true, message: dryRunMessage({ ...voice, request, plan: planned.plan }) }
  }

  private async help({ topic }: Of<'help'>, asker: Asker): Promise<Reply> {
    const voice = voiceOf(this.desk, asker.reader)
    return { ok: true, message: helpOn(topic, voice) }
  }

  private async status({ service }: Of<'status'>, asker: Asker): Promise<Reply> {
    const seen = await this.seen('status', service, asker)
    if ('message' in seen) return seen
    const statuses = await statusOf(this.desk, seen.services)
    const voice = voiceOf(this.desk, asker.reader, service)
    const [only] = statuses
    const message =
      service !== undefined && only ? serviceStatusMessage(only, voice) : allStatusMessage(statuses, voice)
    return { ok: true, message }
  }

  private async history({ service }: Of<'history'>, asker: Asker): Promise<Reply> {
    const seen = await this.seen('history', service, asker)
    if ('message' in seen) return seen
    const ended = await this.desk.journal.history(service, shownOperations * 3)
    const operations = ended
      .filter(({ request }) => seen.services.includes(request.service))
      .slice(0, shownOperations)
    const voice = voiceOf(this.desk, asker.reader, service)
    const message = historyMessage({ ...voice, operations, ...(service !== undefined && { service }) })
    return { ok: true, message }
  }

  private async show({ operation: id }: Of<'show'>, asker: Asker): Promise<Reply> {
    const operation = await this.desk.journal.read(id)
    if (operation === undefined) return this.refused(reason('unknown_operation', { operation: id }), asker)
    const { service } = operation.request
    const no = denied(this.desk.catalogue, 'show', service, await actorOf(this.desk, asker.person))
    if (no !== undefined) return this.refused(no, asker, service)
    const facts = await factsOf(this.desk, operation, voiceOf(this.desk, asker.reader, service))
    return { ok: true, message: showMessage(facts) }
  }

  private async lock({ service, why, duration }: Of<'lock'>, asker: Asker): Promise<Reply> {
    const { catalogue, clock, locks } = this.desk
    const [actor, held] = await Promise.all([actorOf(this.desk, asker.person), locks.of(service)])
    const now = clock.now()
    const verdict = atCommand({ catalogue, action: 'lock', service, actor, locks: held, now })
    if (verdict.verdict === 'refuse') return this.refused(verdict.reason, asker, service)
    const until = duration === undefined ? {} : { until: now + duration }
    const lock: Lock = { kind: 'lock', service, why, by: asker.person, since: now, ...until }
    await locks.set(lock)
    this.announce(service, (voice) => lockSetMessage(lock, voice))
    return { ok: true, message: lockSetMessage(lock, voiceOf(this.desk, asker.reader, service)) }
  }

  private async cancel({ target }: Of<'cancel'>, asker: Asker): Promise<Reply> {
    if (!this.desk.catalogue.services.has(target))
      return this.word({ operation: target, kind: 'cancel' }, asker)
    const [first] = await operationsOf(this.desk, target)
    if (first !== undefined) return this.word({ operation: first.id, kind: 'cancel' }, asker)
    return this.refused(reason('nothing_to_cancel', { service: target }), asker, target)
  }

  /** The services that a person may look at: the one named, or all that are allowed. */
  private async seen(
    action: 'status' | 'history',
    service: string | undefined,
    asker: Asker,
  ): Promise<Reply | { readonly services: readonly string[] }> {
    const actor = await actorOf(this.desk, asker.person)
    if (service === undefined) {
      const services = servicesFor(this.desk, action, actor)
      if (services.length > 0) return { services }
    }
    const no = denied(this.desk.catalogue, action, service ?? '*', actor)
    return no === undefined
      ? { services: service === undefined ? [] : [service] }
      : this.refused(no, asker, service)
  }

  /** Tells the channels of the services: a lock concerns everybody there. That it fails harms nothing. */
  private announce(service: string, say: (voice: Voice) => Message): void {
    const { catalogue, chat, log } = this.desk
    const services = service === '*' ? [...catalogue.services.values()] : [catalogue.services.get(service)]
    const channels = new Map(services.flatMap((one) => (one ? [[one.channel, one.name] as const] : [])))
    for (const [channel, name] of channels)
      chat
        .post(channel, say(voiceOf(this.desk, {}, name)))
        .catch((error: unknown) => log.warn({ channel, error: String(error) }, 'a lock was not announced'))
  }
}
