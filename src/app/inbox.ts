import { parseLine } from '../commands/parse'
import { isOperationId } from '../domain/operation'
import { misunderstandingMessage } from '../messages/misunderstanding'
import type { Answer, Inbox, Incoming, Shortcut } from '../ports/inbox'
import { Clicks } from './clicks'
import { Dispatch } from './dispatch'
import { Forms } from './forms'
import { type FrontDesk, voiceOf } from './front-desk'
import { showHome } from './home'
import { helpOn } from './looks'
import { askerOf, carryOut } from './reception'

/** What the application does with everything that people send. */
export const createInbox = (desk: FrontDesk): Inbox => {
  const dispatch = new Dispatch(desk)
  const forms = new Forms(desk, dispatch)
  const clicks = new Clicks(desk, dispatch, forms)

  const line = async (incoming: Incoming, answer: Answer): Promise<void> => {
    const asker = await askerOf(desk, incoming)
    const parsed = parseLine(incoming.text, desk.catalogue)
    const voice = voiceOf(desk, asker.reader)
    if (!parsed.ok) return answer.ack(misunderstandingMessage({ ...voice, ...parsed }))
    const { command } = parsed
    if (command.name !== 'form') return carryOut(desk, dispatch, command, asker, answer)
    // A mention brings no trigger, without which no form opens: the help says how to say it in one line.
    if (incoming.trigger === undefined) return answer.ack(helpOn(command.form, voice))
    await answer.ack()
    await forms.open(incoming.trigger, command, asker)
  }

  /** Shortcuts: `deploy` and `schedule` from anywhere, `show` on an operation's message. */
  const shortcut = async (asked: Shortcut, answer: Answer): Promise<void> => {
    const asker = await askerOf(desk, asked)
    if (asked.name === 'show') {
      const operation = asked.message?.text.split(/[^a-z0-9-]+/).find((word) => isOperationId(word))
      if (operation !== undefined) return carryOut(desk, dispatch, { name: 'show', operation }, asker, answer)
    }
    await answer.ack()
    if ((asked.name === 'deploy' || asked.name === 'schedule') && asked.trigger !== undefined)
      await forms.open(asked.trigger, { form: asked.name, known: {} }, asker)
  }

  return {
    line,
    shortcut,
    click: (click, answer) => clicks.click(click, answer),
    submit: (submission) => forms.submit(submission),
    home: (person) => showHome(desk, person),
  }
}
