import { createHash } from 'node:crypto'
import { isReachable, type Person } from '../../domain/access/person'
import type { OperationId } from '../../domain/operation/id'
import type { Operation } from '../../domain/operation/operation'
import type { Chat, Message } from '../../ports/chat'
import type { Journal } from '../../ports/journal'
import type { Log } from '../../ports/log'
import type { Post, Posts } from '../../ports/posts'
import type { RealTime } from '../../ports/real-time'
import { withoutBlocks } from '../../ports/tell-person'
import { DeliveryError, delivered, placeMessage } from './post-message'

/** What is said of an operation. */
export interface OperationView {
  /** The operation's message as it should read now. */
  message(operation: Operation): Promise<Message>
  /** What the log says beyond its first `from` entries, in one message, and how many entries there are now. */
  log(operation: Operation, from: number): { readonly message?: Message; readonly entries: number }
  /** People who are called to it, in its thread: an update reaches nobody. Once for each `key`. */
  mention(operation: Operation): Promise<{ readonly key: string; readonly message: Message } | undefined>
  /** Ended operations whose messages change with this one's beginning or end. */
  related(operation: Operation): Promise<readonly OperationId[]>
}

export interface PublisherOptions {
  readonly journal: Pick<Journal, 'read'>
  readonly posts: Pick<Posts, 'get' | 'put'>
  readonly chat: Chat
  readonly time: RealTime
  readonly log: Log
  readonly view: OperationView
  readonly refreshHome?: (person: Person) => Promise<void>
}

export interface PublishResult {
  /** Whether an update was made; none is when nothing changed to the eye. */
  readonly updated: boolean
  /** Real instant at which the rest of the log may follow, where there is a rest. */
  readonly resumeAt?: number
  /** Operations whose messages are to be shown anew. */
  readonly related: readonly OperationId[]
}

/** Between two messages of one log, in real milliseconds: one of many lines rather than many. */
const logInterval = 5_000

/** Says one operation's newest state in Slack, and remembers what was said. */
export class MessagePublisher {
  private readonly last = new Map<OperationId, { post: Post; updatedAt: number; loggedAt: number }>()

  constructor(private readonly options: PublisherOptions) {}

  /** Forgets what is remembered here: another may have spoken. */
  clearCache(): void {
    this.last.clear()
  }

  /** Real instant of the last update of a message; 0 where none is known. */
  updatedAt(id: OperationId): number {
    return this.last.get(id)?.updatedAt ?? 0
  }

  /** Whether the operation's message stands. */
  async isPosted(id: OperationId): Promise<boolean> {
    const post = this.last.get(id)?.post ?? (await this.options.posts.get(id))
    return post !== undefined && post.ts !== ''
  }

  /**
   * Posts or updates the message, then adds to its thread. `changed` says that the operation itself changed, and
   * not only something beside it. Throws DeliveryError; StoreUnavailable.
   */
  async publish(id: OperationId, changed: boolean): Promise<PublishResult> {
    const { journal, posts, time, view } = this.options
    const operation = await journal.read(id)
    if (operation === undefined) return { updated: false, related: [] }
    const message = await view.message(operation)
    const shown = createHash('sha1').update(JSON.stringify(message)).digest('base64')
    const known = this.last.get(id)
    const before = known?.post ?? (await posts.get(id))
    const loggedAt = known?.loggedAt ?? 0

    const isPosted = before !== undefined && before.ts !== ''
    const updated = isPosted && before.shown !== shown
    const placed =
      isPosted && !updated
        ? { ref: before, reduced: false }
        : await placeMessage(this.options, operation, message, before)
    const { ref } = placed
    const sameMessage = before?.ts === ref.ts
    const { logged, called } = sameMessage ? before : { logged: 0, called: undefined }
    const post: Post = {
      channel: ref.channel,
      ts: ref.ts,
      // What stands there reduced reads otherwise: the next update tries all of it.
      shown: placed.reduced ? '' : shown,
      logged,
      ...(called !== undefined && { called }),
    }
    // Remembered here first: a store that fails now must not make it be posted twice.
    this.last.set(id, { post, updatedAt: time.now(), loggedAt })
    if (!sameMessage || before.shown !== post.shown) await posts.put(id, post)

    const resumeAt = await this.addToLog(operation, await this.mentionPeople(operation, post), loggedAt)
    // Its first message and its last change what others tell: a rollback takes the button off what it undoes.
    const changesOthers = changed && (!sameMessage || operation.ending !== undefined)
    const related = changesOthers ? await view.related(operation) : []
    if (operation.ending !== undefined && resumeAt === undefined) this.last.delete(id)
    return { updated, related, ...(resumeAt === undefined ? {} : { resumeAt }) }
  }

  /** Calls people to the operation, once for each thing that they are to be called for. */
  private async mentionPeople(operation: Operation, post: Post): Promise<Post> {
    const { posts, chat, view } = this.options
    const mention = await view.mention(operation)
    if (mention === undefined || mention.key === post.called) return post
    if (!(await this.reply(post, mention.message)) && isReachable(operation.requester))
      // The thread is closed: whoever asked is told of it all the same.
      await delivered('post', () => chat.post(operation.requester.user, mention.message))
    const called = { ...post, called: mention.key }
    this.remember(operation.id, { post: called })
    await posts.put(operation.id, called)
    return called
  }

  /** Adds a reply to the message's thread; false where the thread takes none, and never will. */
  private async reply({ channel, ts }: Post, message: Message): Promise<boolean> {
    const { chat } = this.options
    const send = (shown: Message) => delivered('post', () => chat.post(channel, shown, { thread: ts }))
    try {
      await send(message)
      return true
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error
      if (error.refusal === 'closed' || error.refusal === 'gone') return false
      if (error.refusal !== 'content') throw error
      await send(withoutBlocks(message))
      return true
    }
  }

  private remember(id: OperationId, patch: { readonly post: Post; readonly loggedAt?: number }): void {
    const { updatedAt = 0, loggedAt = 0 } = this.last.get(id) ?? {}
    this.last.set(id, { updatedAt, loggedAt, ...patch })
  }

  /** Gives the real instant at which more may be added, where more is to be added. */
  private async addToLog(operation: Operation, post: Post, loggedAt: number): Promise<number | undefined> {
    const { posts, time, log, view } = this.options
    const { message, entries } = view.log(operation, post.logged)
    if (message === undefined) return undefined
    if (operation.ending === undefined && time.now() - loggedAt < logInterval) return loggedAt + logInterval
    const replied = await this.reply(post, message)
    if (!replied)
      log.warn({ operation: operation.id, from: post.logged }, 'the thread takes no more of the log')
    const more = { ...post, logged: entries }
    this.remember(operation.id, { post: more, loggedAt: time.now() })
    await posts.put(operation.id, more)
    return undefined
  }
}
