import type { KnownBlock } from '@slack/types'
import type { Chat, Message, Views } from '../../../ports/chat'
import type { Responder } from '../../../ports/inbox'
import type { Log } from '../../../ports/log'

/** How a delivery came in, and so how it can be answered. */
export interface ResponseRoute {
  /** Bolt's own acknowledgement; it throws when the socket has gone. Absent where Bolt acknowledges by itself. */
  readonly ack?: (body?: { response_type: 'ephemeral'; text: string; blocks: KnownBlock[] }) => Promise<void>
  /** Whether the acknowledgement itself may carry a message: for slash commands alone. */
  readonly ackCarriesMessage: boolean
  readonly responseUrl?: string
  readonly channel?: string
  readonly thread?: string
  readonly user: string
}

const responseTimeout = 5_000

/** Answers one delivery. Nothing here throws: what was recorded stays recorded when Slack cannot be told. */
export const createResponder = (
  route: ResponseRoute,
  chat: Pick<Chat, 'post'> & Pick<Views, 'postEphemeral'>,
  log: Log,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Responder => {
  const payload = (message: Message) => ({
    response_type: 'ephemeral' as const,
    text: message.text,
    blocks: [...message.blocks],
  })

  /** https://docs.slack.dev/interactivity/handling-user-interaction: 5 uses within 30 minutes. */
  const respond = async (url: string, message: Message, instead: boolean): Promise<boolean> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ ...payload(message), replace_original: instead }),
        redirect: 'error',
        signal: AbortSignal.timeout(responseTimeout),
      })
      if (response.ok) return true
      log.warn({ status: response.status }, 'a response_url did not take an answer')
    } catch (error) {
      log.warn({ error: String(error) }, 'a response_url could not be reached')
    }
    return false
  }

  const tell = async (message: Message, { instead = false } = {}): Promise<void> => {
    if (route.responseUrl !== undefined && (await respond(route.responseUrl, message, instead))) return
    try {
      // From the Home or a form there is no channel: the person is written to.
      if (route.channel === undefined) await chat.post(route.user, message)
      else
        await chat.postEphemeral(
          route.channel,
          route.user,
          message,
          route.thread === undefined ? {} : { thread: route.thread },
        )
    } catch (error) {
      log.warn({ error: String(error), user: route.user }, 'a person could not be answered')
    }
  }

  return {
    respond: tell,
    async ack(message) {
      let carried = message === undefined
      if (route.ack !== undefined) {
        try {
          await route.ack(route.ackCarriesMessage && message !== undefined ? payload(message) : undefined)
          carried ||= route.ackCarriesMessage
        } catch (error) {
          log.warn({ error: String(error) }, 'an acknowledgement was not taken: the connection had gone')
        }
      }
      if (!carried && message !== undefined) await tell(message)
    },
  }
}
