import { createHash } from 'node:crypto'
import type { Operation, OperationId } from '../../domain/operation'
import { type Chat, ChatFailure, type Message, type MessageRef } from '../../ports/chat'
import type { Journal } from '../../ports/journal'
import type { Log } from '../../ports/log'
import type { Post, Posts } from '../../ports/posts'
import type { RealTime } from '../../ports/real-time'

/** What is said of an operation. */
export interface Showing {
  /** The operation's message as it should read now. */
  message(operation: Operation): Promise<Message>
  /** What the log says beyond its first `from` entries, in one message, and how many entries there are now. */
  log(operation: Operation, from: number): { readonly message?: Message; readonly entries: number }
  /** People who are called to it, in its thread: an update reaches nobody. Once for each `key`. */
  call(operation: Operation): Promise<{ readonly key: string; readonly message: Message } | undefined>
  /** Ended operations whose messages change with this one's beginning or end. */
  related(operation: Operation): Promise<readonly OperationId[]>
}

export interface TellerOptions {
  readonly journal: Pick<Journal, 'read'>
  readonly posts: Pick<Posts, 'get' | 'put'>
  readonly chat: Chat
  readonly time: RealTime
  readonly log: Log
  readonly showing: Showing
}

/** Slack's answer to a new message or to an update was not what was hoped; which of the two matters for patience. */
export class NotSaid extends Error {
  override readonly name = 'NotSaid'
  constructor(
    readonly how: 'post' | 'update',
    readonly failure: ChatFailure,
  ) {
    super(`${how}: ${failure.code}`, { cause: failure })
  }
}

export interface Told {
  /** Whether an update was made; none is when nothing changed to the eye. */
  readonly updated: boolean
  /** Real instant at which the rest of the log may follow, where there is a rest. */
  readonly restAt?: number
  /** Operations whose messages are to be shown anew. */
  readonly related: readonly OperationId[]
}

/** Between two messages of one log, in real milliseconds: one of many lines rather than many. */
const logPace = 5_000

/** https://docs.slack.dev/reference/methods/chat.postMessage: the channel will not have it, now or later. */
const noChannel = new Set(['channel_not_found', 'not_in_channel', 'is_archived', 'restricted_action'])
/** https://docs.slack.dev/reference/methods/chat.update: the message is gone, or no longer ours to change. */
const noMessage = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])
const noBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'])

/** Says one operation's newest state in Slack, and remembers what was said. */
export class Teller {
  private readonly last = new Map<OperationId, { post: Post; updatedAt: number; loggedAt: number }>()

  constructor(private readonly options: TellerOptions) {}

  /** Forgets what is remembered here: another may have spoken. */
  forget(): void {
    this.last.clear()
  }

  /** Real instant of the last update of a message; 0 where none is known. */
  updatedAt(id: OperationId): number {
    return this.last.get(id)?.updatedAt ?? 0
  }

  /** Whether the operation's message stands. */
  async stands(id: OperationId): Promise<boolean> {
    const post = this.last.get(id)?.post ?? (await this.options.posts.get(id))
    return post !== undefined && post.ts !== ''
  }

  /**
   * Posts or updates the message, then adds to its thread. `changed` says that the operation itself changed, and
   * not only something beside it. Throws NotSaid; StoreUnavailable.
   */
  async tell(id: OperationId, changed: boolean): Promise<Told> {
    const { journal, posts, time, showing } = this.options
    const operation = await journal.read(id)
    if (operation === undefined) return { updated: false, related: [] }
    const message = await showing.message(operation)
    const shown = createHash('sha1').update(JSON.stringify(message)).digest('base64')
    const known = this.last.get(id)
    const before = known?.post ?? (await posts.get(id))
    const loggedAt = known?.loggedAt ?? 0

    const stands = before !== undefined && before.ts !== ''
    const updated = stands && before.shown !== shown
    const ref = !stands
      ? await this.first(operation, message, before)
      : updated
        ? ((await this.update(before, operation, message)) ??
          (await this.first(operation, message, undefined)))
        : before
    const sameMessage = before?.ts === ref.ts
    const { logged, called } = sameMessage ? before : { logged: 0, called: undefined }
    const post: Post = {
      channel: ref.channel,
      ts: ref.ts,
      shown,
      logged,
      ...(called !== undefined && { called }),
    }
    // Remembered here first: a store that fails now must not make it be posted twice.
    this.last.set(id, { post, updatedAt: time.now(), loggedAt })
    if (!sameMessage || before.shown !== shown) await posts.put(id, post)

    const restAt = await this.addToLog(operation, await this.callPeople(operation, post), loggedAt)
    // Its first message and its last change what others tell: a rollback takes the button off what it undoes.
    const changesOthers = changed && (!sameMessage || operation.ending !== undefined)
    const related = changesOthers ? await showing.related(operation) : []
    if (operation.ending !== undefined && restAt === undefined) this.last.delete(id)
    return { updated, related, ...(restAt === undefined ? {} : { restAt }) }
  }

  /** Calls people to the operation, once for each thing that they are to be called for. */
  private async callPeople(operation: Operation, post: Post): Promise<Post> {
    const { posts, chat, showing } = this.options
    const call = await showing.call(operation)
    if (call === undefined || call.key === post.called) return post
    await said('post', () => chat.post(post.channel, call.message, { thread: post.ts }))
    const called = { ...post, called: call.key }
    this.remember(operation.id, { post: called })
    await posts.put(operation.id, called)
    return called
  }

  private remember(id: OperationId, news: { readonly post: Post; readonly loggedAt?: number }): void {
    const { updatedAt = 0, loggedAt = 0 } = this.last.get(id) ?? {}
    this.last.set(id, { updatedAt, loggedAt, ...news })
  }

  /** Gives the real instant at which more may be added, where more is to be added. */
  private async addToLog(operation: Operation, post: Post, loggedAt: number): Promise<number | undefined> {
    const { posts, chat, time, showing } = this.options
    const { message, entries } = showing.log(operation, post.logged)
    if (message === undefined) return undefined
    if (operation.ending === undefined && time.now() - loggedAt < logPace) return loggedAt + logPace
    await said('post', () => chat.post(post.channel, message, { thread: post.ts }))
    const more = { ...post, logged: entries }
    this.remember(operation.id, { post: more, loggedAt: time.now() })
    await posts.put(operation.id, more)
    return undefined
  }

  /**
   * Posts the message for the first time. That it is about to be posted is recorded before: where the answer
   * was lost, the message is looked for first, and posted again only if it is not found or cannot be looked for.
   */
  private async first(operation: Operation, message: Message, before: Post | undefined): Promise<MessageRef> {
    const { posts, chat } = this.options
    if (before !== undefined) {
      const lost = await said('post', () => chat.find(before.channel, operation.id))
      if (lost !== undefined) return lost
    }
    const post = (channel: string, shown: Message) =>
      said('post', () => chat.post(channel, shown, { operation: operation.id }))
    await posts.put(operation.id, { channel: operation.channel, ts: '', shown: '', logged: 0 })
    try {
      return await post(operation.channel, message)
    } catch (error) {
      const code = error instanceof NotSaid ? error.failure.code : undefined
      if (code === undefined) throw error
      if (noBlocks.has(code)) return post(operation.channel, this.plain(operation, message, code))
      if (!noChannel.has(code)) throw error
      this.options.log.error(
        { operation: operation.id, channel: operation.channel, code },
        'the channel takes no message of the bot (is the bot in it?): its requester is told directly',
      )
      return post(operation.requester.user, message)
    }
  }

  /** Updates the message; undefined when it is gone. */
  private async update(at: Post, operation: Operation, message: Message): Promise<MessageRef | undefined> {
    const update = (shown: Message) =>
      said('update', () => this.options.chat.update(at, shown, { operation: operation.id }))
    try {
      await update(message)
      return at
    } catch (error) {
      const code = error instanceof NotSaid ? error.failure.code : undefined
      if (code === undefined) throw error
      if (noMessage.has(code)) return undefined
      if (!noBlocks.has(code)) throw error
      await update(this.plain(operation, message, code))
      return at
    }
  }

  /** Slack refuses our blocks: a fault of ours that people must not suffer from. */
  private plain(operation: Operation, message: Message, code: string): Message {
    this.options.log.error(
      { operation: operation.id, code },
      'Slack refuses the message’s blocks; sent as text',
    )
    return { text: message.text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: message.text } }] }
  }
}

const said = async <T>(how: NotSaid['how'], call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw error instanceof ChatFailure ? new NotSaid(how, error) : error
  }
}
