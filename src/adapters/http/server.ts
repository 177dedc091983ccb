import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'

/** What readiness says; `facts` are shown to whoever asks. */
interface Readiness {
  readonly ok: boolean
  readonly facts: Readonly<Record<string, unknown>>
}

export interface HttpOptions {
  readonly port: number
  /** Address to listen on; all of them when absent. */
  readonly host?: string
  /** What is told to whoever asks, without a password; absent where another port does. */
  readonly own?: { readonly metrics: Registry; ready(): Promise<Readiness> }
  /** Takes a request that is not one of the server's own; false when nobody wants it. */
  take(request: IncomingMessage, response: ServerResponse): boolean
}

/** Real milliseconds. Whole requests have a deadline, and Node looks once a second for those that are past it. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
}
/** More than Slack and a monitor ever open; who comes beyond is turned away at once. */
const maxConnections = 256

/** Of its own `/healthz` (the process lives), `/readyz` (it can do its work) and `/metrics`; Slack's requests in HTTP mode. */
export const serveHttp = async (options: HttpOptions): Promise<{ port: number; close(): Promise<void> }> => {
  const server = createServer(limits, (request, response) => {
    void answer(options, request, response).catch(() => reply(response, 500, { ok: false }))
  })
  server.maxConnections = maxConnections
  await listening(server, options)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

const answer = async (
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { own } = options
  const path = request.method === 'GET' && own ? (request.url ?? '/').split('?')[0] : undefined
  if (own && path === '/healthz') return reply(response, 200, { ok: true })
  if (own && path === '/readyz') {
    const { ok, facts } = await own.ready()
    return reply(response, ok ? 200 : 503, { ok, ...facts })
  }
  if (own && path === '/metrics') {
    response.writeHead(200, { 'content-type': own.metrics.contentType })
    response.end(await own.metrics.metrics())
    return
  }
  if (!options.take(request, response)) reply(response, 404, { ok: false, error: 'nothing is here' })
}

const reply = (response: ServerResponse, status: number, body: object): void => {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

export const listening = (
  server: Server,
  { port, host }: Pick<HttpOptions, 'port' | 'host'>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
