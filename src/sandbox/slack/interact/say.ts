import { messageJson } from '../api/message'
import { sendEvent } from '../deliver/events'
import type { Slack } from '../slack'
import { viewJson } from '../workspace/views'
import type { Channel, Message, User } from '../workspace/model'
import type { Workspace } from '../workspace/workspace'
import type { Failure } from './outcome'
import { failure } from './outcome'

export interface Saying {
  text: string
  threadTs?: string | undefined
  /** The workspace that the event says its writer is of, where it is another one than their own. */
  team?: string | undefined
}

/**
 * A person writes a message; a mention of the app reaches it as app_mention, a direct message as message.im, each if
 * the manifest subscribes to it. A direct message can be written only where the Messages tab takes any.
 */
export function say(slack: Slack, user: User, channel: Channel, saying: Saying): Message | Failure {
  const { workspace } = slack
  const { threadTs } = saying
  const parent = threadTs === undefined ? undefined : workspace.messages.get(channel.id, threadTs)
  if (threadTs !== undefined && !parent) return failure('unknown_message', `There is no message ${threadTs}.`)
  const closed = cannotWrite(slack, channel)
  if (closed) return closed
  const root = parent ? (parent.threadTs ?? parent.ts) : undefined
  const message = workspace.post({
    channel: channel.id,
    user: user.id,
    text: written(workspace, saying.text),
    blocks: [],
    attachments: [],
    ...(root ? { threadTs: root } : {}),
  })
  if (parent) {
    const first = workspace.messages.get(channel.id, root ?? '')
    if (first) workspace.changed(first)
  }
  tellApp(slack, user, channel, message, saying.team)
  return message
}

/**
 * A person changes the text of one of their messages. slack: events/message/message_changed; the app is told of a
 * mention again, with an event id of its own and the message's old `ts` (slackapi/bolt-js#960).
 */
export function edit(
  slack: Slack,
  user: User,
  channel: Channel,
  ts: string,
  saying: Saying,
): Message | Failure {
  const { workspace } = slack
  const message = workspace.messages.get(channel.id, ts)
  if (!message || message.user !== user.id) {
    return failure('unknown_message', `${user.name} has written no message ${ts}.`)
  }
  const closed = cannotWrite(slack, channel)
  if (closed) return closed
  const previous = messageJson(workspace, message)
  message.text = written(workspace, saying.text)
  message.edited = { user: user.id, ts: workspace.newTs() }
  workspace.changed(message)
  void sendEvent(
    slack,
    {
      type: 'message',
      subtype: 'message_changed',
      channel: channel.id,
      channel_type: channelType(channel),
      ts: message.edited.ts,
      event_ts: message.edited.ts,
      hidden: true,
      message: messageJson(workspace, message),
      previous_message: previous,
    },
    subscriptionOf(channel),
    { shared: isShared(workspace, channel) },
  )
  if (channel.kind !== 'im') tellApp(slack, user, channel, message, saying.team)
  return message
}

/** `@name` of the app, as clients write it down. */
function written({ app }: Workspace, text: string): string {
  return text.replace(new RegExp(`(^|\\s)@${app.name}\\b`, 'g'), `$1<@${app.botUserId}>`)
}

function tellApp(slack: Slack, user: User, channel: Channel, message: Message, team?: string): void {
  const { workspace } = slack
  const { botUserId, teamId } = workspace.app
  const home = team ?? user.teamId
  const shared = isShared(workspace, channel) || home !== undefined
  const event = {
    ...messageJson(workspace, message),
    ...(home === undefined || home === teamId ? {} : { team: home, user_team: home, source_team: home }),
    channel: channel.id,
    event_ts: message.edited?.ts ?? message.ts,
  }
  if (event.text.includes(`<@${botUserId}>`) && channel.kind !== 'im')
    void sendEvent(slack, { ...event, type: 'app_mention' }, 'app_mention', { shared })
  const said = { ...event, channel_type: channelType(channel) }
  void sendEvent(slack, said, subscriptionOf(channel), { shared })
}

const channelType = ({ kind }: Channel): string => ({ public: 'channel', private: 'group', im: 'im' })[kind]
const subscriptionOf = ({ kind }: Channel): string =>
  `message.${{ public: 'channels', private: 'groups', im: 'im' }[kind]}`

/** Whether people of another workspace are in it. */
function isShared(workspace: Workspace, channel: Channel): boolean {
  return [...channel.members].some((member) => workspace.users.get(member)?.teamId !== undefined)
}

/** Why nobody can write there: an archived channel has no composer, nor has a Messages tab that is off or read-only. */
export function cannotWrite({ workspace: { app } }: Slack, channel: Channel): Failure | undefined {
  if (channel.archived) return failure('is_archived', `#${channel.name} is archived.`)
  if (channel.kind !== 'im' || (app.home.messagesTab && !app.home.readOnly)) return undefined
  return failure('messages_tab_read_only', 'Sending messages to this app has been turned off.')
}

/** A person opens the app's Home; resolves with whether the app took the event. */
export async function openHome(slack: Slack, user: User): Promise<boolean> {
  const { workspace } = slack
  if (!workspace.app.home.homeTab) return false
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
    // A direct conversation with somebody of another workspace is a shared one (slack: apis/slack-connect).
    { shared: user.teamId !== undefined },
  )
}
