import { commands } from '../../commands'
import { parseLine } from '../../commands/parse'
import type { Action } from '../../domain/access/action'
import type { Capacity, Service } from '../../domain/catalogue/catalogue'
import type { Command, Parsed } from '../../domain/interaction/command'
import { denied } from '../../domain/access/verdict'
import type { KnownEvent } from '../../domain/events/event'
import type { Confirmation } from '../../messages/forms/confirm-name'
import { form as formOf } from '../../messages/forms/form'
import { isRepeats } from '../../messages/forms/schedule-words'
import type { Locale } from '../../messages/locale'
import { sentence } from '../../messages/parse-error'
import { reasonRows } from '../../messages/reasons/reasons'
import { createViews } from '../../messages/views'
import { plain } from '../../messages/text/render'
import { ChatFailure, type Form, type MenuOption, type Message } from '../../ports/chat'
import { tellPerson } from '../../ports/tell-person'
import type { OpenForm, Responder, Submission, Submitted, Suggestion } from '../../ports/inbox'
import { formUnavailableMessage } from '../../messages/forms/unavailable'
import { helpReply } from '../queries/queries'
import { refused } from '../reply'
import { permittedServices } from '../queries/service-status'
import { Dispatch, type ExecutableCommand } from '../dispatch'
import { readMetadata } from './private-metadata'
import { type Asker, actorOf, type GatewayDeps, localeOf } from '../deps'
import { queryWorker } from '../../ports/worker-queries'
import { errorReply, askerOf, replyOrError } from '../respond'
import { serviceOf } from '../../domain/operation/id'

type ParseFailure = Extract<Parsed, { readonly ok: false }>
type Known = Extract<Command, { readonly name: 'form' }>['known'] & { readonly repeats?: string }

export interface FormRequest {
  /** The command; absent for `/asg` alone. */
  readonly form?: Action
  readonly known: Known
}

const views = createViews(commands)

/** Forms: opened at once while the trigger lives, filled when what they need is known, read as commands. */
export class Modals {
  constructor(
    private readonly deps: GatewayDeps,
    private readonly dispatch: Dispatch,
  ) {}

  /** Opens a form. The trigger lives 3 s: a loading view takes it at once, and the rest follows. Never throws. */
  async open(trigger: string, formRequest: FormRequest, asker: Asker, answer: Responder): Promise<void> {
    const { chat } = this.deps
    const locale = localeOf(this.deps, asker.userLocale, formRequest.known.service)
    await this.attempt(formRequest, asker, answer, async () => {
      const refusal = await this.refusal(formRequest, asker)
      if (refusal !== undefined) return answer.respond(refusal)
      const view = await chat.open(trigger, views.loading(formRequest, locale))
      await this.fill(view, formRequest, asker)
    })
  }

  /** Why a person gets no form: no rule allows them the command, on this service or on any. */
  private async refusal({ form, known }: FormRequest, asker: Asker): Promise<Message | undefined> {
    // Whether somebody may override is decided when the command is sent: others may agree to it.
    if (form === undefined || form === 'override') return undefined
    const { catalogue } = this.deps
    const { service } = known
    const actor = await actorOf(this.deps, asker.person)
    const names = permittedServices(this.deps, form, actor)
    if (
      service === undefined ? names.length > 0 : names.includes(service) || !catalogue.services.has(service)
    )
      return undefined
    const denial = denied(catalogue, form, service ?? '*', actor)
    return denial && refused(this.deps, denial, asker, service).message
  }

  /** Fills a form that stands open; one that cannot be filled says so, rather than that it is still looking. */
  private async fill(view: string, formRequest: FormRequest, asker: Asker): Promise<void> {
    const { chat } = this.deps
    try {
      await chat.change(view, await this.form(formRequest, asker))
    } catch (error) {
      // Whoever has closed it needs nothing more.
      if (error instanceof ChatFailure && error.code === 'not_found') return
      const locale = localeOf(this.deps, asker.userLocale, formRequest.known.service)
      const memory = { ...(formRequest.form !== undefined && { form: formRequest.form }) }
      const { blocks } = this.unavailable(formRequest, locale)
      await chat.change(view, formOf({ ...locale, title: 'Rollcall', memory, blocks })).catch(() => {})
      throw error
    }
  }

  private unavailable({ form, known }: FormRequest, locale: Locale): Message {
    const line = [form ?? 'help', ...(known.service === undefined ? [] : [known.service])].join(' ')
    return formUnavailableMessage(helpReply(form, locale), { ...locale, line })
  }

  /** Turns an open form into another, or fills it anew. Never throws. */
  async replace(view: OpenForm, formRequest: FormRequest, asker: Asker, answer: Responder): Promise<void> {
    await this.attempt(formRequest, asker, answer, () => this.fill(view.id, formRequest, asker))
  }

  /** Something was chosen in an open form on which other fields depend: they are shown anew. Never throws. */
  async select(
    view: OpenForm,
    { what, chosen }: { readonly what: 'service' | 'repeats'; readonly chosen: string },
    asker: Asker,
    answer: Responder,
  ): Promise<void> {
    const { form, channel, event } = readMetadata(view)
    const askerThere = channel === undefined ? asker : { ...asker, channel }
    const value = (name: string) => {
      const found = what === name ? chosen : view.values[name]
      return typeof found === 'string' && found !== '' ? { [name]: found } : {}
    }
    const known = { ...value('service'), ...value('repeats'), ...(event !== undefined && { event }) }
    await this.replace(view, { ...(form !== undefined && { form }), known }, askerThere, answer)
  }

  /** The services that a menu offers for what was typed: those that its form would offer this person. Never throws. */
  async suggest({ menu, typed, view, person, delivery }: Suggestion): Promise<readonly MenuOption[]> {
    if (menu !== 'service' && menu !== 'choose_service') return []
    const { form } = readMetadata(view)
    try {
      const asker = await askerOf(this.deps, { person, delivery })
      const services = await this.permitted(form, asker)
      return views.matchingServices(
        { ...(form !== undefined && { form }), services, typed },
        localeOf(this.deps, asker.userLocale),
      )
    } catch (error) {
      this.deps.log.warn({ error: String(error) }, 'a menu could not be filled')
      return []
    }
  }

  /** What the form of a command may offer somebody. */
  private async permitted(form: Action | undefined, { person }: Asker): Promise<readonly Service[]> {
    const names = permittedServices(this.deps, form ?? 'deploy', await actorOf(this.deps, person))
    return names.flatMap((name) => this.deps.catalogue.services.get(name) ?? [])
  }

  /** Shows what a command came to in place of the form, or else tells the person. Never throws. */
  async result(view: OpenForm, message: Message, asker: Asker, answer: Responder): Promise<void> {
    const locale = localeOf(this.deps, asker.userLocale)
    const shown = formOf({ ...locale, title: 'Rollcall', memory: readMetadata(view), blocks: message.blocks })
    try {
      await this.deps.chat.change(view.id, shown)
    } catch (error) {
      this.deps.log.warn({ error: String(error) }, 'a result could not be shown in its form')
      await answer.respond(message)
    }
  }

  /** A form was sent: it says the same as a line of chat, and goes the same way. Never throws. */
  async submit(submission: Submission): Promise<Submitted> {
    const { view } = submission
    const { form, channel } = readMetadata(view)
    const asker = await askerOf(this.deps, { ...submission, ...(channel !== undefined && { channel }) })
    const locale = localeOf(this.deps, asker.userLocale)
    try {
      // The choice of a command has nothing to send.
      if (form === undefined) return { next: 'close' }
      const typed = views.readConfirmation(view.values, readMetadata(view), locale)
      if (typed && 'errors' in typed) return { next: 'correct', errors: typed.errors }
      if (typed) return await this.confirm(typed, view, asker)
      const read = views.read(form, view.values, locale, readMetadata(view))
      if ('errors' in read) return { next: 'correct', errors: read.errors }
      const parsed = parseLine(read.commandText, this.deps.catalogue)
      if (!parsed.ok) return correct(view, parseErrorText(parsed, locale))
      if (parsed.command.name === 'form')
        return { next: 'show', form: await this.form(parsed.command, asker) }
      return await this.execute(parsed.command, view, asker)
    } catch (error) {
      return correct(view, errorReply(this.deps, error, locale).text)
    }
  }

  /** The plan that was on the screen is confirmed by the name that was typed. */
  private async confirm(
    { operation, fingerprint, typedName }: Confirmation,
    view: OpenForm,
    asker: Asker,
  ): Promise<Submitted> {
    const signal = { operation, fingerprint, typedName, kind: 'confirm' as const }
    const { ok, message, reason } = await replyOrError(this.deps, asker, this.dispatch.signal(signal, asker))
    if (ok) return { next: 'close' }
    const locale = localeOf(this.deps, asker.userLocale)
    return correct(view, reason ? plain(reasonRows(reason, locale), locale) : message.text)
  }

  private async execute(command: ExecutableCommand, view: OpenForm, asker: Asker): Promise<Submitted> {
    const reply = replyOrError(this.deps, asker, this.dispatch.run(command, asker))
    // Slack waits 3 s for the form: what takes longer is told when it is there.
    if (Dispatch.asksWorker(command)) {
      void reply.then(({ message }) => this.deliver(message, asker))
      return { next: 'close' }
    }
    const { ok, message, reason } = await reply
    const locale = localeOf(this.deps, asker.userLocale)
    if (!ok) return correct(view, reason ? plain(reasonRows(reason, locale), locale) : message.text)
    void this.deliver(message, asker)
    return { next: 'close' }
  }

  private async deliver(message: Message, { channel, person }: Asker): Promise<void> {
    const { user } = person
    await tellPerson(this.deps, { user, ...(channel !== undefined && { channel }) }, message)
  }

  /** A form with the services that the person may work with, and the versions of the one that is chosen. */
  private async form({ form, known }: FormRequest, asker: Asker): Promise<Form> {
    const { workerRpc } = this.deps
    const services = await this.permitted(form, asker)
    const names = services.map(({ name }) => name)
    // What is shown of a service is for who may: its versions, sizes and events are asked for no other.
    const permitted = (service: string | undefined) =>
      service !== undefined && names.includes(service) ? service : undefined
    const service = permitted(known.service) ?? (names.length === 1 ? names[0] : undefined)
    const needsVersions = form === 'deploy' && service !== undefined
    const ofEvent = permitted(known.event === undefined ? undefined : serviceOf(known.event))
    const eventFacts =
      form === 'schedule' || form === 'reschedule'
        ? await this.eventOf(ofEvent === undefined ? {} : known, service ?? ofEvent)
        : {}
    // Without an answer the form still takes a version that is typed.
    const versions = needsVersions
      ? await queryWorker(workerRpc, { ask: 'versions', service }).catch(() => undefined)
      : undefined
    return views.form(
      {
        ...(known.version !== undefined && { version: known.version }),
        ...(known.confirms && { confirms: known.confirms }),
        ...(known.line !== undefined && { line: known.line }),
        ...(isRepeats(known.repeats) && { repeats: known.repeats }),
        ...eventFacts,
        services,
        ...(form !== undefined && { form }),
        ...(service !== undefined && { service }),
        ...(versions !== undefined && { versions }),
        ...(needsVersions && versions === undefined && { unanswered: true }),
        ...(asker.channel !== undefined && { channel: asker.channel }),
      },
      localeOf(this.deps, asker.userLocale, service),
    )
  }

  /** The event that a form changes, and the sizes that the group has; nothing of what cannot be found out. */
  private async eventOf(
    known: Pick<Known, 'event'>,
    service: string | undefined,
  ): Promise<{ readonly event?: KnownEvent; readonly sizes?: Capacity }> {
    if (service === undefined) return {}
    const { calendar, workerRpc } = this.deps
    const [events, statuses] = await Promise.all([
      known.event === undefined ? [] : calendar.of(service).catch(() => []),
      queryWorker(workerRpc, { ask: 'status', services: [service] }).catch(() => undefined),
    ])
    const event = events.find(({ id }) => id === known.event)
    const group = statuses?.[0]?.group
    return {
      ...(event && { event }),
      ...(group && { sizes: { min: group.min, desired: group.desired, max: group.max } }),
    }
  }

  /** What cannot be shown (the trigger has expired, Slack refuses the form) is told, with the line to type instead. */
  private async attempt(
    formRequest: FormRequest,
    asker: Asker,
    answer: Responder,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.deps.log.warn({ error: String(error) }, 'a form could not be shown')
      const locale = localeOf(this.deps, asker.userLocale, formRequest.known.service)
      await answer.respond(
        error instanceof ChatFailure
          ? this.unavailable(formRequest, locale)
          : errorReply(this.deps, error, locale),
      )
    }
  }
}

const parseErrorText = ({ parseError }: ParseFailure, locale: Locale): string =>
  plain(sentence(parseError, locale.language), locale)

/** Slack shows an error under a field; what speaks of the whole stands under the service. */
const correct = (view: OpenForm, sentence: string): Submitted => {
  const block = 'service' in view.values ? 'service' : (Object.keys(view.values)[0] ?? 'service')
  return { next: 'correct', errors: { [block]: sentence } }
}
