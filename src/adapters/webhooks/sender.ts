import { lookup as systemLookup } from 'node:dns/promises'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { WebhookMessage } from '../../domain/webhooks/message'
import type { Webhook } from '../../domain/webhooks/webhook'
import type { Sent, WebhookSender } from '../../ports/webhook-sender'
import { mayReach } from './addresses'
import { keyOf, signedHeaders } from './signature'

/** All addresses of a name. */
type Resolve = (host: string) => Promise<readonly string[]>

export interface SenderOptions {
  /** The secrets of each webhook, by its name. */
  readonly secrets: ReadonlyMap<string, readonly string[]>
  /** Real milliseconds since the epoch. */
  readonly now: () => number
  /** Tests give their own. */
  readonly resolve?: Resolve
  /** Real milliseconds for an attempt, from the name to the answer's end. */
  readonly timeout?: number
}

/** Standard Webhooks, "Deliverability and reliability": 15 to 30 seconds. */
const usualTimeout = 15_000
/** Of an answer no more is taken in: nobody reads it. */
const maxAnswer = 64 * 1_024

/** Answers that are about this one message, and not about the receiver (RFC 9110, section 15.5). */
const ofTheMessage = new Set([400, 413, 415, 422])

const bySystem: Resolve = async (host) =>
  (await systemLookup(host, { all: true })).map(({ address }) => address)

class NotSent extends Error {}

/** Sends webhooks. A request goes to an address that was looked at, and nowhere else: no redirect is followed. */
export const webhookSender = (options: SenderOptions): WebhookSender => {
  const { secrets, now, resolve = bySystem, timeout = usualTimeout } = options
  return {
    async send(webhook, message) {
      const began = performance.now()
      const took = () => Math.round(performance.now() - began)
      const keys = (secrets.get(webhook.name) ?? []).map(keyOf)
      const overdue = AbortSignal.timeout(timeout)
      try {
        if (keys.length === 0) throw new NotSent('no secret')
        const address = await within(overdue, addressOf(webhook, resolve))
        const headers = {
          ...signedHeaders(keys, message, now()),
          'content-type': message.contentType,
          'user-agent': 'rollcall',
        }
        const { status, retryAfter } = await post(webhook, address, headers, message, overdue, now)
        return {
          outcome: outcomeOf(status),
          status,
          took: took(),
          ...(retryAfter !== undefined && { retryAfter }),
        }
      } catch (error) {
        return { outcome: 'failed', why: overdue.aborted ? 'timeout' : whyOf(error), took: took() }
      }
    },
  }
}

const outcomeOf = (status: number): Sent['outcome'] => {
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 410) return 'gone'
  return ofTheMessage.has(status) ? 'refused' : 'failed'
}

/** The host without the brackets of an IPv6 address. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

/** An address of the receiver that may be sent to. What is looked at here is what is connected to. */
const addressOf = async ({ url, internal }: Webhook, resolve: Resolve): Promise<string> => {
  const parsed = new URL(url)
  if (parsed.protocol !== 'https:' && !internal) throw new NotSent('not https')
  const host = hostOf(parsed)
  const addresses = isIP(host) === 0 ? await resolve(host) : [host]
  const allowed = addresses.find((address) => mayReach(address, internal))
  if (allowed === undefined) throw new NotSent(addresses.length === 0 ? 'no address' : 'address not allowed')
  return allowed
}

const within = <T>(overdue: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      overdue.addEventListener('abort', () => reject(new NotSent('timeout')), { once: true })
    }),
  ])

interface Answer {
  readonly status: number
  readonly retryAfter?: number
}

const post = (
  { url }: Webhook,
  address: string,
  headers: Readonly<Record<string, string>>,
  { body }: WebhookMessage,
  signal: AbortSignal,
  now: () => number,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const parsed = new URL(url)
    const secure = parsed.protocol === 'https:'
    const send = secure ? httpsRequest : httpRequest
    const asked = send(parsed, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      // Its own connection each time: a kept one would be to an address that was looked at long ago.
      agent: false,
      family: isIP(address),
      lookup: (_host, { all }, callback) => {
        if (all === true) callback(null, [{ address, family: isIP(address) }])
        else callback(null, address, isIP(address))
      },
      signal,
    })
    // Also after the answer, when nobody waits any more: it must not end the process.
    asked.on('error', reject)
    asked.once('response', (response) => {
      const { statusCode: status = 0 } = response
      const retryAfter = retryAfterOf(response.headers['retry-after'], now)
      // The status says it all. What follows is let run out, within the time and the size that there are.
      resolve({ status, ...(retryAfter !== undefined && { retryAfter }) })
      let size = 0
      response.on('error', () => undefined)
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size > maxAnswer) response.destroy()
      })
    })
    asked.end(body)
  })

/** RFC 9110, section 10.2.3: seconds, or a date. Gives real milliseconds. */
const retryAfterOf = (header: string | undefined, now: () => number): number | undefined => {
  if (header === undefined) return undefined
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now()
  return Number.isFinite(wait) && wait > 0 ? wait : undefined
}

/** A word for what went wrong: never the error's own sentence, in which there may be an address with its secrets. */
const whyOf = (error: unknown): string => {
  if (error instanceof NotSent) return error.message
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code) ? code : 'not reached'
}
