import type { Message } from '../workspace/model'
import { initialState } from '../workspace/state'
import type { Workspace } from '../workspace/workspace'
import type { Args } from './args'
import { channelOf, writableChannel } from './channels'
import { checkBlocks, contentOf, metadataOf } from './content'
import { ApiError } from './error'
import { messageJson } from './message'
import type { Methods } from './method'
import { tier } from './method'

/** https://docs.slack.dev/reference/methods/chat.update: the text of an edit is limited more strictly. */
const updateTextLimit = 4_000
/** slack: chat.postEphemeral, `msg_too_long`; chat.postMessage cuts at the same length instead. */
const ephemeralTextLimit = 40_000

/** The chat.* methods: https://docs.slack.dev/reference/methods?family=chat */
export const chat: Methods = {
  'chat.postMessage': {
    token: 'bot',
    scopes: ['chat:write'],
    perMinute: tier.post,
    limitedBy: (args) => args.optional('channel') ?? '',
    run({ workspace, args }) {
      const channel = writableChannel(workspace, args.text('channel'))
      const metadata = metadataOf(args)
      const threadTs = threadOf(workspace, channel.id, args)
      const message = workspace.post({
        channel: channel.id,
        user: workspace.app.botUserId,
        ...contentOf(workspace, args),
        ...(threadTs ? { threadTs } : {}),
        ...(threadTs && args.flag('reply_broadcast') ? { broadcast: true } : {}),
        ...(metadata ? { metadata } : {}),
      })
      return { channel: channel.id, ts: message.ts, message: messageJson(workspace, message) }
    },
  },

  'chat.postEphemeral': {
    token: 'bot',
    scopes: ['chat:write'],
    perMinute: tier.four,
    run({ workspace, args }) {
      const channel = writableChannel(workspace, args.text('channel'))
      const user = workspace.users.get(args.text('user'))
      if (!user || !channel.members.has(user.id)) throw new ApiError('user_not_in_channel')
      if ((args.optional('text') ?? '').length > ephemeralTextLimit) throw new ApiError('msg_too_long')
      const threadTs = threadOf(workspace, channel.id, args)
      const message = workspace.post({
        channel: channel.id,
        user: workspace.app.botUserId,
        onlyFor: user.id,
        ...contentOf(workspace, args),
        ...(threadTs ? { threadTs } : {}),
      })
      return { message_ts: message.ts }
    },
  },

  'chat.update': {
    token: 'bot',
    scopes: ['chat:write'],
    perMinute: tier.three,
    run({ workspace, args }) {
      const message = ownMessage(workspace, args, 'cant_update_message')
      if (workspace.channels.get(message.channel)?.archived) throw new ApiError('is_inactive')
      if ((args.optional('text') ?? '').length > updateTextLimit) throw new ApiError('msg_too_long')
      const metadata = metadataOf(args)
      // Text alone takes the blocks away; blocks alone leave no text (reference: chat.update).
      const { text, blocks, attachments } = contentOf(workspace, args)
      message.text = text
      message.blocks = blocks
      message.state = initialState(blocks)
      message.attachments = attachments
      if (metadata) message.metadata = metadata
      message.edited = { user: workspace.app.botUserId, ts: workspace.newTs() }
      workspace.changed(message)
      return {
        channel: message.channel,
        ts: message.ts,
        text: message.text,
        message: messageJson(workspace, message),
      }
    },
  },

  'chat.delete': {
    token: 'bot',
    scopes: ['chat:write'],
    perMinute: tier.three,
    run({ workspace, args }) {
      const message = ownMessage(workspace, args, 'cant_delete_message')
      workspace.remove(message)
      return { channel: message.channel, ts: message.ts }
    },
  },

  'chat.getPermalink': {
    token: 'bot',
    scopes: [],
    perMinute: 600,
    run({ workspace, args }) {
      const channel = channelOf(workspace, args.text('channel'))
      const message = workspace.messages.get(channel.id, args.text('message_ts'))
      if (!message || message.onlyFor) throw new ApiError('message_not_found')
      const path = `${channel.id}/p${message.ts.replace('.', '')}`
      const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : ''
      const permalink = `https://${workspace.app.teamDomain}.slack.com/archives/${path}${thread}`
      return { channel: channel.id, permalink }
    },
  },

  'blocks.validate': {
    token: 'bot',
    scopes: [],
    perMinute: tier.four,
    run({ args }) {
      checkBlocks(args.json('blocks'))
      return {}
    },
  },
}

/** The thread that a message goes to: a reply's own thread where `thread_ts` names a reply. */
function threadOf(workspace: Workspace, channel: string, args: Args): string | undefined {
  const ts = args.optional('thread_ts')
  if (!ts) return undefined
  const parent = workspace.messages.get(channel, ts)
  if (!parent || parent.onlyFor) throw new ApiError('thread_not_found')
  return parent.threadTs ?? parent.ts
}

/** Only the app's own messages can be changed, and ephemeral ones not at all. */
function ownMessage(workspace: Workspace, args: Args, refusal: string): Message {
  // Unlike chat.postMessage these take ids only.
  const channel = workspace.channels.get(args.text('channel'))
  if (!channel) throw new ApiError('channel_not_found')
  if (!channel.members.has(workspace.app.botUserId)) throw new ApiError('channel_not_found')
  const message = workspace.messages.get(channel.id, args.text('ts'))
  if (!message || message.onlyFor) throw new ApiError('message_not_found')
  if (message.user !== workspace.app.botUserId) throw new ApiError(refusal)
  return message
}
