import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What one request asked for. */
export interface Heard {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export interface Said {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The connection is cut instead of an answer. */
  readonly cut?: true
}

/** A door of the tests' own: it answers as it is told, in the form of the real one. */
export interface FakeDoor {
  readonly url: string
  readonly heard: Heard[]
  close(): Promise<void>
}

export const startFakeDoor = async (
  answer: (heard: Heard, count: number) => Said | Promise<Said>,
): Promise<FakeDoor> => {
  const heard: Heard[] = []
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const one: Heard = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    heard.push(one)
    const said = await answer(one, heard.length)
    if (said.cut) {
      request.socket.destroy()
      return
    }
    const problem = said.status >= 400
    response.writeHead(said.status, {
      'content-type': problem ? 'application/problem+json' : 'application/json',
      ...said.headers,
    })
    response.end(said.body === undefined ? undefined : JSON.stringify(said.body))
  }
  const server = createServer((request, response) => void respond(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** An operation as the door writes it. */
export const doorOperation = (more: Readonly<Record<string, unknown>> = {}) => ({
  id: 'web-k7f3q',
  service: 'web',
  action: 'deploy',
  version: 'v2',
  state: 'running',
  says: 'Deploying v2.',
  left: [],
  warnings: [],
  progress: [
    { task: 'image', title: 'Image', state: 'done' },
    { task: 'fleet', title: 'Replace the fleet', state: 'running', detail: '1 of 2 on v2' },
  ],
  requestedBy: { kind: 'machine', id: 'machines.ci' },
  createdAt: '2026-11-29T10:00:00.000Z',
  channel: 'C0OPS',
  revision: 3,
  links: { self: '/v1/operations/web-k7f3q', service: '/v1/services/web' },
  ...more,
})

export const doorProblem = (status: number, code: string, detail: string, more: object = {}): Said => ({
  status,
  body: { type: `urn:rollcall:${code}`, title: code, status, code, detail, says: detail, ...more },
})
