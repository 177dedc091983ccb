import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPReceiver, verifySlackRequest } from '@slack/bolt'
import type { Log } from '../../../ports/log'
import type { Replays } from '../../../ports/replays'
import type { RealTime } from '../../../ports/real-time'
import { slackLogger } from '../logger'
import { isPayload, isSuggestion, payloadIn } from './payload-schema'
import { replayGuard } from './replay-guard'

export interface HttpOptions {
  readonly signingSecret: string
  readonly replays: Replays
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
/** Real milliseconds for a whole body: Slack itself waits no longer than three seconds for the answer. */
const bodyTimeout = 3_000
/** The signature as Slack writes it, and nothing behind it. */
const signatureForm = /^v0=[0-9a-f]{64}$/

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
export const slackHttp = ({ signingSecret, replays, log, time }: HttpOptions): SlackHttp => {
  const guard = replayGuard({ replays, ms: replayMemory, now: () => time.now(), log })
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
    const unsigned = typeof signature !== 'string' || !Number.isSafeInteger(stamp)
    if (!unsigned && !signatureForm.test(signature)) return 401
    if (!unsigned && Math.abs(time.now() - stamp * 1000) > skewLimit) return 401
    const body = await bodyOf(request, time)
    if (typeof body === 'number') return body
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
    const payload = payloadIn(body.toString(), request.headers['content-type'])
    if (!isSuggestion(payload) && !(await guard.isFirst(`v0:${stamp}:${body.toString()}`))) return 401
    return isPayload(payload) ? body : 400
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
            response.writeHead(admitted, { connection: 'close' }).end(() => {
              // Whoever is still sending does not keep the connection.
              if (!request.complete) request.socket.destroySoon()
            })
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

/** The whole body, or the status with which it is refused: too long, or too slow. */
const bodyOf = async (request: IncomingMessage, time: RealTime): Promise<Buffer | 413 | 408> => {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return 413
  let cancelTimeout = (): void => {}
  const timedOut = new Promise<408>((resolve) => {
    cancelTimeout = time.after(bodyTimeout, () => resolve(408))
  })
  const body = readBody(request)
  // What breaks off after its time is up is nobody's concern any more.
  body.catch(() => {})
  try {
    return await Promise.race([body, timedOut])
  } finally {
    cancelTimeout()
  }
}

const readBody = async (request: IncomingMessage): Promise<Buffer | 413> => {
  const parts: Buffer[] = []
  let length = 0
  // Left open when it is too long, so that the refusal can still be sent.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length
    if (length > bodyLimit) return 413
    parts.push(part)
  }
  return Buffer.concat(parts)
}
