import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { Webhook as Verifier } from 'standardwebhooks'
import type { Webhook } from '../../src/domain/webhooks/webhook'

export const hookSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

/** A webhook to a receiver on this machine. */
export const webhookTo = (url: string, facts: Partial<Webhook> = {}): Webhook => ({
  name: 'billing',
  url,
  secrets: ['HOOK_SECRET'],
  events: ['operation.ended'],
  services: ['*'],
  format: 'standard',
  internal: true,
  channel: 'ops',
  language: 'en',
  ...facts,
})

/** What a receiver took in, its signature verified by the library of Standard Webhooks. */
interface Got {
  readonly id: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: {
    readonly type: string
    readonly timestamp: string
    readonly data: Readonly<Record<string, unknown>>
  }
}

type Answer = number | ((response: ServerResponse) => void)

/** A receiver of others' making: what it cannot verify it refuses with 401. */
export const startReceiver = async (secret = hookSecret) => {
  const got: Got[] = []
  const state: { answer: Answer } = { answer: 204 }
  const verifier = new Verifier(secret)
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      const { headers } = request
      let body: Got['body']
      try {
        body = verifier.verify(text, headers as Record<string, string>) as Got['body']
      } catch {
        response.writeHead(401).end()
        return
      }
      got.push({ id: String(headers['webhook-id']), headers, text, body })
      const { answer } = state
      if (typeof answer === 'function') answer(response)
      else response.writeHead(answer, { location: 'http://127.0.0.1:9/elsewhere' }).end('thank you')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/rollcall`,
    port,
    got,
    /** How it answers from now on. */
    answers: (answer: Answer) => void (state.answer = answer),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
