import type { KnownBlock } from '@slack/types'
import type { Chat, Message, Screens } from '../../ports/chat'
import type { Answer } from '../../ports/inbox'
import type { Log } from '../../ports/log'

/** How a delivery came in, and so how it can be answered. */
export interface Way {
  /** Bolt's own acknowledgement; it throws when the socket has gone. Absent where Bolt acknowledges by itself. */
  readonly ack?: (body?: { response_type: 'ephemeral'; text: string; blocks: KnownBlock[] }) => Promise<void>
  /** Whether the acknowledgement itself may carry a message: for slash commands alone. */
  readonly speaking: boolean
  readonly responseUrl?: string
  readonly channel?: string
  readonly thread?: string
  readonly user: string
}

const responseTimeout = 5_000

/** Answers one delivery. Nothing here throws: what was recorded stays recorded when Slack cannot be told. */
export const answering = (
  way: Way,
  chat: Pick<Chat, 'post'> & Pick<Screens, 'whisper'>,
  log: Log,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Answer => {
  const said = (message: Message) => ({
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
        body: JSON.stringify({ ...said(message), replace_original: instead }),
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
    if (way.responseUrl !== undefined && (await respond(way.responseUrl, message, instead))) return
    try {
      // From the Home or a form there is no channel: the person is written to.
      if (way.channel === undefined) await chat.post(way.user, message)
      else
        await chat.whisper(
          way.channel,
          way.user,
          message,
          way.thread === undefined ? {} : { thread: way.thread },
        )
    } catch (error) {
      log.warn({ error: String(error), user: way.user }, 'a person could not be answered')
    }
  }

  return {
    tell,
    async ack(message) {
      let carried = message === undefined
      if (way.ack !== undefined) {
        try {
          await way.ack(way.speaking && message !== undefined ? said(message) : undefined)
          carried ||= way.speaking
        } catch (error) {
          log.warn({ error: String(error) }, 'an acknowledgement was not taken: the connection had gone')
        }
      }
      if (!carried && message !== undefined) await tell(message)
    },
  }
}
