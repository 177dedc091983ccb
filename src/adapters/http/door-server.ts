import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { ApiRequest, ApiResponse, Door } from '../../ports/api'
import { listening } from './server'

export interface DoorServerOptions {
  readonly port: number
  /** Address to listen on; all of them when absent. */
  readonly host?: string
  readonly door: Door
}

/** Real milliseconds. A whole request comes within its deadline; a whole answer is out within another. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  // Longer than load balancers keep an idle connection (AWS: 60 s), so that it is they who close it.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1_024,
}
/** Longer than a caller may wait for a change. */
const answerTimeout = 50_000
const maxConnections = 512
const maxBody = 64 * 1_024

/** Serves the door on a port of its own. */
export const serveDoor = async ({
  port,
  host,
  door,
}: DoorServerOptions): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const stopping = new AbortController()
  const server = createServer(limits, (request, response) => {
    void answer(door, request, response, stopping.signal).catch(() => response.destroy())
  })
  server.maxConnections = maxConnections
  await listening(server, { port, ...(host !== undefined && { host }) })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        // Whoever waits is answered now, and asks the next gateway.
        stopping.abort()
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

const answer = async (
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
  stopping: AbortSignal,
): Promise<void> => {
  const gone = new AbortController()
  const leave = () => gone.abort()
  response.once('close', leave)
  stopping.addEventListener('abort', leave, { once: true })
  const deadline = setTimeout(() => response.destroy(), answerTimeout)
  try {
    const body = await bodyOf(request)
    const target = request.url ?? '/'
    // What is no address leads nowhere.
    const url = new URL(URL.canParse(target, 'http://door') ? target : '/', 'http://door')
    const answered = await door({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: singleHeaders(request),
      body,
      gone: gone.signal,
    })
    // What was not read to its end leaves the connection in its middle.
    write(response, answered, body === 'too large' || stopping.aborted)
  } finally {
    clearTimeout(deadline)
    stopping.removeEventListener('abort', leave)
  }
}

const singleHeaders = ({ headers }: IncomingMessage): ApiRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )

const bodyOf = (request: IncomingMessage): Promise<ApiRequest['body']> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= maxBody) return void parts.push(part)
      // The rest is not read: it stays where it is until the connection is closed behind the answer.
      request.pause()
      resolve('too large')
    })
    request.once('end', () => resolve({ text: Buffer.concat(parts).toString('utf8') }))
    request.once('error', reject)
  })

const write = (response: ServerResponse, { status, headers, body }: ApiResponse, last: boolean): void => {
  const text = body === undefined ? undefined : JSON.stringify(body)
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    vary: 'accept-language, authorization',
    ...headers,
    ...(text !== undefined && { 'content-length': Buffer.byteLength(text) }),
    ...(last && { connection: 'close' }),
  })
  response.end(text)
}
