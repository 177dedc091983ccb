import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Aws, NoAnswer } from './index'

export interface AwsServer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])
const largestBody = 4 * 1024 * 1024

/**
 * Serves the simulator over HTTP on loopback. `port` 0 takes a free one. Requests that name another host are
 * refused (a page elsewhere must not reach it by DNS rebinding), and so are a browser's cross-site ones. With a
 * `token`, requests must be signed with it as the access key id: SDKs name that key in their Authorization header.
 */
export function serveAws(
  aws: Aws,
  { port, host = '127.0.0.1', token }: { port: number; host?: '127.0.0.1'; token?: string },
): Promise<AwsServer> {
  const server = createServer((request, response) => {
    const refusal = refuse(request, token)
    if (refusal) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end(refusal)
      return
    }
    answer(aws, request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => {
        // The connection stays, as it does where a network loses what is sent.
        if (error instanceof NoAnswer) return
        response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
      },
    )
  })
  server.keepAliveTimeout = 60_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo
      resolve({ port: taken, url: `http://${host}:${taken}`, close: () => close(server) })
    })
  })
}

function refuse(request: IncomingMessage, token: string | undefined): string | undefined {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (!loopback.has(name)) return `This server is for loopback only, not for ${name}`
  if (request.headers.origin !== undefined) return 'This server does not answer pages'
  if (token !== undefined && !(request.headers.authorization ?? '').includes(`Credential=${token}/`))
    return 'The access key id is not the token of this start'
  return undefined
}

async function answer(aws: Aws, request: IncomingMessage) {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) return { status: 413, headers: {}, body: '' }
    chunks.push(chunk)
  }
  return aws.handle({
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')]),
    ),
    body: Buffer.concat(chunks).toString(),
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
