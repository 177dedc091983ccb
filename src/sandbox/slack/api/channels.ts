import type { Channel } from '../workspace/model'
import { findChannel } from '../workspace/find'
import type { Workspace } from '../workspace/workspace'
import { ApiError } from './error'

/** The channel that a call names, by id, name or (a direct message) user id. */
export function channelOf(workspace: Workspace, named: string): Channel {
  const user = workspace.users.get(named)
  if (user && !user.isBot) {
    if (user.deleted) throw new ApiError('channel_not_found')
    return workspace.direct(named)
  }
  const channel = findChannel(workspace, named)
  if (!channel) throw new ApiError('channel_not_found')
  if (channel.kind !== 'public' && !channel.members.has(workspace.app.botUserId)) {
    throw new ApiError('channel_not_found')
  }
  return channel
}

/** The same, where the bot must be in it: public ones are open to all with chat:write.public. */
export function writableChannel(workspace: Workspace, named: string): Channel {
  const channel = channelOf(workspace, named)
  const open = channel.kind === 'public' && workspace.app.botScopes.includes('chat:write.public')
  if (!open && !channel.members.has(workspace.app.botUserId)) throw new ApiError('not_in_channel')
  if (channel.archived) throw new ApiError('is_archived')
  // slack: chat.postMessage, `messages_tab_disabled`: direct messages of an app are in its Home's Messages tab.
  if (channel.kind === 'im' && !workspace.app.home.messagesTab) throw new ApiError('messages_tab_disabled')
  return channel
}
