import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { HttpError, readBody } from '../control/http'
import { parseJson } from '../slack/json'

/** What came, the oldest first. */
interface Came {
  /** Real time, ISO 8601. */
  at: string
  id: string
  /** Whether its signature and its time were right. */
  verified: boolean
  /** How it was answered. */
  status: number
  contentType: string
  body: unknown
}

/** A system that is told of events, as somebody's own would be; it can be told to answer otherwise. */
export interface HookReceiver {
  take(request: IncomingMessage, response: ServerResponse): Promise<void>
  came(): readonly Came[]
  /** Sets the status of its answers from now on; 400 where `body` says none. */
  answer(body: unknown): { ok: true; status: number }
}

/** As much as is shown; and how old a message may be, in milliseconds (Standard Webhooks, "Timestamp": allow for some minutes). */
const kept = 200
const tolerance = 5 * 60_000
const answerBody = z.strictObject({ status: z.number().int().min(200).max(599) })

/** The secret of the sandbox's receiver: known to who knows the token of this start. */
export const hookSecret = (token: string): string =>
  `whsec_${createHash('sha256').update(`hooks ${token}`).digest('base64')}`

export function createHookReceiver(token: string): HookReceiver {
  const key = Buffer.from(hookSecret(token).slice('whsec_'.length), 'base64')
  const all: Came[] = []
  let status = 204

  /** Standard Webhooks, "Verifying signatures": one of them has to be right. */
  const isSigned = (headers: IncomingMessage['headers'], text: string): boolean => {
    const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
      String(headers[name] ?? ''),
    )
    if (Math.abs(Date.now() - Number(timestamp) * 1_000) > tolerance) return false
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest()
    return (signatures ?? '').split(' ').some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ''), 'base64')
      return one.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected)
    })
  }

  return {
    async take(request, response) {
      if (request.method !== 'POST') throw new HttpError(405, 'method_not_allowed', 'Webhooks are POSTs.')
      const text = await readBody(request)
      const { headers } = request
      const verified = isSigned(headers, text)
      const answered = verified ? status : 401
      all.push({
        at: new Date().toISOString(),
        id: String(headers['webhook-id'] ?? ''),
        verified,
        status: answered,
        contentType: headers['content-type'] ?? '',
        body: parseJson(text) ?? text,
      })
      all.splice(0, all.length - kept)
      response.writeHead(answered).end()
    },
    came: () => all,
    answer(body) {
      const read = answerBody.safeParse(body)
      if (!read.success) throw new HttpError(400, 'bad_request', z.prettifyError(read.error))
      status = read.data.status
      return { ok: true, status }
    },
  }
}
