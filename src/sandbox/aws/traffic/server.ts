import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LoadBalancer } from '../elbv2/state'
import type { World } from '../world'
import type { ClientAnswer } from './answers'
import { readCookies } from './cookies'
import type { DataPlane } from './data-plane'
import type { ClientRequest } from './rules'

export interface LoadBalancerServer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Serves all simulated load balancers over HTTP on loopback: by their DNS name as `Host`, or under `/_lb/<name>/`.
 * Any other name is refused (a page elsewhere must not reach it by DNS rebinding). `port` 0 takes a free one.
 */
export function serveLoadBalancers(
  world: World,
  dataPlane: DataPlane,
  { port }: { readonly port: number },
): Promise<LoadBalancerServer> {
  const server = createServer((request, response) => {
    // Nothing here reads a body: it is let through.
    request.resume()
    answer(world, dataPlane, request).then(
      (found) => send(response, found),
      (error: unknown) => send(response, plain(500, String(error))),
    )
  })
  // "client_keep_alive.seconds": an ALB keeps a client's connection for an hour at most.
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', 1024, () => {
      const { port: taken } = server.address() as AddressInfo
      resolve({
        port: taken,
        url: `http://127.0.0.1:${taken}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}

function send(response: ServerResponse, { status, headers, body }: ClientAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}

const plain = (status: number, body: string): ClientAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
})

async function answer(world: World, dataPlane: DataPlane, request: IncomingMessage): Promise<ClientAnswer> {
  const authority = (request.headers.host ?? '').toLowerCase()
  const host = authority.replace(/:\d+$/, '')
  const url = new URL(`http://sandbox${request.url?.startsWith('/') ? request.url : '/'}`)
  if (!loopback.has(host)) {
    const named = [...world.loadBalancers.values()].find((one) => one.shape.DNSName?.toLowerCase() === host)
    if (!named) return plain(403, `No load balancer of the sandbox has the name ${host}.`)
    const port = Number(/:(\d+)$/.exec(authority)?.[1] ?? 80)
    return served(named, port, clientRequest(request, url, authority, url.pathname), '/')
  }
  const [, name = '', path = ''] = /^\/_lb\/([^/]+)(.*)$/.exec(url.pathname) ?? []
  const named = [...world.loadBalancers.values()].find((one) => one.shape.LoadBalancerName === name)
  if (!named) return plain(404, unknown(world, name))
  const its = clientRequest(request, url, named.shape.DNSName ?? '', path || '/')
  return served(named, undefined, its, `/_lb/${name}`)

  function served(
    loadBalancer: LoadBalancer,
    port: number | undefined,
    its: ClientRequest,
    prefix: string,
  ): Promise<ClientAnswer> | ClientAnswer {
    if (loadBalancer.state !== 'active')
      return plain(
        404,
        `${loadBalancer.shape.LoadBalancerName} is still being provisioned: its name answers in a minute or two.`,
      )
    return dataPlane.answer(loadBalancer, port, its, prefix)
  }
}

function unknown(world: World, name: string): string {
  const names = [...world.loadBalancers.values()].map((one) => `  /_lb/${one.shape.LoadBalancerName}/`)
  const what =
    name === ''
      ? 'The load balancers of the sandbox answer here'
      : `There is no load balancer ${name}; these answer`
  return [`${what}:`, ...names].join('\n')
}

function clientRequest(request: IncomingMessage, url: URL, host: string, path: string): ClientRequest {
  return {
    method: request.method ?? 'GET',
    host,
    path,
    query: url.searchParams,
    headers: new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')])),
    cookies: readCookies(request.headers.cookie),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  }
}
