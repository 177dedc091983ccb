import type { Obj } from '../json'
import type { Channel } from '../workspace/model'
import type { Workspace } from '../workspace/workspace'
import { channelOf } from './channels'
import { ApiError } from './error'
import { messageJson } from './message'
import type { Methods } from './method'
import { tier } from './method'
import { paginate } from './pages'

/** The conversations.* methods: https://docs.slack.dev/reference/methods?family=conversations */
export const conversations: Methods = {
  'conversations.info': {
    token: 'bot',
    scopes: [],
    perMinute: tier.three,
    run({ workspace, args }) {
      const channel = channelOf(workspace, args.text('channel'))
      wantScope(workspace, channel, 'read')
      return { channel: channelJson(workspace, channel) }
    },
  },
  'conversations.list': {
    token: 'bot',
    scopes: ['channels:read'],
    perMinute: tier.two,
    run({ workspace, args }) {
      const wanted = (args.optional('types') ?? 'public_channel').split(',').map((type) => type.trim())
      const seen = [...workspace.channels.values()].filter(
        (channel) =>
          wanted.includes(channel.kind === 'im' ? 'im' : `${channel.kind}_channel`) &&
          (channel.kind === 'public' || channel.members.has(workspace.app.botUserId)) &&
          !(args.flag('exclude_archived') && channel.archived),
      )
      const { page, response_metadata } = paginate(seen, args)
      return { channels: page.map((channel) => channelJson(workspace, channel)), response_metadata }
    },
  },
  'conversations.members': {
    token: 'bot',
    scopes: [],
    perMinute: tier.four,
    run({ workspace, args }) {
      const channel = channelOf(workspace, args.text('channel'))
      wantScope(workspace, channel, 'read')
      const { page, response_metadata } = paginate([...channel.members], args)
      return { members: page, response_metadata }
    },
  },
  'conversations.open': {
    token: 'bot',
    scopes: ['im:write'],
    perMinute: tier.three,
    run({ workspace, args }) {
      if (args.has('channel')) return { channel: { id: channelOf(workspace, args.text('channel')).id } }
      const ids = args.text('users').split(',')
      const [id] = ids
      if (ids.length > 1) throw new ApiError('method_not_supported_for_channel_type')
      const user = id ? workspace.users.get(id) : undefined
      if (!user) throw new ApiError('user_not_found')
      if (user.isBot) throw new ApiError('cannot_dm_bot')
      if (user.deleted) throw new ApiError('user_disabled')
      return { channel: { id: workspace.direct(user.id).id } }
    },
  },
  'conversations.join': {
    token: 'bot',
    scopes: ['channels:join'],
    perMinute: tier.three,
    run({ workspace, args }) {
      const channel = channelOf(workspace, args.text('channel'))
      if (channel.kind !== 'public') throw new ApiError('method_not_supported_for_channel_type')
      channel.members.add(workspace.app.botUserId)
      return { channel: channelJson(workspace, channel) }
    },
  },
  'conversations.history': {
    token: 'bot',
    scopes: [],
    perMinute: tier.three,
    run({ workspace, args }) {
      const channel = joined(workspace, args.text('channel'))
      wantScope(workspace, channel, 'history')
      const messages = shared(workspace, channel).filter((message) => !message.threadTs || message.broadcast)
      const { page, response_metadata } = paginate(messages.reverse(), args)
      return { messages: page.map((message) => messageJson(workspace, message)), response_metadata }
    },
  },
  'conversations.replies': {
    token: 'bot',
    scopes: [],
    perMinute: tier.three,
    run({ workspace, args }) {
      const channel = joined(workspace, args.text('channel'))
      wantScope(workspace, channel, 'history')
      const ts = args.text('ts')
      const thread = shared(workspace, channel).filter(
        (message) => message.ts === ts || message.threadTs === ts,
      )
      if (thread.length === 0) throw new ApiError('thread_not_found')
      const { page, response_metadata } = paginate(thread, args)
      return { messages: page.map((message) => messageJson(workspace, message)), response_metadata }
    },
  },
}

/** slack: conversations.info and .history, "Scopes": each kind of conversation has its own. */
function wantScope({ app }: Workspace, channel: Channel, what: 'read' | 'history'): void {
  const scope = `${{ public: 'channels', private: 'groups', im: 'im' }[channel.kind]}:${what}`
  if (app.botScopes.includes(scope)) return
  throw new ApiError('missing_scope', { needed: scope, provided: app.botScopes.join(',') })
}

function joined(workspace: Workspace, named: string): Channel {
  const channel = channelOf(workspace, named)
  if (!channel.members.has(workspace.app.botUserId)) throw new ApiError('not_in_channel')
  return channel
}

/** The messages that everybody in the channel sees. */
function shared(workspace: Workspace, channel: Channel) {
  return workspace.messages.visible(channel.id, '')
}

function channelJson(workspace: Workspace, channel: Channel): Obj {
  const direct = channel.kind === 'im'
  const partner = [...channel.members].find((member) => member !== workspace.app.botUserId)
  return {
    id: channel.id,
    ...(direct ? { user: partner } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: direct,
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived === true,
    is_ext_shared: [...channel.members].some((member) => workspace.users.get(member)?.teamId !== undefined),
    is_member: channel.members.has(workspace.app.botUserId),
    num_members: channel.members.size,
  }
}
