import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHookReceiver, type HookReceiver } from '../hooks/receiver'
import { parseJson } from '../slack/json'
import { checkHost, checkToken } from './guard'
import { HttpError, readBody, sendError, sendJson, urlOf } from './http'
import { servePage } from './page'
import { chat } from './routes/chat'
import { hookRoutes } from './routes/hooks'
import type { Control, Routes } from './routes/route'
import { personOrFirst } from './routes/route'
import { worldRoutes } from './routes/world'
import { handleSlack } from './slack-routes'
import { stream } from './stream'

const routes: Routes = { ...chat, ...worldRoutes }

export interface ServerOptions {
  port: number
  token: string
  /** Where the built page lies. */
  page: string
}

/** Serves the page, the control routes and the simulated Slack on loopback; gives the port that it listens on. */
export async function serveControl(
  control: Control,
  options: ServerOptions,
): Promise<{ port: number; close(): Promise<void> }> {
  const hooks = createHookReceiver(options.token)
  const server = createServer((request, response) => {
    handle(control, options, hooks, request, response).catch((error: unknown) => sendError(response, error))
  })
  // Bolt's receivers and the page hold connections open; deliveries and streams have deadlines of their own.
  server.requestTimeout = 0
  server.on('upgrade', (request, socket, head) => {
    try {
      checkHost(request)
      control.slack.upgrade(request, socket, head)
    } catch {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    }
  })
  const port = await listen(server, options.port)
  control.slack.setBase(`http://127.0.0.1:${port}`)
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        control.slack.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

async function handle(
  control: Control,
  options: ServerOptions,
  hooks: HookReceiver,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  checkHost(request)
  const url = urlOf(request)
  if (await handleSlack(control.slack, url, request, response)) return
  if (url.pathname === '/hooks') return hooks.take(request, response)
  if (url.pathname.startsWith('/control/'))
    return handleControl(control, options, hooks, url, request, response)
  if (request.method === 'GET' && (await servePage(options.page, url.pathname, response))) return
  throw new HttpError(404, 'not_found', `There is nothing at ${url.pathname}.`)
}

async function handleControl(
  control: Control,
  { token }: ServerOptions,
  hooks: HookReceiver,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  checkToken(request, url, token)
  if (url.pathname === '/control/stream' && request.method === 'GET') {
    return stream(control, personOrFirst(control, url.searchParams.get('user') ?? ''), response)
  }
  const name = `${request.method} ${url.pathname}`
  const own: Routes = { ...routes, ...hookRoutes(hooks) }
  const route = Object.hasOwn(own, name) ? own[name] : undefined
  if (!route) {
    const others = Object.keys(own).filter((one) => one.endsWith(` ${url.pathname}`))
    if (others.length === 0) throw new HttpError(404, 'unknown_route', `There is no route ${name}.`)
    throw new HttpError(405, 'method_not_allowed', `Here are: ${others.join(', ')}.`)
  }
  const text = request.method === 'POST' ? await readBody(request) : ''
  const body = text === '' ? {} : parseJson(text)
  if (body === undefined) throw new HttpError(400, 'bad_json', 'The body is not JSON.')
  sendJson(response, 200, await route(control, { query: url.searchParams, body }))
}
