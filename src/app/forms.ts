import { commands } from '../commands'
import { type Action, strategiesOf } from '../domain/catalogue'
import type { Command } from '../domain/command'
import { chooseCommandForm } from '../messages/forms/choose-command'
import { deployForm, readDeployForm } from '../messages/forms/deploy'
import { form as formOf, loadingForm } from '../messages/forms/form'
import { type FormMemory, type Read, readMemory } from '../messages/forms/memory'
import { readServiceForm, type ServiceForm, serviceForm } from '../messages/forms/service'
import type { Voice } from '../messages/language'
import { reasonLines } from '../messages/reasons'
import { plain } from '../messages/text/render'
import type { Form, Message } from '../ports/chat'
import type { OpenForm, Submission, Submitted } from '../ports/inbox'
import { servicesFor } from './affairs'
import { Dispatch, type Doable, type Reply } from './dispatch'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { askWorker } from './questions'
import { apology, askerOf, replyOf } from './reception'

type Known = Extract<Command, { readonly name: 'form' }>['known']

export interface Wanted {
  /** The command; absent for `/asg` alone. */
  readonly form?: Action
  readonly known: Known
}

const byService = new Set<Action>(['roll', 'rollback', 'cancel', 'lock', 'unlock'] satisfies ServiceForm[])
const isServiceForm = (form: Action): form is ServiceForm => byService.has(form)

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
      const loading = loadingForm({ ...voice, memory: memoryOf(wanted, asker) })
      const view = await this.desk.chat.open(trigger, loading)
      await this.desk.chat.change(view, await this.form(wanted, asker))
    })
  }

  /** Turns an open form into another, or fills it anew. Never throws. */
  async turn(view: OpenForm, wanted: Wanted, asker: Asker): Promise<void> {
    await this.shown(async () => this.desk.chat.change(view.id, await this.form(wanted, asker)))
  }

  /** Another service was chosen in an open form: its versions are shown. Never throws. */
  async choose(view: OpenForm, service: string, asker: Asker): Promise<void> {
    const { form } = readMemory(view.metadata)
    await this.turn(view, { ...(form !== undefined && { form }), known: { service } }, asker)
  }

  /** Shows what a command came to in place of the form. Never throws. */
  async result(view: OpenForm, message: Message, asker: Asker): Promise<void> {
    const voice = voiceOf(this.desk, asker.reader)
    await this.shown(() =>
      this.desk.chat.change(
        view.id,
        formOf({ ...voice, title: 'Rollcall', memory: readMemory(view.metadata), blocks: message.blocks }),
      ),
    )
  }

  /** A form was sent: it says the same as a line of chat, and goes the same way. Never throws. */
  async submit(submission: Submission): Promise<Submitted> {
    const { view } = submission
    const { form, channel } = readMemory(view.metadata)
    const asker = await askerOf(this.desk, { ...submission, ...(channel !== undefined && { channel }) })
    const voice = voiceOf(this.desk, asker.reader)
    try {
      const read = readForm(form, view, voice)
      if (read === undefined) return { next: 'close' }
      if (!read.ok) return { next: 'correct', errors: read.errors }
      if (read.command.name === 'form') return { next: 'show', form: await this.form(read.command, asker) }
      return await this.carryOut(read.command, view, asker)
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

  private async tell(message: Reply['message'], { channel, person }: Asker): Promise<void> {
    const { chat } = this.desk
    await this.shown(async () => {
      if (channel === undefined) await chat.post(person.user, message)
      else await chat.whisper(channel, person.user, message)
    })
  }

  private async form(wanted: Wanted, asker: Asker): Promise<Form> {
    const { catalogue } = this.desk
    const { form, known } = wanted
    const memory = memoryOf(wanted, asker)
    const voice = voiceOf(this.desk, asker.reader, known.service)
    if (form === undefined) return chooseCommandForm({ ...voice, memory, entries: commands })
    const services = servicesFor(this.desk, form, await actorOf(this.desk, asker.person))
    const service = known.service ?? (services.length === 1 ? services[0] : undefined)
    const chosen = { ...known, ...(service !== undefined && { service }) }
    if (isServiceForm(form)) return serviceForm({ ...voice, kind: form, memory, services, known: chosen })
    const kind = form === 'bake' ? 'bake' : 'deploy'
    const found = service === undefined || kind === 'bake' ? {} : await this.versions(service)
    const described = service === undefined ? undefined : catalogue.services.get(service)
    return deployForm({
      ...voice,
      kind,
      memory,
      services,
      known: chosen,
      ...found,
      ...(described && { strategies: strategiesOf(described) }),
    })
  }

  /** Versions found among the images; a form without them still takes one that is typed. */
  private async versions(
    service: string,
  ): Promise<Pick<Parameters<typeof deployForm>[0], 'versions' | 'trouble'>> {
    const { questions } = this.desk
    const now = await askWorker(questions, { ask: 'versions', service }).catch(() => undefined)
    if (now === undefined) return { trouble: true }
    return {
      versions: now.versions.map((found) => ({ ...found, serving: found.version === now.current })),
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

const memoryOf = ({ form }: Wanted, { channel }: Asker): FormMemory => ({
  ...(form !== undefined && { form }),
  ...(channel !== undefined && { channel }),
})

const readForm = (form: Action | undefined, view: OpenForm, voice: Voice): Read<Command> | undefined => {
  if (form === 'deploy' || form === 'bake') return readDeployForm(form, view.values, voice)
  return form !== undefined && isServiceForm(form) ? readServiceForm(form, view.values, voice) : undefined
}

/** Slack shows an error under a field; what speaks of the whole stands under the service. */
const correct = (view: OpenForm, sentence: string): Submitted => {
  const block = 'service' in view.values ? 'service' : (Object.keys(view.values)[0] ?? 'service')
  return { next: 'correct', errors: { [block]: sentence } }
}
