import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPReceiver, verifySlackRequest } from '@slack/bolt'
import type { Log } from '../../../ports/log'
import type { RealTime } from '../../../ports/real-time'
import { slackLogger } from '../logger'
import { rememberedFor } from './replays'

export interface HttpOptions {
  readonly signingSecret: string
  readonly log: Log
  readonly time: RealTime
}

/** Where Slack sends everything: commands, interactivity and events. */
export const slackPath = '/slack/events'
/** A form with everything filled in stays far below this; Bolt would read 4 MB. */
const bodyLimit = 256 * 1024
/** https://docs.slack.dev/authentication/verifying-requests-from-slack: five minutes, either way. */
const skewLimit = 300_000
/** Twice the window in which a signature is good. */
const replayMemory = 2 * skewLimit

/** Slack over HTTP: takes requests off the server that main has. */
export interface SlackHttp {
  readonly receiver: HTTPReceiver
  /** Takes a request if it is Slack's; false when it is for somebody else. Refuses it with 503 unless `open`. */
  take(request: IncomingMessage, response: ServerResponse, open: boolean): boolean
}

/**
 * Bolt's receiver behind a guard of its own: Bolt refuses old requests but takes future and replayed
 * ones, and verifies nothing before it has read the whole body.
 */
export const slackHttp = ({ signingSecret, log, time }: HttpOptions): SlackHttp => {
  const replays = rememberedFor(replayMemory, () => time.now())
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: slackPath,
    bodyLimit,
    logger: slackLogger(log),
    customPropertiesExtractor: (request) => ({ signature: request.headers['x-slack-signature'] }),
  })

  /** The HTTP status of a refusal, or the body of a request that is to be handled. */
  const admit = async (request: IncomingMessage): Promise<number | Buffer> => {
    const stamp = Number(request.headers['x-slack-request-timestamp'])
    const signature = request.headers['x-slack-signature']
    const unsigned = typeof signature !== 'string' || !Number.isFinite(stamp)
    if (!unsigned && Math.abs(time.now() - stamp * 1000) > skewLimit) return 401
    const body = await bodyOf(request)
    if (body === undefined) return 413
    // Slack probes the certificate without a signature; Bolt answers that and looks at nothing else in it.
    if (unsigned) return /(^|&)ssl_check=1(&|$)/.test(body.toString()) ? body : 401
    try {
      verifySlackRequest({
        signingSecret,
        body: body.toString(),
        headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': stamp },
        nowMilliseconds: time.now(),
      })
    } catch {
      return 401
    }
    return replays.seen(signature) ? 401 : body
  }

  return {
    receiver,
    take(request, response, open) {
      if (request.method !== 'POST' || request.url?.split('?')[0] !== slackPath) return false
      if (!open) {
        response.writeHead(503, { connection: 'close' }).end()
        return true
      }
      admit(request).then(
        (admitted) => {
          if (typeof admitted === 'number') {
            log.warn({ status: admitted }, 'a request that does not come from Slack was refused')
            response.writeHead(admitted, { connection: 'close' }).end()
            return
          }
          // Bolt takes a body that was read already (BufferedIncomingMessage).
          receiver.requestListener(Object.assign(request, { rawBody: admitted }), response)
        },
        (error: unknown) => {
          log.warn({ error: String(error) }, 'a request broke off')
          response.destroy()
        },
      )
      return true
    },
  }
}

/** The whole body, or undefined when it is longer than allowed. */
const bodyOf = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return undefined
  const parts: Buffer[] = []
  let length = 0
  // Left open when it is too long, so that the refusal can still be sent.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length
    if (length > bodyLimit) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
