import type { MessageView } from '../../protocol'

/** What a root says of its thread. */
export interface Replies {
  count: number
  /** The last reply's text, for the button that opens the thread. */
  last: string
}

const isReply = (message: MessageView): boolean =>
  message.thread_ts !== undefined && message.thread_ts !== message.ts

/** What stands in the channel itself: everything but replies, save those that are shown there too. */
export const roots = (messages: MessageView[]): MessageView[] =>
  messages.filter((one) => !isReply(one) || one.broadcast === true)

/** A thread: its root, where it is seen, and its replies. */
export const threadOf = (messages: MessageView[], root: string): MessageView[] =>
  messages.filter((one) => one.ts === root || (isReply(one) && one.thread_ts === root))

/** Replies by their root's `ts`. */
export const repliesByRoot = (messages: MessageView[]): Map<string, Replies> => {
  const out = new Map<string, Replies>()
  for (const one of messages) {
    if (!isReply(one) || one.thread_ts === undefined) continue
    out.set(one.thread_ts, { count: (out.get(one.thread_ts)?.count ?? 0) + 1, last: one.text })
  }
  return out
}

const closeSeconds = 300

/** Whether a message goes without a head below the one before it: a line or two soon after, of the same author. */
export const follows = (message: MessageView, before: MessageView | undefined): boolean =>
  before !== undefined &&
  before.user === message.user &&
  before.ephemeral === message.ephemeral &&
  !message.ephemeral &&
  message.blocks.length < 2 &&
  Number(message.ts) - Number(before.ts) < closeSeconds
