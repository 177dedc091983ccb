import type { Slack } from '../slack'
import { deliver } from '../slack'
import type { User, View } from '../workspace/model'
import { viewJson } from '../workspace/views'
import type { Outcome } from './outcome'
import { failure } from './outcome'
import { interaction } from './payload'

/** A person closes a modal: that one, or the whole stack where its view says `clear_on_close`. */
export async function closeView(slack: Slack, user: User, view: View): Promise<Outcome> {
  const { workspace } = slack
  const stack = workspace.stacks.get(user.id) ?? []
  if (!stack.includes(view)) return failure('unknown_view', 'This form is not open.')
  const cleared = view.content['clear_on_close'] === true
  workspace.setStack(user.id, cleared ? [] : stack.slice(0, stack.indexOf(view)))
  if (view.content['notify_on_close'] !== true) return { ok: true }
  const ack = await deliver(slack, {
    type: 'interactive',
    acceptsPayload: false,
    payload: {
      ...interaction(slack, 'view_closed', user),
      view: viewJson(workspace, view),
      is_cleared: cleared,
    },
  })
  return ack.ok ? { ok: true } : failure(ack.error, 'The app did not acknowledge that the form was closed.')
}
