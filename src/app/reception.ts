import { randomUUID } from 'node:crypto'
import type { Voice } from '../messages/language'
import { storeDownMessage, surpriseMessage } from '../messages/trouble'
import type { Message } from '../ports/chat'
import { StoreUnavailable } from '../ports/failure'
import type { Answer, Delivery } from '../ports/inbox'
import { Dispatch, type Doable } from './dispatch'
import { type Asker, type FrontDesk, voiceOf } from './front-desk'
import type { Reply } from './reply'

/** Real milliseconds within which an answer can still ride on the acknowledgement; Slack waits 3 s for that. */
const prompt = 1_500

/** Who asks, and how that person reads. */
export const askerOf = async (
  { readers }: Pick<FrontDesk, 'readers'>,
  { person, delivery, channel, channelName }: Delivery & { channel?: string; channelName?: string },
): Promise<Asker> => ({
  person,
  delivery,
  reader: await readers.of(person.user),
  ...(channel !== undefined && { channel }),
  ...(channelName !== undefined && { channelName }),
})

/** What is said when something could not be done at all: the truth, and that nothing was done. */
export const apology = ({ log }: Pick<FrontDesk, 'log'>, error: unknown, voice: Voice): Message => {
  if (error instanceof StoreUnavailable) {
    log.warn({ error: error.message }, 'refused: the store cannot be reached')
    return storeDownMessage(voice)
  }
  const reference = randomUUID().slice(0, 8)
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log.error({ reference, error: told }, 'taken by surprise')
  return surpriseMessage(voice, reference)
}

/** A reply whatever happens: where the work fails, the apology. */
export const replyOf = async (desk: FrontDesk, asker: Asker, work: Promise<Reply>): Promise<Reply> => {
  try {
    return await work
  } catch (error) {
    return { ok: false, message: apology(desk, error, voiceOf(desk, asker.reader)) }
  }
}

/**
 * Carries a command out and answers it. What changes something is acknowledged when it was recorded, and not
 * before; what asks the worker is acknowledged in time and answered when the answer is there.
 */
export const carryOut = async (
  desk: FrontDesk,
  dispatch: Dispatch,
  command: Doable,
  asker: Asker,
  answer: Answer,
): Promise<void> => {
  const reply = replyOf(desk, asker, dispatch.run(command, asker))
  if (!Dispatch.slow(command)) return answer.ack((await reply).message)
  const early = await Promise.race([reply, pause(desk, prompt)])
  if (early !== undefined) return answer.ack(early.message)
  await answer.ack()
  await answer.tell((await reply).message)
}

const pause = ({ time }: Pick<FrontDesk, 'time'>, ms: number): Promise<undefined> =>
  new Promise((resolve) => time.after(ms, () => resolve(undefined)))
