import type { KnownBlock } from '@slack/types'
import { ChatFailure, type Message } from '../../../ports/chat'
import { tellPerson, type TellDeps } from '../../../ports/tell-person'
import type { Responder } from '../../../ports/inbox'

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
  deps: TellDeps,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Responder => {
  const { log } = deps
  const payload = (message: Message) => ({
    response_type: 'ephemeral' as const,
    text: message.text,
    blocks: [...message.blocks],
  })

  /** https://docs.slack.dev/interactivity/handling-user-interaction: 5 uses within 30 minutes. */
  const respond = async (url: string, message: Message, instead: boolean): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...payload(message), replace_original: instead }),
      redirect: 'error',
      signal: AbortSignal.timeout(responseTimeout),
    })
    if (response.ok) return
    const code = (await response.text()).trim()
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    log.warn({ status: response.status, code }, 'a response_url did not take an answer')
    if (response.status === 429)
      throw new ChatFailure('ratelimited', Number.isFinite(seconds) ? seconds * 1_000 : undefined)
    if (response.status >= 500) throw new ChatFailure('service_unavailable')
    throw new ChatFailure(/^[a-z_]{1,60}$/.test(code) ? code : 'response_url_refused')
  }

  const tell = async (message: Message, { instead = false } = {}): Promise<void> => {
    const { responseUrl, channel, thread, user } = route
    const ways = {
      user,
      ...(channel !== undefined && { channel }),
      ...(thread !== undefined && { thread }),
      ...(responseUrl !== undefined && {
        respond: (shown: Message) => respond(responseUrl, shown, instead),
      }),
    }
    await tellPerson(deps, ways, message)
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
