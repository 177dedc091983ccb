import { parseLine } from '../commands/parse'
import type { Action } from '../domain/catalogue'
import type { Command } from '../domain/command'
import type { Delivery, OpenForm, Submission, Submitted } from '../ports/inbox'
import { servicesFor } from './affairs'
import type { Dispatch, DispatchOptions } from './dispatch'
import { type Asker, actorOf, voiceOf } from './front-desk'
import { askWorker } from './questions'
import { askerOf, apology, replyOf } from './reception'
import type { FormFacts } from './sayings'

type Known = Extract<Command, { readonly name: 'form' }>['known']

/** Forms: opened at once while the trigger lives, filled when what they need is known, read as a line of chat. */
export class Forms {
  constructor(
    private readonly desk: DispatchOptions,
    private readonly dispatch: Dispatch,
  ) {}

  /** Opens a form. The trigger lives 3 s: a loading view takes it at once, and the rest follows. Never throws. */
  async open(trigger: string, form: Action | undefined, known: Known, asker: Asker): Promise<void> {
    const { chat, sayings, log } = this.desk
    const voice = voiceOf(this.desk, asker.reader, known.service)
    const named = form === undefined ? {} : { form }
    try {
      const view = await chat.open(trigger, sayings.loading(named, voice))
      await this.fill(view, { ...named, ...known }, asker)
    } catch (error) {
      log.warn({ error: String(error) }, 'a form could not be opened or filled')
    }
  }

  /** Another service was chosen in an open form: its versions are shown. Never throws. */
  async choose(view: OpenForm, service: string, asker: Asker): Promise<void> {
    try {
      const form = formOf(view)
      await this.fill(view.id, { ...(form !== undefined && { form }), service }, asker)
    } catch (error) {
      this.desk.log.warn({ error: String(error) }, 'a form could not be filled')
    }
  }

  /** A form was sent: it says the same as a line of chat, and goes the same way. Never throws. */
  async submit(submission: Submission): Promise<Submitted> {
    const { sayings, catalogue } = this.desk
    const { view } = submission
    const channel = channelOf(view)
    const asker = await askerOf(this.desk, { ...submission, ...(channel !== undefined && { channel }) })
    const voice = voiceOf(this.desk, asker.reader)
    try {
      const read = sayings.read(view.form, view.values, voice)
      if ('errors' in read) return { then: 'correct', errors: read.errors }
      const parsed = parseLine(read.line, catalogue)
      if (!parsed.ok) {
        const said = sayings.misunderstood({ parsed, line: read.line }, voice)
        return correct(view, said.text)
      }
      if (parsed.command.name === 'form') return correct(view, sayings.form({ services: [] }, voice).title.text)
      const reply = await replyOf(this.desk, asker, this.dispatch.run(parsed.command, asker))
      if (!reply.ok) return correct(view, reply.message.text)
      if (channel !== undefined)
        this.desk.chat
          .whisper(channel, submission.person.user, reply.message)
          .catch((error: unknown) => this.desk.log.warn({ error: String(error) }, 'a form was not answered'))
      return { then: 'close' }
    } catch (error) {
      return correct(view, apology(this.desk, error, voice).text)
    }
  }

  private async fill(view: string, known: Omit<FormFacts, 'services'>, asker: Asker): Promise<void> {
    const { catalogue, chat, questions, sayings } = this.desk
    const actor = await actorOf(this.desk, asker.person)
    const names = servicesFor(this.desk, known.form ?? 'deploy', actor)
    const services = names.flatMap((name) => catalogue.services.get(name) ?? [])
    const service = known.service ?? (services.length === 1 ? services[0]?.name : undefined)
    const versions =
      service === undefined
        ? undefined
        : await askWorker(questions, { ask: 'versions', service }).catch(() => undefined)
    const facts: FormFacts = {
      ...known,
      services,
      ...(service !== undefined && { service }),
      ...(versions === undefined ? { unanswered: service !== undefined } : { versions }),
      ...(asker.channel !== undefined && { channel: asker.channel }),
    }
    await chat.change(view, sayings.form(facts, voiceOf(this.desk, asker.reader, service)))
  }
}
