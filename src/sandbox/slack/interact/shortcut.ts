import { messageJson } from '../api/message'
import type { Slack } from '../slack'
import { deliver } from '../slack'
import { isVisible } from '../workspace/messages'
import type { Channel, User } from '../workspace/model'
import type { Outcome, Replies } from './outcome'
import { failure } from './outcome'
import { actionTs, channelRef, interaction } from './payload'
import { gatherReplies } from './replies'
import { issueResponseUrl } from './respond'

/** A person starts one of the app's shortcuts, by callback id or name; a message shortcut on a message. */
export async function runShortcut(
  slack: Slack,
  user: User,
  named: string,
  on?: { channel: Channel; ts: string },
): Promise<Outcome<Replies>> {
  const { workspace } = slack
  const own = user.teamId === undefined && workspace.app.interactivity
  const shortcut =
    own && workspace.app.shortcuts.find((one) => one.callbackId === named || one.name === named)
  if (!shortcut) return failure('unknown_shortcut', `There is no shortcut "${named}".`)
  const message = on && workspace.messages.get(on.channel.id, on.ts)
  if (shortcut.type === 'message' && (!on || !message || !isVisible(message, user.id))) {
    return failure('unknown_message', 'A message shortcut wants the channel and ts of a message.')
  }
  const base = {
    callback_id: shortcut.callbackId,
    action_ts: actionTs(slack),
    trigger_id: slack.triggers.issue({ user: user.id, ...(on ? { channel: on.channel.id } : {}) }),
  }
  const response =
    shortcut.type === 'message' && on
      ? issueResponseUrl(slack, {
          user: user.id,
          channel: on.channel.id,
          message: { ts: on.ts, ephemeral: false },
        })
      : undefined
  const payload =
    response && on && message
      ? {
          ...interaction(slack, 'message_action', user),
          ...base,
          channel: channelRef(on.channel),
          message_ts: on.ts,
          message: messageJson(workspace, message),
          response_url: response.url,
        }
      : { ...interaction(slack, 'shortcut', user), ...base }
  const replies = gatherReplies(slack, user.id, response?.id ?? '')
  const ack = await deliver(slack, { type: 'interactive', acceptsPayload: false, payload })
  if (ack.ok) return { ok: true, replies: await replies.settled() }
  replies.stop()
  workspace.notice(user.id, `${shortcut.name} failed with the error "${ack.error}"`)
  return failure(ack.error, 'The app did not acknowledge the shortcut.')
}
