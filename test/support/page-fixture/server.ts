import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { servePage } from '../../../src/sandbox/control/page'
import type { ControlReply, StreamEvent } from '../../../src/sandbox/protocol'
import { fleetAt, instance } from './fleet'

interface Posted {
  method: string
  route: string
  authorization: string | undefined
  body: Record<string, unknown>
}

/** A server that plays the sandbox to the page: it streams what a test tells it to, and keeps what the page posts. */
export interface Fixture {
  /** The page's address, token included. */
  url: string
  /** The next post to a route that nobody has asked for yet; waits for it where there is none. */
  posted(route: string): Promise<Posted>
  /** Streams events to every page, and to those that come later. */
  play(...events: StreamEvent[]): void
  /** What the next posts to a route are answered with. */
  answer(route: string, reply: ControlReply): void
  /** Cuts every stream and answers no new one, as a server that went away. */
  goAway(): void
  /** Answers streams again. */
  comeBack(): void
  close(): Promise<void>
}

const token = 'fixture-token'
const builtPage = path.join(process.cwd(), 'dist/page')

const idle = () =>
  fleetAt({
    after: 0,
    web: [
      [instance('3a', 1), 'healthy'],
      [instance('3b', 1), 'healthy'],
    ],
  })

const hello = (): StreamEvent => ({
  type: 'hello',
  personas: [
    { id: 'U0ALICE', name: 'alice', title: 'operator', timezone: 'Asia/Seoul', locale: 'en-US' },
    { id: 'U0BOB', name: 'bob', title: 'approver', timezone: 'Europe/Berlin', locale: 'en-GB' },
    { id: 'U0MALLORY', name: 'mallory', title: 'no permissions', timezone: 'Asia/Seoul', locale: 'ko-KR' },
  ],
  channels: [
    { id: 'C0OPS', name: 'ops' },
    { id: 'D0ALICE', name: 'rollcall', direct: true },
  ],
  speed: 20,
  bots: [{ role: 'all', pid: 4711, state: 'running' }],
  fleet: idle(),
  faults: [],
  app: { id: 'U0ROLLCALL', name: 'Rollcall' },
  commands: [
    { command: '/asg', usage: 'deploy <service> <version>', description: 'Deploy and look after fleets' },
  ],
  calls: [],
})

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

/** Starts the fixture on a free port of the loopback. */
export const startFixture = async (): Promise<Fixture> => {
  const streams = new Set<ServerResponse>()
  const played: StreamEvent[] = []
  const posts: Posted[] = []
  const arrivals = new EventEmitter()
  const answers = new Map<string, ControlReply>()
  const write = (stream: ServerResponse, event: StreamEvent) =>
    stream.write(`data: ${JSON.stringify(event)}\n\n`)

  /** The fleet that was played last, as it were now. */
  let shown = { fleet: idle(), at: Date.now() }
  const fleetNow = () => ({
    ...shown.fleet,
    now: shown.fleet.now + (Date.now() - shown.at) * shown.fleet.speed,
  })

  let away = false
  const stream = (response: ServerResponse) => {
    if (away) return void response.destroy()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    write(response, hello())
    write(response, { type: 'messages', channel: 'C0OPS', messages: [], removed: [] })
    write(response, { type: 'view', view: null })
    for (const event of played) write(response, event)
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://fixture')
    if (url.pathname === '/control/stream' && url.searchParams.get('token') === token) {
      stream(response)
    } else if (url.pathname === '/control/fleet') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(fleetNow()))
    } else if (url.pathname.startsWith('/control/')) {
      const route = url.pathname.slice('/control/'.length) + url.search
      posts.push({
        method: request.method ?? '',
        route,
        authorization: request.headers.authorization,
        body: await readBody(request),
      })
      arrivals.emit('post')
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answers.get(route) ?? { ok: true }))
    } else if (!(await servePage(builtPage, url.pathname, response))) response.writeHead(404).end()
  }

  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/?token=${token}`,
    posted: async (route) => {
      for (;;) {
        const at = posts.findIndex((post) => post.route === route)
        const [found] = at < 0 ? [] : posts.splice(at, 1)
        if (found) return found
        await once(arrivals, 'post')
      }
    },
    play: (...events) => {
      played.push(...events)
      const last = events.findLast((event) => event.type === 'fleet')
      if (last) shown = { fleet: last.fleet, at: Date.now() }
      for (const one of streams) for (const event of events) write(one, event)
    },
    answer: (route, reply) => void answers.set(route, reply),
    goAway: () => {
      away = true
      for (const one of streams) one.destroy()
    },
    comeBack: () => {
      away = false
    },
    close: async () => {
      for (const one of streams) one.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
