import type { Operation } from '../../domain/operation/operation'
import { type Chat, ChatFailure, type Message, type MessageRef } from '../../ports/chat'
import type { Log } from '../../ports/log'
import type { Post, Posts } from '../../ports/posts'

/** Slack's answer to a new message or to an update was not what was hoped; which of the two matters for patience. */
export class DeliveryError extends Error {
  override readonly name = 'NotSaid'
  constructor(
    readonly method: 'post' | 'update',
    readonly failure: ChatFailure,
  ) {
    super(`${method}: ${failure.code}`, { cause: failure })
  }
}

/** Makes a call to Slack; what it refuses is thrown as NotSaid. */
export const delivered = async <T>(method: DeliveryError['method'], call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw error instanceof ChatFailure ? new DeliveryError(method, error) : error
  }
}

/** https://docs.slack.dev/reference/methods/chat.postMessage: the channel will not have it, now or later. */
const channelErrors = new Set(['channel_not_found', 'not_in_channel', 'is_archived', 'restricted_action'])
/** https://docs.slack.dev/reference/methods/chat.update: the message is gone, or no longer ours to change. */
const messageErrors = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])
const blockErrors = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
])

interface DeliveryDeps {
  readonly chat: Chat
  readonly posts: Pick<Posts, 'put'>
  readonly log: Log
}

/**
 * Posts an operation's message for the first time. That it is about to be posted is recorded before: where the
 * answer was lost (`before` is that record), the message is looked for first, and posted again only if it is not
 * found or cannot be looked for. Throws NotSaid; StoreUnavailable.
 */
export const postOperation = async (
  deps: DeliveryDeps,
  operation: Operation,
  message: Message,
  before: Post | undefined,
): Promise<MessageRef> => {
  const { chat, posts, log } = deps
  if (before !== undefined) {
    const lost = await delivered('post', () => chat.find(before.channel, operation.id))
    const found = lost && (await updateOperation(deps, operation, message, lost))
    if (found !== undefined) return found
  }
  const post = (channel: string, shown: Message) =>
    delivered('post', () => chat.post(channel, shown, { operation: operation.id }))
  await posts.put(operation.id, { channel: operation.channel, ts: '', shown: '', logged: 0 })
  try {
    return await post(operation.channel, message)
  } catch (error) {
    const code = codeOf(error)
    if (code !== undefined && blockErrors.has(code))
      return post(operation.channel, textOnly(deps, operation, message, code))
    if (code === undefined || !channelErrors.has(code)) throw error
    log.error(
      { operation: operation.id, channel: operation.channel, code },
      'the channel takes no message of the bot (is the bot in it?): the requester is told directly',
    )
    return post(operation.requester.user, message)
  }
}

/** Updates an operation's message; undefined when it is gone. Throws NotSaid. */
export const updateOperation = async (
  deps: Pick<DeliveryDeps, 'chat' | 'log'>,
  operation: Operation,
  message: Message,
  at: MessageRef,
): Promise<MessageRef | undefined> => {
  const update = (shown: Message) =>
    delivered('update', () => deps.chat.update(at, shown, { operation: operation.id }))
  try {
    await update(message)
  } catch (error) {
    const code = codeOf(error)
    if (code !== undefined && messageErrors.has(code)) return undefined
    if (code === undefined || !blockErrors.has(code)) throw error
    await update(textOnly(deps, operation, message, code))
  }
  return at
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof DeliveryError ? error.failure.code : undefined

/** Slack refuses our blocks: a fault of ours that people must not suffer from. */
const textOnly = (
  { log }: Pick<DeliveryDeps, 'log'>,
  operation: Operation,
  { text }: Message,
  code: string,
): Message => {
  log.error({ operation: operation.id, code }, 'Slack refuses the message’s blocks; sent as text')
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] }
}
