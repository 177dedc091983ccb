import type { MessageView, OpenView } from '../protocol'
import type { SlackSimulator } from '../slack'
import type { World } from './world'
import type { Message, View } from '../slack/workspace/model'
import { viewJson } from '../slack/workspace/views'

/** A message as the control routes and the page give it. */
export function messageView(
  { slack, world }: { readonly slack: SlackSimulator; readonly world: Pick<World, 'shownAt'> },
  message: Message,
): MessageView {
  return {
    ts: message.ts,
    at: world.shownAt(Number(message.ts) * 1000),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    channel: message.channel,
    user: message.user,
    text: message.text,
    blocks: message.blocks,
    ephemeral: message.onlyFor !== undefined,
    edited: message.edited !== undefined,
    ...(message.user === slack.workspace.app.botUserId ? { app: true } : {}),
    ...(message.broadcast ? { broadcast: true } : {}),
    ...(message.reactions.length > 0 ? { reactions: message.reactions } : {}),
  }
}

/** An open modal as the page gets it: with what is filled in, and the app's complaints about it. */
export function openView(slack: SlackSimulator, view: View): OpenView {
  return {
    id: view.id,
    user: view.user,
    view: viewJson(slack.workspace, view),
    ...(view.errors ? { errors: view.errors } : {}),
    depth: (slack.workspace.stacks.get(view.user) ?? []).indexOf(view) + 1,
  }
}
