import { createHmac } from 'node:crypto'
import { isObj, parseJson } from '../json'
import type { Obj } from '../json'
import type { Timer } from '../timer'
import type { Ack, Delivery, Transport } from './delivery'
import { ackDeadline } from './delivery'

/** Slack's signature of a request: https://docs.slack.dev/authentication/verifying-requests-from-slack */
function sign(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}

/** Signed POSTs to the app's request URL. */
export function createHttpTransport(url: string, signingSecret: string, timer: Timer): Transport {
  return {
    isConnected: () => true,
    async deliver(delivery): Promise<Ack> {
      const { body, contentType } = encode(delivery)
      const timestamp = Math.floor(timer.now() / 1000)
      const { retry } = delivery
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          body,
          headers: {
            'content-type': contentType,
            'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
            'x-slack-request-timestamp': String(timestamp),
            'x-slack-signature': sign(signingSecret, timestamp, body),
            ...(retry
              ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }
              : {}),
          },
          signal: AbortSignal.timeout(ackDeadline),
        })
        const text = await response.text()
        return response.ok ? { ok: true, body: answer(text) } : { ok: false, error: 'dispatch_failed' }
      } catch (error) {
        const { name } = error as Error
        return { ok: false, error: name === 'TimeoutError' ? 'operation_timeout' : 'dispatch_failed' }
      }
    },
  }
}

function encode({ type, payload }: Delivery): { body: string; contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' }
  const contentType = 'application/x-www-form-urlencoded'
  if (type === 'interactive') {
    return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), contentType }
  }
  return { body: new URLSearchParams(textFields(payload)).toString(), contentType }
}

function textFields(payload: Obj): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
}

/** An acknowledgement's body: JSON, or plain text, which a command shows to its user. */
function answer(text: string): unknown {
  if (text.trim() === '') return {}
  const json = parseJson(text)
  return isObj(json) ? json : { text }
}
