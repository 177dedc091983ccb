import type { Obj } from '../json'
import { isObj, objAt, objsAt } from '../json'
import type { Slack } from '../slack'
import { deliver } from '../slack'
import type { User, View } from '../workspace/model'
import { findView, isRefusal, pushView, updateView, viewJson } from '../workspace/views'
import { fill } from './fill'
import { formFaults } from './form-faults'
import type { Failure, Outcome } from './outcome'
import { failure } from './outcome'
import { interaction } from './payload'

/** Where a form went after it was sent: errors under its blocks, another view, or closed. */
export type Submitted = { response_action: 'clear' | 'close' | 'errors' | 'update' | 'push'; errors?: Obj }

/**
 * A person fills in a modal and sends it. `values` names inputs by block id (its input's value, or an object by
 * action id), by action id, or by the label that is seen. Slack's own checks come first (required, lengths, numbers).
 */
export async function submitView(
  slack: Slack,
  user: User,
  view: View,
  values: Obj,
): Promise<Outcome<Submitted>> {
  const { workspace } = slack
  const filled = fill(objsAt(view.content, 'blocks'), view.state, values)
  if (filled) return filled
  const faults = formFaults(view)
  if (Object.keys(faults).length > 0) {
    return failure('invalid_input', 'The form cannot be sent like this.', { errors: faults })
  }
  const ack = await deliver(slack, {
    type: 'interactive',
    acceptsPayload: true,
    payload: {
      ...interaction(slack, 'view_submission', user),
      trigger_id: slack.triggers.issue({ user: user.id, view: view.id }),
      view: viewJson(workspace, view),
      response_urls: [],
    },
  })
  if (!ack.ok) {
    workspace.notice(user.id, 'We had some trouble connecting. Try again?')
    return failure(ack.error, 'The app did not acknowledge the form.')
  }
  return apply(slack, user, view, isObj(ack.body) ? ack.body : {})
}

/** https://docs.slack.dev/surfaces/modals#response_actions */
function apply(slack: Slack, user: User, view: View, answer: Obj): Outcome<Submitted> {
  const { workspace } = slack
  const stack = workspace.stacks.get(user.id) ?? []
  switch (answer['response_action']) {
    case 'errors': {
      const errors = objAt(answer, 'errors') ?? {}
      const inputs = new Set(objsAt(view.content, 'blocks').map((block) => block['block_id']))
      const unknown = Object.keys(errors).filter((block) => !inputs.has(block))
      if (unknown.length > 0)
        return connectionError(slack, user, `errors name unknown blocks: ${unknown.join(', ')}`)
      view.errors = errors
      workspace.setStack(user.id, stack)
      return { ok: true, response_action: 'errors', errors }
    }
    case 'update':
    case 'push': {
      const action = answer['response_action']
      const result =
        action === 'push'
          ? pushView(workspace, user.id, answer['view'])
          : updateView(workspace, view, answer['view'])
      if (isRefusal(result))
        return connectionError(slack, user, [result.error, ...(result.faults ?? [])].join(': '))
      return { ok: true, response_action: action }
    }
    case 'clear':
      workspace.setStack(user.id, [])
      return { ok: true, response_action: 'clear' }
    default:
      if (findView(workspace, view.id))
        workspace.setStack(
          user.id,
          stack.filter((one) => one.id !== view.id),
        )
      return { ok: true, response_action: 'close' }
  }
}

function connectionError(slack: Slack, user: User, message: string): Failure {
  slack.workspace.notice(user.id, 'We had some trouble connecting. Try again?')
  return failure('invalid_response_action', message)
}
