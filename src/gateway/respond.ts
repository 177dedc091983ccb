import { randomUUID } from 'node:crypto'
import type { Locale } from '../messages/locale'
import { storeDownMessage, unexpectedErrorMessage } from '../messages/errors'
import type { Message } from '../ports/chat'
import { reason } from '../domain/reasons/reason'
import { refusalMessage } from '../messages/refusal'
import { StoreUnavailable, UnreadableRecord } from '../ports/failure'
import type { Responder, Delivery } from '../ports/inbox'
import { Dispatch, type ExecutableCommand } from './dispatch'
import { type Asker, type GatewayDeps, localeOf } from './deps'
import type { Reply } from './reply'

/** Real milliseconds within which an answer can still ride on the acknowledgement; Slack waits 3 s for that. */
const acknowledgeTimeoutMs = 1_500

/** Who asks, and how that person reads. */
export const askerOf = async (
  { readers }: Pick<GatewayDeps, 'readers'>,
  { person, delivery, channel, channelName }: Delivery & { channel?: string; channelName?: string },
): Promise<Asker> => ({
  person,
  delivery,
  userLocale: await readers.of(person.user),
  ...(channel !== undefined && { channel }),
  ...(channelName !== undefined && { channelName }),
})

/** What is said when something could not be done at all: the truth, and that nothing was done. */
export const errorReply = ({ log }: Pick<GatewayDeps, 'log'>, error: unknown, locale: Locale): Message => {
  if (error instanceof StoreUnavailable) {
    log.warn({ error: error.message }, 'refused: the store cannot be reached')
    return storeDownMessage(locale)
  }
  if (error instanceof UnreadableRecord)
    return refusalMessage(reason('record_unreadable', { record: error.record }), locale)
  const reference = randomUUID().slice(0, 8)
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log.error({ reference, error: stack }, 'unexpected error')
  return unexpectedErrorMessage(locale, reference)
}

/** A reply whatever happens: where the work fails, the apology. */
export const replyOrError = async (deps: GatewayDeps, asker: Asker, work: Promise<Reply>): Promise<Reply> => {
  try {
    return await work
  } catch (error) {
    return { ok: false, message: errorReply(deps, error, localeOf(deps, asker.userLocale)) }
  }
}

/**
 * Carries a command out and answers it. What changes something is acknowledged when it was recorded, and not
 * before; what asks the worker is acknowledged in time and answered when the answer is there.
 */
export const respond = async (
  deps: GatewayDeps,
  dispatch: Dispatch,
  command: ExecutableCommand,
  asker: Asker,
  answer: Responder,
): Promise<void> => {
  const reply = replyOrError(deps, asker, dispatch.run(command, asker))
  if (!Dispatch.asksWorker(command)) return answer.ack((await reply).message)
  const inTime = await Promise.race([reply, delay(deps, acknowledgeTimeoutMs)])
  if (inTime !== undefined) return answer.ack(inTime.message)
  await answer.ack()
  await answer.respond((await reply).message)
}

const delay = ({ time }: Pick<GatewayDeps, 'time'>, ms: number): Promise<undefined> =>
  new Promise((resolve) => time.after(ms, () => resolve(undefined)))
