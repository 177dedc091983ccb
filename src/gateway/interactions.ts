import { parseLine } from '../commands/parse'
import { type ButtonValue, readButton, type Verb } from '../domain/interaction/buttons'
import { defined } from '../domain/defined'
import type { Operation, Signal } from '../domain/operation/operation'
import { reason } from '../domain/reasons/reason'
import { isAction } from '../messages/text/action-names'
import { parseErrorMessage } from '../messages/parse-error'
import type { Responder, Click } from '../ports/inbox'
import { Dispatch } from './dispatch'
import type { Modals, FormRequest } from './modals/modals'
import { type Asker, type GatewayDeps, localeOf } from './deps'
import { unlockService } from './locks'
import { askerOf, replyOrError } from './respond'
import { refused, type Reply } from './reply'
import { isNewestChange } from './operation-view/operation-view'
import { isOtherWindow, extendWindow } from './operation-view/standby-window'
import type { OperationId } from '../domain/operation/id'

/** Buttons that are a word to an operation. */
const signalKinds: { readonly [verb in Verb]?: Signal['kind'] } = {
  confirm: 'confirm',
  dismiss: 'dismiss',
  approve: 'approve',
  decline: 'decline',
  cancel: 'cancel',
  go_back: 'go back',
  go_on: 'go on',
}

/** How often a rollback that came to nothing may be asked for anew by the same button. */
const maxAttempts = 20

/** How far back a service's past is looked at for what came after an operation. */
const historyLimit = 20

/** What menus report when something is chosen in a form on which other fields depend. */
const selects: { readonly [verb: string]: 'service' | 'repeats' } = {
  choose_service: 'service',
  choose_repeats: 'repeats',
}

/** Buttons: whoever sees one may click it, so that each click is decided anew, and counts once. */
export class Interactions {
  constructor(
    private readonly deps: GatewayDeps,
    private readonly dispatch: Dispatch,
    private readonly forms: Modals,
  ) {}

  /** Does what a button says. Never throws. */
  async click(click: Click, answer: Responder): Promise<void> {
    const value = readButton(click.value)
    const asker = await askerOf(this.deps, click)
    const chosen = Object.hasOwn(selects, click.verb) ? selects[click.verb] : undefined
    if (chosen !== undefined && click.view !== undefined) {
      await answer.ack()
      return this.forms.select(click.view, { what: chosen, chosen: click.value }, asker, answer)
    }
    if (click.verb === 'open_form') return this.openForm(formRequestOf(value), click, asker, answer)
    if (click.verb === 'run_command') return this.runCommandText(value, click, asker, answer)
    const handle = this.handle(click.verb, value, asker)
    if (handle === undefined) return answer.ack()
    // Acknowledged when it was recorded: a lost one is sent again, and counts once.
    const reply = await replyOrError(this.deps, asker, handle)
    await answer.ack(reply.message)
  }

  private handle(verb: string, value: ButtonValue, asker: Asker): Promise<Reply> | undefined {
    const { operation, fingerprint, service, asked } = value
    const kind = Object.hasOwn(signalKinds, verb) ? signalKinds[verb as Verb] : undefined
    if (kind !== undefined && operation !== undefined)
      return this.dispatch.signal(
        {
          operation,
          kind,
          ...(fingerprint !== undefined && { fingerprint }),
          ...(asked !== undefined && { asked: Number(asked) }),
        },
        asker,
      )
    if (verb === 'rollback' && operation !== undefined) return this.rollback(operation, asker)
    if (verb === 'finish' && operation !== undefined) return this.endWindow(operation, asker)
    if (verb === 'keep' && operation !== undefined && value.until !== undefined)
      return extendWindow(this.deps, { operation, until: Number(value.until) }, asker)
    if (verb === 'show' && operation !== undefined)
      return this.dispatch.run({ name: 'show', operation }, asker)
    if (verb === 'unlock' && service !== undefined) return this.unlock(service, value, asker)
    return undefined
  }

  /**
   * On an operation's message the button lets deploys go on that its rollback holds back; elsewhere it clears the lock
   * that it shows. One of a message of before locks were told apart shows none that is known.
   */
  private async unlock(service: string, { operation, since }: ButtonValue, asker: Asker): Promise<Reply> {
    const shown = operation === undefined ? { since: Number(since ?? Number.NaN) } : { operation }
    const reply = await unlockService(this.deps, service, asker, shown)
    if (operation !== undefined) this.deps.refreshMessage?.(operation)
    return reply
  }

  /**
   * Two clicks are one rollback, whoever makes them: what recognises it is the operation that is undone. Only
   * where that rollback ended without having gone back may the button be used again.
   */
  private async rollback(id: OperationId, asker: Asker): Promise<Reply> {
    const operation = await this.deps.journal.read(id)
    if (operation === undefined) {
      const unknown = reason('unknown_operation', { operation: id })
      return refused(this.deps, unknown, asker)
    }
    const { service } = operation.request
    // Under an older change the button is only left on a screen that was not shown anew.
    const isSuperseded = !isNewestChange(
      operation,
      await this.deps.journal.readableHistory(service, historyLimit),
    )
    const phase = operation.phase
    if (isSuperseded) return refused(this.deps, reason('stale', { operation: id, phase }), asker, service)
    const request = { procedure: 'rollback' as const, service, operation: id }
    return this.startOnce({ name: 'rollback', request, dryRun: false }, `rollback:${id}`, asker)
  }

  /** Two clicks end a window once. */
  private async endWindow(id: OperationId, asker: Asker): Promise<Reply> {
    const operation = await this.deps.journal.read(id)
    if (operation === undefined)
      return refused(this.deps, reason('unknown_operation', { operation: id }), asker)
    const { service } = operation.request
    // Under an older swap the button is only left on a screen that was not shown anew: something else stands by now.
    const isSuperseded = await isOtherWindow(this.deps, service, id)
    const { phase } = operation
    if (isSuperseded) return refused(this.deps, reason('stale', { operation: id, phase }), asker, service)
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
      if (attempt === maxAttempts || reply.started === undefined || reply.started.created) return reply
      if (!hasFailed(await this.deps.journal.read(reply.started.id))) return reply
    }
  }

  /** A button that runs a line of chat: the message that it stands in is replaced by what came of it. */
  private async runCommandText(
    value: ButtonValue,
    click: Click,
    asker: Asker,
    answer: Responder,
  ): Promise<void> {
    const parsed = parseLine(value.line ?? '', this.deps.catalogue)
    if (!parsed.ok) {
      const locale = localeOf(this.deps, asker.userLocale)
      return answer.ack(parseErrorMessage({ ...locale, ...parsed }))
    }
    const { command } = parsed
    if (command.name === 'form') return this.openForm(command, click, asker, answer)
    // Two clicks on the same button are one.
    const where = click.message === undefined ? asker.delivery : `${click.channel}:${click.message.ts}`
    const once = { ...asker, delivery: `line:${where}:${asker.person.user}:${value.line}` }
    const reply = replyOrError(this.deps, asker, this.dispatch.run(command, once))
    if (Dispatch.asksWorker(command)) await answer.ack()
    const { message } = await reply
    if (!Dispatch.asksWorker(command)) await answer.ack()
    if (click.view !== undefined && click.view.form !== '')
      return this.forms.result(click.view, message, asker, answer)
    await answer.respond(message, { instead: click.message?.ephemeral === true })
  }

  private async openForm(
    formRequest: FormRequest,
    click: Click,
    asker: Asker,
    answer: Responder,
  ): Promise<void> {
    await answer.ack()
    if (click.view !== undefined && click.view.form !== '')
      return this.forms.replace(click.view, formRequest, asker, answer)
    if (click.trigger !== undefined) await this.forms.open(click.trigger, formRequest, asker, answer)
  }
}

const formRequestOf = ({ form, service, event, operation, fingerprint, line }: ButtonValue): FormRequest => ({
  ...(isAction(form) && { form }),
  known: {
    ...defined({ service, event, line }),
    ...(operation !== undefined && fingerprint !== undefined && { confirms: { operation, fingerprint } }),
  },
})

const hasFailed = (rollback: Operation | undefined): boolean =>
  rollback?.ending !== undefined && rollback.ending.kind !== 'succeeded'
