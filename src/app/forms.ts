import { commands } from '../commands'
import { parseLine } from '../commands/parse'
import type { Action, Capacity } from '../domain/catalogue'
import type { Command, Parsed } from '../domain/command'
import type { KnownEvent } from '../domain/events/event'
import { serviceOf } from '../domain/operation'
import { form as formOf } from '../messages/forms/form'
import { isRepeats } from '../messages/forms/schedule-words'
import type { Voice } from '../messages/language'
import { sentence } from '../messages/misunderstanding'
import { reasonLines } from '../messages/reasons'
import { createSayings } from '../messages/sayings'
import { plain } from '../messages/text/render'
import type { Form, Message } from '../ports/chat'
import type { OpenForm, Submission, Submitted } from '../ports/inbox'
import { servicesFor } from './affairs'
import { Dispatch, type Doable } from './dispatch'
import { remembered } from './form-memory'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { askWorker } from './questions'
import { apology, askerOf, replyOf } from './reception'

type Misunderstood = Extract<Parsed, { readonly ok: false }>
type Known = Extract<Command, { readonly name: 'form' }>['known'] & { readonly repeats?: string }

export interface Wanted {
  /** The command; absent for `/asg` alone. */
  readonly form?: Action
  readonly known: Known
}

const sayings = createSayings(commands)

/** Forms: opened at once while the trigger lives, filled when what they need is known, read as commands. */
export class Forms {
  constructor(
    private readonly desk: FrontDesk,
    private readonly dispatch: Dispatch,
  ) {}

  /** Opens a form. The trigger lives 3 s: a loading view takes it at once, and the rest follows. Never throws. */
  async open(trigger: string, wanted: Wanted, asker: Asker): Promise<void> {
    const voice = voiceOf(this.desk, asker.reader, wanted.known.service)
    await this.shown(async () => {
      const loading = sayings.loading(wanted, voice)
      const view = await this.desk.chat.open(trigger, loading)
      await this.desk.chat.change(view, await this.form(wanted, asker))
    })
  }

  /** Turns an open form into another, or fills it anew. Never throws. */
  async turn(view: OpenForm, wanted: Wanted, asker: Asker): Promise<void> {
    await this.shown(async () => this.desk.chat.change(view.id, await this.form(wanted, asker)))
  }

  /** Something was chosen in an open form on which other fields depend: they are shown anew. Never throws. */
  async choose(view: OpenForm, what: 'service' | 'repeats', chosen: string, asker: Asker): Promise<void> {
    const { form, channel, event } = remembered(view)
    const there = channel === undefined ? asker : { ...asker, channel }
    const value = (name: string) => {
      const found = what === name ? chosen : view.values[name]
      return typeof found === 'string' && found !== '' ? { [name]: found } : {}
    }
    const known = { ...value('service'), ...value('repeats'), ...(event !== undefined && { event }) }
    await this.turn(view, { ...(form !== undefined && { form }), known }, there)
  }

  /** Shows what a command came to in place of the form. Never throws. */
  async result(view: OpenForm, message: Message, asker: Asker): Promise<void> {
    const voice = voiceOf(this.desk, asker.reader)
    await this.shown(() =>
      this.desk.chat.change(
        view.id,
        formOf({ ...voice, title: 'Rollcall', memory: remembered(view), blocks: message.blocks }),
      ),
    )
  }

  /** A form was sent: it says the same as a line of chat, and goes the same way. Never throws. */
  async submit(submission: Submission): Promise<Submitted> {
    const { view } = submission
    const { form, channel } = remembered(view)
    const asker = await askerOf(this.desk, { ...submission, ...(channel !== undefined && { channel }) })
    const voice = voiceOf(this.desk, asker.reader)
    try {
      // The choice of a command has nothing to send.
      if (form === undefined) return { next: 'close' }
      const read = sayings.read(form, view.values, voice, remembered(view))
      if ('errors' in read) return { next: 'correct', errors: read.errors }
      const parsed = parseLine(read.line, this.desk.catalogue)
      if (!parsed.ok) return correct(view, misunderstood(parsed, voice))
      if (parsed.command.name === 'form')
        return { next: 'show', form: await this.form(parsed.command, asker) }
      return await this.carryOut(parsed.command, view, asker)
    } catch (error) {
      return correct(view, apology(this.desk, error, voice).text)
    }
  }

  private async carryOut(command: Doable, view: OpenForm, asker: Asker): Promise<Submitted> {
    const reply = replyOf(this.desk, asker, this.dispatch.run(command, asker))
    // Slack waits 3 s for the form: what takes longer is told when it is there.
    if (Dispatch.slow(command)) {
      void reply.then(({ message }) => this.tell(message, asker))
      return { next: 'close' }
    }
    const { ok, message, reason } = await reply
    const voice = voiceOf(this.desk, asker.reader)
    if (!ok) return correct(view, reason ? plain(reasonLines(reason, voice)) : message.text)
    void this.tell(message, asker)
    return { next: 'close' }
  }

  private async tell(message: Message, { channel, person }: Asker): Promise<void> {
    const { chat } = this.desk
    await this.shown(async () => {
      if (channel === undefined) await chat.post(person.user, message)
      else await chat.whisper(channel, person.user, message)
    })
  }

  /** A form with the services that the person may work with, and the versions of the one that is chosen. */
  private async form({ form, known }: Wanted, asker: Asker): Promise<Form> {
    const { catalogue, questions } = this.desk
    const names = servicesFor(this.desk, form ?? 'deploy', await actorOf(this.desk, asker.person))
    const service = known.service ?? (names.length === 1 ? names[0] : undefined)
    const asks = form === 'deploy' && service !== undefined
    const about = form === 'schedule' || form === 'reschedule' ? await this.eventOf(known, service) : {}
    // Without an answer the form still takes a version that is typed.
    const versions = asks
      ? await askWorker(questions, { ask: 'versions', service }).catch(() => undefined)
      : undefined
    return sayings.form(
      {
        ...(known.version !== undefined && { version: known.version }),
        ...(isRepeats(known.repeats) && { repeats: known.repeats }),
        ...about,
        services: names.flatMap((name) => catalogue.services.get(name) ?? []),
        ...(form !== undefined && { form }),
        ...(service !== undefined && { service }),
        ...(versions !== undefined && { versions }),
        ...(asks && versions === undefined && { unanswered: true }),
        ...(asker.channel !== undefined && { channel: asker.channel }),
      },
      voiceOf(this.desk, asker.reader, service),
    )
  }

  /** The event that a form changes, and the sizes that the group has; nothing of what cannot be found out. */
  private async eventOf(
    known: Known,
    service = known.event === undefined ? undefined : serviceOf(known.event),
  ): Promise<{ readonly event?: KnownEvent; readonly sizes?: Capacity }> {
    if (service === undefined) return {}
    const { calendar, questions } = this.desk
    const [events, statuses] = await Promise.all([
      known.event === undefined ? [] : calendar.of(service).catch(() => []),
      askWorker(questions, { ask: 'status', services: [service] }).catch(() => undefined),
    ])
    const event = events.find(({ id }) => id === known.event)
    const group = statuses?.[0]?.group
    return {
      ...(event && { event }),
      ...(group && { sizes: { min: group.min, desired: group.desired, max: group.max } }),
    }
  }

  private async shown(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.desk.log.warn({ error: String(error) }, 'a form could not be shown')
    }
  }
}

const misunderstood = ({ misunderstanding }: Misunderstood, { language }: Voice): string =>
  plain(sentence(misunderstanding, language))

/** Slack shows an error under a field; what speaks of the whole stands under the service. */
const correct = (view: OpenForm, sentence: string): Submitted => {
  const block = 'service' in view.values ? 'service' : (Object.keys(view.values)[0] ?? 'service')
  return { next: 'correct', errors: { [block]: sentence } }
}
