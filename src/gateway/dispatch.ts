import { createHash } from 'node:crypto'
import { permissionOf } from '../commands'
import { defined } from '../domain/defined'
import type { Command } from '../domain/interaction/command'
import { checkCommand } from '../domain/access/gates'
import { type Reason, reason } from '../domain/reasons/reason'
import { canonicalJson } from '../domain/json'
import type { Request } from '../domain/operation/request'
import type { Instant } from '../domain/time/time'
import { readWhen } from '../domain/time/phrases/read'
import { timeReason } from '../domain/time/phrases/time-reason'
import { signalAcknowledgement, acknowledgement } from '../messages/acknowledgement'
import { operationsOf } from './queries/service-status'
import { type Asker, actorOf, type GatewayDeps, localeOf } from './deps'
import { lockService, unlockService } from './locks'
import {
  helpReply,
  historyReply,
  imagesReply,
  operationReply,
  planReply,
  schedulesReply,
  statusReply,
} from './queries/queries'
import { handoverReply } from './queries/handover'
import { statsReply } from './queries/stats'
import { windowsReply } from './queries/windows'
import { createOperation } from '../durable/create-operation'
import { refused, type Reply } from './reply'
import { sendSignal, type SignalRequest } from './signals'

/** Real milliseconds for which it is known what a delivery did; as long as which operation it started. */
const rememberedMs = 7 * 24 * 3_600_000

/** A command that is carried out, rather than answered with a form. */
export type ExecutableCommand = Exclude<Command, { readonly name: 'form' }>
type OperationCommand = Extract<ExecutableCommand, { readonly request: unknown }>

/**
 * Carries commands out for people: permission, gates, then the journal. Knows nothing of how the command came in
 * and how the reply goes out. Rejects with StoreUnavailable when nothing could be recorded or read.
 */
export class Dispatch {
  constructor(private readonly deps: GatewayDeps) {}

  /** Whether the answer may take longer than Slack waits, because the worker is asked. */
  static asksWorker(command: ExecutableCommand): boolean {
    return (
      command.name === 'status' ||
      command.name === 'schedules' ||
      command.name === 'images' ||
      ('request' in command && command.dryRun)
    )
  }

  async run(command: ExecutableCommand, asker: Asker): Promise<Reply> {
    const { deps } = this
    if ('request' in command) return this.start(command, asker)
    switch (command.name) {
      case 'help':
        return { ok: true, message: helpReply(command.topic, localeOf(deps, asker.userLocale)) }
      case 'status':
        return statusReply(deps, permissionOf(command), asker)
      case 'history':
        return historyReply(deps, command, asker)
      case 'windows':
        return windowsReply(deps, permissionOf(command), asker)
      case 'handover':
        return handoverReply(deps, permissionOf(command), asker)
      case 'stats':
        return statsReply(deps, permissionOf(command), asker)
      case 'schedules':
        return schedulesReply(deps, permissionOf(command), asker)
      case 'images':
        return imagesReply(deps, command.service, permissionOf(command), asker)
      case 'show':
        return operationReply(deps, command.operation, permissionOf(command), asker)
      case 'lock':
        return this.once(command, asker, () => lockService(deps, command, asker))
      case 'unlock':
        return this.once(command, asker, () => unlockService(deps, command.service, asker))
      case 'cancel':
        return this.once(command, asker, () => this.cancel(command.target, asker))
      case 'approve':
        return this.once(command, asker, () =>
          this.signal({ operation: command.operation, kind: 'approve', typed: true }, asker),
        )
    }
  }

  /**
   * What starts no operation has no record that would know its delivery: by a mention that Slack tells of again, or that
   * was edited, the next operation would be cancelled and a later lock cleared.
   */
  private async once(command: ExecutableCommand, asker: Asker, act: () => Promise<Reply>): Promise<Reply> {
    const said = createHash('sha256')
      .update(canonicalJson({ delivery: asker.delivery, command }))
      .digest('hex')
    if (await this.deps.replays.isFirst(said, rememberedMs)) return act()
    return refused(this.deps, reason('message_taken', {}), asker)
  }

  /** Starts an operation, or shows its plan. `delivery` recognises what must start one operation only. */
  async start(command: OperationCommand, asker: Asker, delivery = asker.delivery): Promise<Reply> {
    const { catalogue, clock, locks } = this.deps
    const { request, why, dryRun, atWindow } = command
    const { service } = request
    const [actor, activeLocks] = await Promise.all([actorOf(this.deps, asker.person), locks.of(service)])
    const now = clock.now()
    const { action } = permissionOf(command)
    const verdict = checkCommand({
      catalogue,
      action,
      service,
      actor,
      locks: activeLocks,
      now,
      dryRun,
      why,
      ...(atWindow && { atWindow }),
    })
    if (verdict.verdict === 'refuse') return refused(this.deps, verdict.reason, asker, service, command)
    const invalidTime = timeError(request, now, catalogue.services.get(service)?.timezone)
    if (invalidTime) return refused(this.deps, invalidTime, asker, service)
    if (dryRun) return planReply(this.deps, command, asker)
    const started = await createOperation(
      this.deps,
      { request, ...defined({ why, atWindow }) },
      asker,
      delivery,
    )
    const { id, created } = started
    // An edit of the message may ask for something else: what it started then is another thing than what it says now.
    const first = created ? undefined : await this.deps.journal.read(id)
    if (first !== undefined && canonicalJson(first.request) !== canonicalJson(request))
      return refused(this.deps, reason('message_taken', { operation: id }), asker, service)
    const locale = localeOf(this.deps, asker.userLocale, service)
    return { ok: true, message: acknowledgement({ ...locale, operation: { id, request }, created }), started }
  }

  /** Says something to an operation: the words behind most buttons. */
  async signal(signal: SignalRequest, asker: Asker): Promise<Reply> {
    const result = await sendSignal(this.deps, signal, asker)
    if (!result.ok) return refused(this.deps, result.reason, asker)
    const locale = localeOf(this.deps, asker.userLocale, result.operation.request.service)
    const { operation, kind } = signal
    return {
      ok: true,
      told: operation,
      message: signalAcknowledgement({ ...locale, operation, kind, outcome: result.outcome }),
    }
  }

  /** Cancels an operation, or what owns a service, or else what waits first on it. */
  private async cancel(target: string, asker: Asker): Promise<Reply> {
    if (!this.deps.catalogue.services.has(target))
      return this.signal({ operation: target, kind: 'cancel' }, asker)
    const [first] = await operationsOf(this.deps, target)
    if (first !== undefined) return this.signal({ operation: first.id, kind: 'cancel' }, asker)
    return refused(this.deps, reason('nothing_to_cancel', { service: target }), asker, target)
  }
}

/** A time that is not clear is asked back at once; nothing is recorded of it. */
const timeError = (request: Request, now: Instant, zone = 'UTC'): Reason | undefined => {
  if (request.procedure !== 'schedule') return undefined
  const when = readWhen(request.said, { now, zone })
  return when.ok ? undefined : timeReason(when.problem)
}
