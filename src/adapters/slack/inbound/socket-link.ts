import { type App, SocketModeReceiver } from '@slack/bolt'
import { WebAPIRateLimitedError } from '@slack/web-api'
import type { Log } from '../../../ports/log'
import type { RealTime } from '../../../ports/real-time'
import { isPayload } from './payload-schema'
import { slackLogger } from '../logger'

export interface LinkOptions {
  readonly appToken: string
  readonly apiUrl: string
  readonly log: Log
  readonly time: RealTime
}

/** Why a connection could not be had. */
export class LinkFailure extends Error {
  override readonly name = 'LinkFailure'
  constructor(
    /** Real milliseconds to wait at least, where Slack said so. */
    readonly retryAfter: number | undefined,
    cause: unknown,
  ) {
    super(String(cause), { cause })
  }
}

/** One connection, from its opening to its end; it is never reopened. */
export interface Link {
  /** Resolves at Slack's `hello`; rejects with LinkFailure. */
  readonly opened: Promise<void>
  /** Resolves when Slack asks to leave, or when the connection has gone: time for a successor. */
  readonly leaving: Promise<void>
  /** Closes it; resolves when it is closed, which a silent peer can delay by half a minute. */
  close(): Promise<void>
}

/** Retrieving a URL takes at most 10 s and connecting the rest. */
const openingTimeout = 20_000

/**
 * Opens one Socket Mode connection into the app. Reconnecting is left to the pool: the library's own
 * does it in a promise that nobody awaits, which kills the process when it fails.
 */
export const openLink = (app: App, { appToken, apiUrl, log, time }: LinkOptions): Link => {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: slackLogger(log),
    installerOptions: {
      // Its own options: Bolt would share the app's, and retry a hundred times.
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: 10_000,
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
      },
    },
    customPropertiesExtractor: (envelope: { envelope_id?: string }) => ({ envelope: envelope.envelope_id }),
    // The default acknowledges after a failed authorisation, in a promise that nobody awaits.
    processEventErrorHandler: async ({ error }) => {
      log.error({ error: String(error) }, 'an event of Slack could not be handled')
      return false
    },
  })
  receiver.init(app)
  const { client } = receiver

  let leave = (): void => {}
  const leaving = new Promise<void>((resolve) => {
    leave = resolve
  })
  client.on('disconnected', leave)

  // The library's handler of messages is an async function that nobody awaits: it rejects on payloads
  // without an event (`app_rate_limited`), which kills the process. It is wrapped here, and a request
  // to leave goes to the pool, which closes when the successor stands and what was taken is answered.
  const handlers = client.listeners('ws_message') as ((data: unknown, binary: boolean) => unknown)[]
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, binary: boolean) => {
    if (asksToLeave(data)) return leave()
    if (!isDelivery(data))
      return log.warn({}, 'a message that has not the form of one of Slack’s was left out')
    for (const handle of handlers)
      Promise.resolve(handle(data, binary)).catch((error: unknown) =>
        log.warn({ error: String(error) }, 'a message of Slack was not understood'),
      )
  })

  let closed = false
  const close = async (): Promise<void> => {
    closed = true
    await client.disconnect().catch(() => {})
  }
  const opened = new Promise<void>((resolve, reject) => {
    const cancelTimeout = time.after(openingTimeout, () => {
      void close()
      reject(new LinkFailure(undefined, 'Slack did not say hello in time'))
    })
    receiver.start().then(
      () => {
        cancelTimeout()
        // Closed while it was being opened: the library would open it all the same.
        if (closed) void close()
        resolve()
      },
      (error: unknown) => {
        cancelTimeout()
        reject(
          new LinkFailure(
            error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : undefined,
            error,
          ),
        )
      },
    )
  })
  return { opened, leaving, close }
}

/** What is no delivery (`hello`, `disconnect`) is the library's; a delivery has a payload of Slack's form. */
const isDelivery = (data: unknown): boolean => {
  const envelope = typeof data === 'string' ? envelopeOf(data) : undefined
  return envelope === undefined || !('payload' in envelope) || isPayload(envelope['payload'])
}

const envelopeOf = (data: string): { readonly [key: string]: unknown } | undefined => {
  try {
    const envelope: unknown = JSON.parse(data)
    return typeof envelope === 'object' && envelope !== null ? { ...envelope } : undefined
  } catch {
    return undefined
  }
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode: `disconnect` comes some seconds ahead of the end. */
const asksToLeave = (data: unknown): boolean => {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return false
  try {
    return (JSON.parse(data) as { type?: string }).type === 'disconnect'
  } catch {
    return false
  }
}
