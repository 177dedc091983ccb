import { parseLine } from '../commands/parse'
import type { Action } from '../domain/catalogue'
import type { Command } from '../domain/command'
import { sentence } from '../messages/misunderstanding'
import { reasonLines } from '../messages/reasons'
import { plain } from '../messages/text/render'
import type { Form } from '../ports/chat'
import type { OpenForm, Submission, Submitted } from '../ports/inbox'
import { servicesFor } from './affairs'
import type { Dispatch, DispatchOptions } from './dispatch'
import { type Asker, actorOf, voiceOf } from './front-desk'
import { remembered } from './form-memory'
import { askWorker } from './questions'
import { askerOf, apology, replyOf } from './reception'

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
      await chat.change(view, await this.form({ ...named, known }, asker))
    } catch (error) {
      log.warn({ error: String(error) }, 'a form could not be opened or filled')
    }
  }

  /** Another service was chosen in an open form: its versions are shown. Never throws. */
  async choose(view: OpenForm, service: string, asker: Asker): Promise<void> {
    try {
      const { form } = remembered(view)
      const shown = await this.form({ ...(form !== undefined && { form }), known: { service } }, asker)
      await this.desk.chat.change(view.id, shown)
    } catch (error) {
      this.desk.log.warn({ error: String(error) }, 'a form could not be filled')
    }
  }

  /** A form was sent: it says the same as a line of chat, and goes the same way. Never throws. */
  async submit(submission: Submission): Promise<Submitted> {
    const { sayings, catalogue } = this.desk
    const { view } = submission
    const { channel } = remembered(view)
    const asker = await askerOf(this.desk, { ...submission, ...(channel !== undefined && { channel }) })
    const voice = voiceOf(this.desk, asker.reader)
    try {
      const read = sayings.read(view.form, view.values, voice)
      if ('errors' in read) return { next: 'correct', errors: read.errors }
      const parsed = parseLine(read.line, catalogue)
      if (!parsed.ok) {
        return correct(view, plain(sentence(parsed.misunderstanding, voice.language)))
      }
      // What is still missing after a form was filled in is asked for by its next.
      if (parsed.command.name === 'form')
        return { next: 'show', form: await this.form(parsed.command, asker) }
      const reply = await replyOf(this.desk, asker, this.dispatch.run(parsed.command, asker))
      if (!reply.ok) {
        const why = reply.reason && plain(reasonLines(reply.reason, voice))
        return correct(view, why ?? reply.message.text)
      }
      if (channel !== undefined)
        this.desk.chat
          .whisper(channel, submission.person.user, reply.message)
          .catch((error: unknown) => this.desk.log.warn({ error: String(error) }, 'a form was not answered'))
      return { next: 'close' }
    } catch (error) {
      return correct(view, apology(this.desk, error, voice).text)
    }
  }

  /** A form with the services that the person may work with, and the versions of the one that is chosen. */
  private async form(
    { form, known }: { readonly form?: Action; readonly known: Known },
    asker: Asker,
  ): Promise<Form> {
    const { catalogue, questions, sayings } = this.desk
    const actor = await actorOf(this.desk, asker.person)
    const names = servicesFor(this.desk, form ?? 'deploy', actor)
    const services = names.flatMap((name) => catalogue.services.get(name) ?? [])
    const service = known.service ?? (services.length === 1 ? services[0]?.name : undefined)
    const versions =
      service === undefined
        ? undefined
        : await askWorker(questions, { ask: 'versions', service }).catch(() => undefined)
    return sayings.form(
      {
        ...(form !== undefined && { form }),
        ...known,
        services,
        ...(service !== undefined && { service }),
        ...(versions === undefined ? { unanswered: service !== undefined } : { versions }),
        ...(asker.channel !== undefined && { channel: asker.channel }),
      },
      voiceOf(this.desk, asker.reader, service),
    )
  }
}

/** Slack shows an error under a field: the one it speaks of cannot be known, so that it is the first. */
const correct = (view: OpenForm, sentence: string): Submitted => {
  const [block = 'service'] = Object.keys(view.values)
  return { next: 'correct', errors: { [block]: sentence } }
}
