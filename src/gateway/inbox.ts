import { parseLine } from '../commands/parse'
import { parseErrorMessage } from '../messages/parse-error'
import type { Responder, Inbox, Incoming, Shortcut } from '../ports/inbox'
import { Interactions } from './interactions'
import { Dispatch } from './dispatch'
import { Modals } from './modals/modals'
import { type GatewayDeps, localeOf } from './deps'
import { publishHome } from './queries/home'
import { helpReply } from './queries/queries'
import { reason } from '../domain/reasons/reason'
import { refused } from './reply'
import { askerOf, respond } from './respond'
import { isOperationId } from '../domain/operation/id'

/** What a message started is remembered for a day by where it stands: a later edit of it might start it again. */
const lastEdit = 12 * 3_600_000
const isLateEdit = ({ editedAfter = 0 }: Incoming): boolean => editedAfter > lastEdit

/** What the application does with everything that people send. */
export const createInbox = (deps: GatewayDeps): Inbox => {
  const dispatch = new Dispatch(deps)
  const forms = new Modals(deps, dispatch)
  const clicks = new Interactions(deps, dispatch, forms)

  const handleCommand = async (incoming: Incoming, answer: Responder): Promise<void> => {
    const asker = await askerOf(deps, incoming)
    if (isLateEdit(incoming)) return answer.ack(refused(deps, reason('message_taken', {}), asker).message)
    const parsed = parseLine(incoming.text, deps.catalogue)
    const locale = localeOf(deps, asker.userLocale)
    if (!parsed.ok) return answer.ack(parseErrorMessage({ ...locale, ...parsed }))
    const { command } = parsed
    if (command.name !== 'form') return respond(deps, dispatch, command, asker, answer)
    // A mention brings no trigger, without which no form opens: the help says how to say it in one line.
    if (incoming.trigger === undefined) return answer.ack(helpReply(command.form, locale))
    await answer.ack()
    await forms.open(incoming.trigger, command, asker, answer)
  }

  /** Shortcuts: `deploy` and `schedule` from anywhere, `show` on an operation's message. */
  const shortcut = async (question: Shortcut, answer: Responder): Promise<void> => {
    const asker = await askerOf(deps, question)
    if (question.name === 'show') {
      const operation = question.message?.text.split(/[^a-z0-9-]+/).find((topic) => isOperationId(topic))
      if (operation !== undefined) return respond(deps, dispatch, { name: 'show', operation }, asker, answer)
    }
    await answer.ack()
    if ((question.name === 'deploy' || question.name === 'schedule') && question.trigger !== undefined)
      await forms.open(question.trigger, { form: question.name, known: {} }, asker, answer)
  }

  return {
    command: handleCommand,
    shortcut,
    click: (click, answer) => clicks.click(click, answer),
    submit: (submission) => forms.submit(submission),
    suggest: (suggestion) => forms.suggest(suggestion),
    home: (person) => publishHome(deps, person),
  }
}
