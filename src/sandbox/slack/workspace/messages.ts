import type { Message } from './model'

/** The messages of all channels, in the order of their timestamps. */
export interface MessageStore {
  add(message: Message): void
  get(channel: string, ts: string): Message | undefined
  remove(message: Message): void
  /** What `user` sees in a channel: everything but other people's ephemeral messages. */
  visible(channel: string, user: string): Message[]
  /** Replies in the thread that `ts` started, ephemeral ones left out. */
  replies(channel: string, ts: string): Message[]
}

/** An empty store. */
export function createMessages(): MessageStore {
  const channels = new Map<string, Map<string, Message>>()
  const of = (channel: string): Map<string, Message> => {
    const known = channels.get(channel) ?? new Map<string, Message>()
    channels.set(channel, known)
    return known
  }
  return {
    add: (message) => void of(message.channel).set(message.ts, message),
    get: (channel, ts) => channels.get(channel)?.get(ts),
    remove: (message) => void channels.get(message.channel)?.delete(message.ts),
    visible: (channel, user) => [...of(channel).values()].filter((message) => isVisible(message, user)),
    replies: (channel, ts) =>
      [...of(channel).values()].filter(
        (message) => message.threadTs === ts && message.ts !== ts && message.onlyFor === undefined,
      ),
  }
}

/** Whether a user may read a message of a channel that they are in. */
export function isVisible(message: Message, user: string): boolean {
  return message.onlyFor === undefined || message.onlyFor === user
}
