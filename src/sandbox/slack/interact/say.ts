import { messageJson } from '../api/message'
import { sendEvent } from '../deliver/events'
import type { Slack } from '../slack'
import { viewJson } from '../workspace/views'
import type { Channel, Message, User } from '../workspace/model'
import type { Failure } from './outcome'
import { failure } from './outcome'

/** A person writes a message; a mention of the app reaches it as app_mention, a direct message as message.im. */
export function say(
  slack: Slack,
  user: User,
  channel: Channel,
  text: string,
  threadTs?: string,
): Message | Failure {
  const { workspace } = slack
  const parent = threadTs === undefined ? undefined : workspace.messages.get(channel.id, threadTs)
  if (threadTs !== undefined && !parent) return failure('unknown_message', `There is no message ${threadTs}.`)
  const { botUserId, name } = workspace.app
  const written = text.replace(new RegExp(`(^|\\s)@${name}\\b`, 'g'), `$1<@${botUserId}>`)
  const root = parent ? (parent.threadTs ?? parent.ts) : undefined
  const message = workspace.post({
    channel: channel.id,
    user: user.id,
    text: written,
    blocks: [],
    attachments: [],
    ...(root ? { threadTs: root } : {}),
  })
  if (parent) {
    const first = workspace.messages.get(channel.id, root ?? '')
    if (first) workspace.changed(first)
  }
  const event = { ...messageJson(workspace, message), channel: channel.id, event_ts: message.ts }
  if (channel.kind === 'im') void sendEvent(slack, { ...event, channel_type: 'im' }, 'message.im')
  else if (written.includes(`<@${botUserId}>`))
    void sendEvent(slack, { ...event, type: 'app_mention' }, 'app_mention')
  return message
}

/** A person opens the app's Home; resolves with whether the app took the event. */
export function openHome(slack: Slack, user: User): Promise<boolean> {
  const { workspace } = slack
  const view = workspace.homes.get(user.id)
  return sendEvent(
    slack,
    {
      type: 'app_home_opened',
      user: user.id,
      channel: workspace.direct(user.id).id,
      tab: 'home',
      event_ts: workspace.newTs(),
      ...(view ? { view: viewJson(workspace, view) } : {}),
    },
    'app_home_opened',
  )
}
