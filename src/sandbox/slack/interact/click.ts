import type { Obj } from '../json'
import { isObj, objsAt } from '../json'
import type { Slack } from '../slack'
import { deliver } from '../slack'
import { messageJson } from '../api/message'
import type { Channel, Message, User, View } from '../workspace/model'
import { isVisible } from '../workspace/messages'
import { viewJson } from '../workspace/views'
import { performAction } from './action'
import { fill } from './fill'
import type { Located } from './locate'
import { locate } from './locate'
import type { Failure, Outcome, Replies } from './outcome'
import { failure } from './outcome'
import { channelRef, interaction } from './payload'
import { gatherReplies } from './replies'
import { issueResponseUrl } from './respond'

export interface Click {
  /** action_id, block_id/action_id or visible label. */
  action: string
  /** What is chosen in a menu or picker. */
  value?: unknown
  /** Whether the person says yes to the element's confirm dialog. */
  confirm?: boolean | undefined
  /** What else is filled in there by now, by block id. */
  values?: Obj | undefined
}

/** A person uses an element of a message that they see. */
export async function clickMessage(
  slack: Slack,
  user: User,
  channel: Channel,
  ts: string,
  click: Click,
): Promise<Outcome<Replies>> {
  const { workspace } = slack
  const message = workspace.messages.get(channel.id, ts)
  if (!message || !isVisible(message, user.id)) {
    return failure('unknown_message', `${user.name} sees no message ${ts} in ${channel.name}.`)
  }
  const action = act(slack, message.blocks, click, message.state)
  if (isFailure(action)) return action
  const response = issueResponseUrl(slack, {
    user: user.id,
    channel: channel.id,
    message: { ts, ephemeral: message.onlyFor !== undefined },
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
  })
  return send(slack, user, response.id, {
    ...interaction(slack, 'block_actions', user),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: message.onlyFor !== undefined,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    trigger_id: slack.triggers.issue({ user: user.id, channel: channel.id }),
    channel: channelRef(channel),
    ...(message.onlyFor ? {} : { message: messageJson(workspace, message) }),
    state: { values: message.state },
    response_url: response.url,
    actions: [action],
  })
}

/** A person uses an element of an open modal or of the app's Home. */
export async function clickView(
  slack: Slack,
  user: User,
  view: View,
  click: Click,
): Promise<Outcome<Replies>> {
  const action = act(slack, objsAt(view.content, 'blocks'), click, view.state)
  if (isFailure(action)) return action
  return send(slack, user, '', {
    ...interaction(slack, 'block_actions', user),
    container: { type: 'view', view_id: view.id },
    trigger_id: slack.triggers.issue({ user: user.id, view: view.id }),
    view: viewJson(slack.workspace, view),
    actions: [action],
  })
}

/** Finds the element, asks for the confirmation where the app wants one, and performs the action. */
function act(slack: Slack, blocks: Obj[], click: Click, state: Message['state']): Obj | Failure {
  const located: Located | Failure = locate(blocks, click.action)
  if ('ok' in located) return located
  const { confirm } = located.element
  if (isObj(confirm) && click.confirm !== true) {
    return failure('confirm_required', 'This asks for a confirmation: send `confirm: true`.', { confirm })
  }
  return fill(blocks, state, click.values ?? {}) ?? performAction(slack, located, click.value, state)
}

async function send(slack: Slack, user: User, responseId: string, payload: Obj): Promise<Outcome<Replies>> {
  // slack: reference/app-manifest, settings.interactivity.
  if (!slack.workspace.app.interactivity) {
    slack.workspace.notice(user.id, 'This app is not configured to handle interactive responses.')
    return failure('interactivity_disabled', 'The manifest has no interactivity.')
  }
  const replies = gatherReplies(slack, user.id, responseId)
  const ack = await deliver(slack, { type: 'interactive', acceptsPayload: false, payload })
  if (ack.ok) return { ok: true, replies: await replies.settled() }
  replies.stop()
  // What Slack's own clients show beside the element.
  slack.workspace.notice(user.id, `This app responded with the error "${ack.error}". Try again?`)
  return failure(ack.error, 'The app did not acknowledge the click.')
}

function isFailure(value: Obj | Failure): value is Failure {
  return value['ok'] === false && typeof value['error'] === 'string'
}
