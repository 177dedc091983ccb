import { permissionOf } from '../commands'
import type { Command } from '../domain/command'
import { atCommand } from '../domain/gates'
import { type Reason, reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import type { Instant } from '../domain/time'
import { readWhen } from '../domain/when/read'
import { timeReason } from '../domain/when/said'
import { signalTakenMessage, takenMessage } from '../messages/taken'
import { operationsOf } from './affairs'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { lockService, unlockService } from './locking'
import { helpOn, showHistory, showImages, showOperation, showPlan, showSchedules, showStatus } from './looks'
import { record } from './record'
import { refused, type Reply } from './reply'
import { sayTo, type Word } from './signals'

/** A command that is carried out, rather than answered with a form. */
export type Doable = Exclude<Command, { readonly name: 'form' }>
type Starting = Extract<Doable, { readonly request: unknown }>

/**
 * Carries commands out for people: permission, gates, then the journal. Knows nothing of how the command came in
 * and how the reply goes out. Rejects with StoreUnavailable when nothing could be recorded or read.
 */
export class Dispatch {
  constructor(private readonly desk: FrontDesk) {}

  /** Whether the answer may take longer than Slack waits, because the worker is asked. */
  static slow(command: Doable): boolean {
    return (
      command.name === 'status' ||
      command.name === 'schedules' ||
      command.name === 'images' ||
      ('request' in command && command.dryRun)
    )
  }

  async run(command: Doable, asker: Asker): Promise<Reply> {
    const { desk } = this
    if ('request' in command) return this.start(command, asker)
    switch (command.name) {
      case 'help':
        return { ok: true, message: helpOn(command.topic, voiceOf(desk, asker.reader)) }
      case 'status':
        return showStatus(desk, permissionOf(command), asker)
      case 'history':
        return showHistory(desk, permissionOf(command), asker)
      case 'schedules':
        return showSchedules(desk, permissionOf(command), asker)
      case 'images':
        return showImages(desk, command.service, permissionOf(command), asker)
      case 'show':
        return showOperation(desk, command.operation, permissionOf(command), asker)
      case 'lock':
        return lockService(desk, command, asker)
      case 'unlock':
        return unlockService(desk, command.service, ['lock', 'freeze'], asker)
      case 'cancel':
        return this.cancel(command.target, asker)
      case 'approve':
        return this.word({ operation: command.operation, kind: 'approve', typed: true }, asker)
    }
  }

  /** Starts an operation, or shows its plan. `delivery` recognises what must start one operation only. */
  async start(command: Starting, asker: Asker, delivery = asker.delivery): Promise<Reply> {
    const { catalogue, clock, locks } = this.desk
    const { request, why, dryRun } = command
    const { service } = request
    const [actor, held] = await Promise.all([actorOf(this.desk, asker.person), locks.of(service)])
    const now = clock.now()
    const { action } = permissionOf(command)
    const verdict = atCommand({ catalogue, action, service, actor, locks: held, now, dryRun })
    if (verdict.verdict === 'refuse') return refused(this.desk, verdict.reason, asker, service)
    const unclear = timeTrouble(request, now, catalogue.services.get(service)?.timezone)
    if (unclear) return refused(this.desk, unclear, asker, service)
    if (dryRun) return showPlan(this.desk, command, asker)
    const started = await record(this.desk, { request, ...(why !== undefined && { why }) }, asker, delivery)
    const { id, created } = started
    const voice = voiceOf(this.desk, asker.reader, service)
    return { ok: true, message: takenMessage({ ...voice, operation: { id, request }, created }), started }
  }

  /** Says something to an operation: the words behind most buttons. */
  async word(word: Word, asker: Asker): Promise<Reply> {
    const heard = await sayTo(this.desk, word, asker)
    if (!heard.ok) return refused(this.desk, heard.reason, asker)
    const voice = voiceOf(this.desk, asker.reader, heard.operation.request.service)
    const { operation, kind } = word
    return { ok: true, message: signalTakenMessage({ ...voice, operation, kind, outcome: heard.outcome }) }
  }

  /** Cancels an operation, or what owns a service, or else what waits first on it. */
  private async cancel(target: string, asker: Asker): Promise<Reply> {
    if (!this.desk.catalogue.services.has(target))
      return this.word({ operation: target, kind: 'cancel' }, asker)
    const [first] = await operationsOf(this.desk, target)
    if (first !== undefined) return this.word({ operation: first.id, kind: 'cancel' }, asker)
    return refused(this.desk, reason('nothing_to_cancel', { service: target }), asker, target)
  }
}

/** A time that is not clear is asked back at once; nothing is recorded of it. */
const timeTrouble = (request: Request, now: Instant, zone = 'UTC'): Reason | undefined => {
  if (request.procedure !== 'schedule') return undefined
  const when = readWhen(request.said, { now, zone })
  return when.ok ? undefined : timeReason(when.trouble)
}
