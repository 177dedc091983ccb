import type { Operation } from '../../domain/operation/operation'
import { isReachable, type Person } from '../../domain/access/person'
import { type Refusal, refusalOf } from '../../domain/interaction/slack-refusal'
import { type Chat, ChatFailure, type Message, type MessageRef } from '../../ports/chat'
import type { Log } from '../../ports/log'
import type { Post, Posts } from '../../ports/posts'
import { withoutBlocks } from '../../ports/tell-person'

/** Slack's answer to a new message or to an update was not what was hoped; which of the two decides how it is retried. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  constructor(
    readonly method: 'post' | 'update',
    readonly failure: ChatFailure,
  ) {
    super(`${method}: ${failure.code}`, { cause: failure })
  }

  get refusal(): Refusal {
    return refusalOf(this.failure.code)
  }
}

/** Makes a call to Slack; what it refuses is thrown as DeliveryError. */
export const delivered = async <T>(method: DeliveryError['method'], call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw error instanceof ChatFailure ? new DeliveryError(method, error) : error
  }
}

interface DeliveryDeps {
  readonly chat: Chat
  readonly posts: Pick<Posts, 'put'>
  readonly log: Log
  /** The last way to a person who takes no direct message either: their Home, which shows what ended. */
  readonly refreshHome?: (person: Person) => Promise<void>
}

/** Where a message stands now, and whether all of it does: `reduced` where Slack refused some of its blocks. */
interface Placed {
  readonly ref: MessageRef
  readonly reduced: boolean
}

/**
 * Brings an operation's message to Slack: as an update of the one that stands (`before`), else as a new one in the
 * operation's channel, and where that is closed to the bot (archived, the bot taken out, posting restricted, or a code
 * that nobody has heard of) as a direct message to whoever asked, which is updated in place from then on. That it is
 * about to be posted is recorded before: where the answer was lost (`before` without a ts), the message is looked for
 * first, and posted again only if it is not found or cannot be looked for. Throws DeliveryError; StoreUnavailable.
 */
export const placeMessage = async (
  deps: DeliveryDeps,
  operation: Operation,
  message: Message,
  before: Post | undefined,
): Promise<Placed> => {
  const { chat, posts, log } = deps
  const { id, channel } = operation
  const lost = before?.ts === ''
  const stands = lost ? await delivered('post', () => chat.find(before.channel, id)) : before
  let closed: string | undefined
  if (stands !== undefined) {
    const updated = await orRefusal(['gone', 'closed'], () =>
      withLess(deps, operation, message, async (shown) => {
        await delivered('update', () => chat.update(stands, shown, { operation: id }))
        return { channel: stands.channel, ts: stands.ts }
      }),
    )
    if (!(updated instanceof DeliveryError)) return updated
    if (updated.refusal === 'closed') closed = updated.failure.code
  }
  const postTo = (where: string) =>
    withLess(deps, operation, message, (shown) =>
      delivered('post', () => chat.post(where, shown, { operation: id })),
    )
  await posts.put(id, { channel, ts: '', shown: '', logged: 0 })
  if (closed === undefined) {
    const posted = await orRefusal(['closed'], () => postTo(channel))
    if (!(posted instanceof DeliveryError)) return posted
    closed = posted.failure.code
  }
  log.error(
    { operation: id, channel, code: closed },
    'the channel takes no message of the bot (is it archived, is the bot in it?): whoever asked is told directly',
  )
  return direct(deps, operation, closed, postTo)
}

/** Tells whoever asked by a direct message; machines and the catalogue's own operations have nobody to be told. */
const direct = async (
  { refreshHome }: DeliveryDeps,
  { requester, ending }: Operation,
  closed: string,
  postTo: (where: string) => Promise<Placed>,
): Promise<Placed> => {
  if (!isReachable(requester)) throw new DeliveryError('post', new ChatFailure(closed))
  const told = await orRefusal(['closed'], () => postTo(requester.user))
  if (!(told instanceof DeliveryError)) return told
  if (ending !== undefined) await refreshHome?.(requester)
  throw told
}

/** What a call gives, or its refusal where it is one of these; any other is thrown. */
const orRefusal = async <T>(
  refusals: readonly Refusal[],
  call: () => Promise<T>,
): Promise<T | DeliveryError> => {
  try {
    return await call()
  } catch (error) {
    if (error instanceof DeliveryError && refusals.includes(error.refusal)) return error
    throw error
  }
}

/**
 * Where Slack refuses the blocks, a fault of ours that people must not suffer from: the same as text with its
 * buttons, and where those are refused as well, as text alone. The next update tries all of it again.
 */
const withLess = async (
  { log }: Pick<DeliveryDeps, 'log'>,
  operation: Operation,
  message: Message,
  send: (shown: Message) => Promise<MessageRef>,
): Promise<Placed> => {
  const all = await orRefusal(['content'], () => send(message))
  if (!(all instanceof DeliveryError)) return { ref: all, reduced: false }
  log.error(
    { operation: operation.id, code: all.failure.code },
    'Slack refuses the message’s blocks; sent as text with its buttons',
  )
  const most = await orRefusal(['content'], () => send(withoutBlocks(message, { buttons: true })))
  if (!(most instanceof DeliveryError)) return { ref: most, reduced: true }
  return { ref: await send(withoutBlocks(message)), reduced: true }
}
