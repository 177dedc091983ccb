import type { Command } from '../domain/command'
import { atCommand, atUnlock } from '../domain/gates'
import type { Lock } from '../domain/lock'
import type { OperationId } from '../domain/operation'
import { denied } from '../domain/verdict'
import { type Reason, reason } from '../domain/reasons'
import type { Voice } from '../messages/language'
import type { Message } from '../ports/chat'
import { affairsOf, operationsOf, servicesFor } from './affairs'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { askWorker } from './questions'
import { record } from './record'
import type { Sayings } from './sayings'
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

export interface DispatchOptions extends FrontDesk {
  readonly sayings: Sayings
  /** Shows an operation's message anew, where this process speaks for it. */
  readonly refresh?: (id: OperationId) => void
}

const shownOperations = 10

/**
 * Carries commands out for people: permission, gates, then the journal. Knows nothing of how the command came in
 * and how the reply goes out. Rejects with StoreUnavailable when nothing could be recorded or read.
 */
export class Dispatch {
  constructor(private readonly desk: DispatchOptions) {}

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
    const { catalogue, clock, journal, locks, sayings } = this.desk
    const { request, why, dryRun } = command
    const { service } = request
    const voice = voiceOf(this.desk, asker.reader, service)
    const [actor, held, line] = await Promise.all([
      actorOf(this.desk, asker.person),
      locks.of(service),
      journal.line(service),
    ])
    const now = clock.now()
    const verdict = atCommand({ catalogue, action: command.name, service, actor, locks: held, now, dryRun })
    if (verdict.verdict === 'refuse') return this.refused(verdict.reason, asker, service)
    if (dryRun) return this.plan(command, asker)
    const started = await record(this.desk, { request, ...(why !== undefined && { why }) }, asker, delivery)
    const channel = catalogue.services.get(service)?.channel ?? ''
    const before = line.filter((other) => other !== started.id).length
    const message = sayings.started({ operation: started.id, request, channel, before }, voice)
    return { ok: true, message, started }
  }

  /** Says something to an operation: the words behind most buttons. */
  async word(word: Word, asker: Asker): Promise<Reply> {
    const heard = await sayTo(this.desk, word, asker)
    if (!heard.ok) return this.refused(heard.reason, asker)
    const voice = voiceOf(this.desk, asker.reader, heard.operation.request.service)
    const message = this.desk.sayings.heard({ kind: word.kind, operation: word.operation }, voice)
    return { ok: true, message }
  }

  /** Clears a service's locks of these kinds. */
  async unlock(service: string, asker: Asker, kinds: readonly Lock['kind'][]): Promise<Reply> {
    const { catalogue, clock, locks, sayings } = this.desk
    const [actor, all] = await Promise.all([actorOf(this.desk, asker.person), locks.of(service)])
    const held = all.filter((lock) => kinds.includes(lock.kind))
    const verdict = atUnlock({ catalogue, service, actor, locks: held, now: clock.now() })
    if (verdict.verdict === 'refuse') return this.refused(verdict.reason, asker, service)
    const cleared = (await Promise.all(kinds.map((kind) => locks.clear(service, kind)))).filter(
      (lock) => lock !== undefined,
    )
    const told = { locks: cleared, by: asker.person.user }
    this.announce(service, (voice) => sayings.unlocked(told, voice))
    const message = sayings.unlocked(told, voiceOf(this.desk, asker.reader, service))
    return { ok: true, message }
  }

  private refused(why: Reason, asker: Asker, service?: string): Reply {
    const voice = voiceOf(this.desk, asker.reader, service)
    const facts = { reason: why, ...(service !== undefined && { service }) }
    return { ok: false, message: this.desk.sayings.refused(facts, voice), reason: why }
  }

  private async plan({ request }: Starting, asker: Asker): Promise<Reply> {
    const { questions, sayings } = this.desk
    const voice = voiceOf(this.desk, asker.reader, request.service)
    const planned = await askWorker(questions, { ask: 'plan', request, requester: asker.person.user })
    if (planned === undefined) return { ok: false, message: sayings.workerSilent(voice) }
    if (!planned.ok) return this.refused(planned.reason, asker, request.service)
    return { ok: true, message: sayings.dryRun({ request, plan: planned.plan }, voice) }
  }

  private async help({ topic }: Of<'help'>, asker: Asker): Promise<Reply> {
    const voice = voiceOf(this.desk, asker.reader)
    return { ok: true, message: this.desk.sayings.help(topic === undefined ? {} : { topic }, voice) }
  }

  private async status({ service }: Of<'status'>, asker: Asker): Promise<Reply> {
    const seen = await this.seen('status', service, asker)
    if ('message' in seen) return seen
    const facts = await affairsOf(this.desk, seen.services)
    return { ok: true, message: this.desk.sayings.status(facts, voiceOf(this.desk, asker.reader, service)) }
  }

  private async history({ service }: Of<'history'>, asker: Asker): Promise<Reply> {
    const seen = await this.seen('history', service, asker)
    if ('message' in seen) return seen
    const ended = await this.desk.journal.history(service, shownOperations * 3)
    const operations = ended
      .filter(({ request }) => seen.services.includes(request.service))
      .slice(0, shownOperations)
    const facts = { operations, ...(service !== undefined && { service }) }
    return { ok: true, message: this.desk.sayings.history(facts, voiceOf(this.desk, asker.reader, service)) }
  }

  private async show({ operation: id }: Of<'show'>, asker: Asker): Promise<Reply> {
    const operation = await this.desk.journal.read(id)
    if (operation === undefined) return this.refused(reason('unknown_operation', { operation: id }), asker)
    const { service } = operation.request
    const no = denied(this.desk.catalogue, 'show', service, await actorOf(this.desk, asker.person))
    if (no !== undefined) return this.refused(no, asker, service)
    const facts = await factsOf(this.desk, operation, voiceOf(this.desk, asker.reader, service))
    return { ok: true, message: this.desk.sayings.operation(facts) }
  }

  private async lock({ service, why, duration }: Of<'lock'>, asker: Asker): Promise<Reply> {
    const { catalogue, clock, locks, sayings } = this.desk
    const [actor, held] = await Promise.all([actorOf(this.desk, asker.person), locks.of(service)])
    const now = clock.now()
    const verdict = atCommand({ catalogue, action: 'lock', service, actor, locks: held, now })
    if (verdict.verdict === 'refuse') return this.refused(verdict.reason, asker, service)
    const until = duration === undefined ? {} : { until: now + duration }
    const lock: Lock = { kind: 'lock', service, why, by: asker.person, since: now, ...until }
    await locks.set(lock)
    this.announce(service, (voice) => sayings.locked(lock, voice))
    return { ok: true, message: sayings.locked(lock, voiceOf(this.desk, asker.reader, service)) }
  }

  private async cancel({ target }: Of<'cancel'>, asker: Asker): Promise<Reply> {
    const { catalogue, sayings } = this.desk
    if (!catalogue.services.has(target)) return this.word({ operation: target, kind: 'cancel' }, asker)
    const [first] = await operationsOf(this.desk, target)
    if (first !== undefined) return this.word({ operation: first.id, kind: 'cancel' }, asker)
    const voice = voiceOf(this.desk, asker.reader, target)
    return { ok: false, message: sayings.nothingRuns({ service: target }, voice) }
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
