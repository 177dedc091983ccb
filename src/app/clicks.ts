import { parseLine } from '../commands/parse'
import { type ButtonValue, readButton, type Verb } from '../domain/buttons'
import type { Operation, OperationId, Signal } from '../domain/operation'
import { reason } from '../domain/reasons'
import { isAction } from '../messages/actions'
import { misunderstandingMessage } from '../messages/misunderstanding'
import type { Answer, Click } from '../ports/inbox'
import { Dispatch } from './dispatch'
import type { Forms, Wanted } from './forms'
import { type Asker, type FrontDesk, voiceOf } from './front-desk'
import { unlockService } from './locking'
import { askerOf, replyOf } from './reception'
import { refused, type Reply } from './reply'
import { isNewestChange } from './showing'
import { isAnothersWindow, keepLonger } from './windows'

/** Buttons that are a word to an operation. */
const words: { readonly [verb in Verb]?: Signal['kind'] } = {
  confirm: 'confirm',
  dismiss: 'dismiss',
  approve: 'approve',
  decline: 'decline',
  cancel: 'cancel',
  go_back: 'go back',
  go_on: 'go on',
}

/** How often a rollback that came to nothing may be asked for anew by the same button. */
const attempts = 20

/** How far back a service's past is looked at for what came after an operation. */
const recent = 20

/** What menus report when something is chosen in a form on which other fields depend. */
const choices: { readonly [verb: string]: 'service' | 'repeats' } = {
  choose_service: 'service',
  choose_repeats: 'repeats',
}

/** Buttons: whoever sees one may click it, so that each click is decided anew, and counts once. */
export class Clicks {
  constructor(
    private readonly desk: FrontDesk,
    private readonly dispatch: Dispatch,
    private readonly forms: Forms,
  ) {}

  /** Does what a button says. Never throws. */
  async click(click: Click, answer: Answer): Promise<void> {
    const value = readButton(click.value)
    const asker = await askerOf(this.desk, click)
    const chosen = Object.hasOwn(choices, click.verb) ? choices[click.verb] : undefined
    if (chosen !== undefined && click.view !== undefined) {
      await answer.ack()
      return this.forms.choose(click.view, chosen, click.value, asker)
    }
    if (click.verb === 'open_form') return this.openForm(wantedBy(value), click, asker, answer)
    if (click.verb === 'run_command') return this.runLine(value, click, asker, answer)
    const work = this.work(click.verb, value, asker)
    if (work === undefined) return answer.ack()
    // Acknowledged when it was recorded: a lost one is sent again, and counts once.
    const reply = await replyOf(this.desk, asker, work)
    await answer.ack(reply.message)
  }

  private work(verb: string, value: ButtonValue, asker: Asker): Promise<Reply> | undefined {
    const { operation, fingerprint, service } = value
    const kind = Object.hasOwn(words, verb) ? words[verb as Verb] : undefined
    if (kind !== undefined && operation !== undefined)
      return this.dispatch.word({ operation, kind, ...(fingerprint !== undefined && { fingerprint }) }, asker)
    if (verb === 'rollback' && operation !== undefined) return this.rollBack(operation, asker)
    if (verb === 'finish' && operation !== undefined) return this.finish(operation, asker)
    if (verb === 'keep' && operation !== undefined && value.until !== undefined)
      return keepLonger(this.desk, { operation, until: Number(value.until) }, asker)
    if (verb === 'show' && operation !== undefined)
      return this.dispatch.run({ name: 'show', operation }, asker)
    if (verb === 'unlock' && service !== undefined) return this.unlock(service, operation, asker)
    return undefined
  }

  /** On an operation's message the button lets deploys go on again; elsewhere it clears people's locks. */
  private async unlock(service: string, operation: OperationId | undefined, asker: Asker): Promise<Reply> {
    const kinds = operation === undefined ? (['lock', 'freeze'] as const) : (['freeze'] as const)
    const reply = await unlockService(this.desk, service, kinds, asker)
    if (operation !== undefined) this.desk.refresh?.(operation)
    return reply
  }

  /**
   * Two clicks are one rollback, whoever makes them: what recognises it is the operation that is undone. Only
   * where that rollback ended without having gone back may the button be used again.
   */
  private async rollBack(id: OperationId, asker: Asker): Promise<Reply> {
    const operation = await this.desk.journal.read(id)
    if (operation === undefined) {
      const why = reason('unknown_operation', { operation: id })
      return refused(this.desk, why, asker)
    }
    const { service } = operation.request
    // Under an older change the button is only left on a screen that was not shown anew.
    const older = !isNewestChange(operation, await this.desk.journal.history(service, recent))
    const phase = operation.phase
    if (older) return refused(this.desk, reason('stale', { operation: id, phase }), asker, service)
    const request = { procedure: 'rollback' as const, service, operation: id }
    return this.startOnce({ name: 'rollback', request, dryRun: false }, `rollback:${id}`, asker)
  }

  /** Two clicks end a window once. */
  private async finish(id: OperationId, asker: Asker): Promise<Reply> {
    const operation = await this.desk.journal.read(id)
    if (operation === undefined)
      return refused(this.desk, reason('unknown_operation', { operation: id }), asker)
    const { service } = operation.request
    // Under an older swap the button is only left on a screen that was not shown anew: something else stands by now.
    const older = await isAnothersWindow(this.desk, service, id)
    const { phase } = operation
    if (older) return refused(this.desk, reason('stale', { operation: id, phase }), asker, service)
    const request = { procedure: 'finish' as const, service, operation: id }
    return this.startOnce({ name: 'finish', request, dryRun: false }, `finish:${id}`, asker)
  }

  /** Starts what is recognised by a delivery of its own; anew only where that came to nothing. */
  private async startOnce(
    command: Parameters<Dispatch['start']>[0],
    delivery: string,
    asker: Asker,
  ): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const reply = await this.dispatch.start(command, asker, `${delivery}:${attempt}`)
      if (attempt === attempts || reply.started === undefined || reply.started.created) return reply
      if (!cameToNothing(await this.desk.journal.read(reply.started.id))) return reply
    }
  }

  /** A button that runs a line of chat: the message that it stands in is replaced by what came of it. */
  private async runLine(value: ButtonValue, click: Click, asker: Asker, answer: Answer): Promise<void> {
    const parsed = parseLine(value.line ?? '', this.desk.catalogue)
    if (!parsed.ok) {
      const voice = voiceOf(this.desk, asker.reader)
      return answer.ack(misunderstandingMessage({ ...voice, ...parsed }))
    }
    const { command } = parsed
    if (command.name === 'form') return this.openForm(command, click, asker, answer)
    // Two clicks on the same button are one.
    const where = click.message === undefined ? asker.delivery : `${click.channel}:${click.message.ts}`
    const once = { ...asker, delivery: `line:${where}:${asker.person.user}:${value.line}` }
    const reply = replyOf(this.desk, asker, this.dispatch.run(command, once))
    if (Dispatch.slow(command)) await answer.ack()
    const { message } = await reply
    if (!Dispatch.slow(command)) await answer.ack()
    if (click.view !== undefined && click.view.form !== '')
      return this.forms.result(click.view, message, asker)
    await answer.tell(message, { instead: click.message?.ephemeral === true })
  }

  private async openForm(wanted: Wanted, click: Click, asker: Asker, answer: Answer): Promise<void> {
    await answer.ack()
    if (click.view !== undefined && click.view.form !== '') return this.forms.turn(click.view, wanted, asker)
    if (click.trigger !== undefined) await this.forms.open(click.trigger, wanted, asker)
  }
}

const wantedBy = ({ form, service, event }: ButtonValue): Wanted => ({
  ...(isAction(form) && { form }),
  known: { ...(service !== undefined && { service }), ...(event !== undefined && { event }) },
})

const cameToNothing = (rollback: Operation | undefined): boolean =>
  rollback?.ending !== undefined && rollback.ending.kind !== 'succeeded'
