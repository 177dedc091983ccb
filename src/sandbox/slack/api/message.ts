import type { Obj } from '../json'
import type { Message } from '../workspace/model'
import type { Workspace } from '../workspace/workspace'

/** A message as Slack's answers and events carry it. */
export function messageJson(workspace: Workspace, message: Message): Obj & { text: string } {
  const own = message.user === workspace.app.botUserId
  const writer = workspace.users.get(message.user)
  const replies = workspace.messages.replies(message.channel, message.ts)
  return {
    type: 'message',
    ...(own ? { bot_id: workspace.app.botId, app_id: workspace.app.id } : {}),
    ...(writer?.botId ? { bot_id: writer.botId } : {}),
    user: message.user,
    team: writer?.teamId ?? workspace.app.teamId,
    ts: message.ts,
    text: message.text,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    ...(message.onlyFor ? { is_ephemeral: true } : {}),
    ...(replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          latest_reply: replies.at(-1)?.ts,
        }
      : {}),
    ...(message.reactions.length > 0
      ? { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }
      : {}),
  }
}
