import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { Registry } from 'prom-client'
import { serveHttp } from '../../src/adapters/http/server'
import { serveDoor } from '../../src/adapters/http/door-server'

type Served = Awaited<ReturnType<typeof serveHttp>>

const loopback = { port: 0, host: '127.0.0.1' }
const servers: Readonly<Record<string, () => Promise<Served>>> = {
  'health and metrics': () =>
    serveHttp({
      ...loopback,
      own: { metrics: new Registry(), ready: async () => ({ ok: true, facts: {} }) },
      take: () => false,
    }),
  'the door': () =>
    serveDoor({
      ...loopback,
      door: async ({ path }) => ({ status: path === '/healthz' ? 200 : 404, headers: {} }),
    }),
}

/** A request line as it is, and the status of its answer. */
const asked = async (port: number, target: string): Promise<number> => {
  const socket = connect(port, '127.0.0.1')
  socket.end(`GET ${target} HTTP/1.1\r\nHost: rollcall\r\nConnection: close\r\n\r\n`)
  return Number(/^HTTP\/1\.1 (\d+)/.exec(await text(socket))?.[1])
}

describe.each(Object.entries(servers))('the server of %s', (_, serve) => {
  let server: Served
  beforeAll(async () => {
    server = await serve()
  })
  afterAll(() => server.close())

  test.each([
    '//',
    '//healthz',
    '///',
    '/%',
    '/%ff',
    '/?',
    '/\\',
    '*',
    'http://',
    'http://[',
    '/healthz/..//',
  ])('answers GET %s as what it does not have, and goes on', async (target) => {
    expect(await asked(server.port, target)).toBeGreaterThanOrEqual(400)
    expect(await asked(server.port, target)).toBeLessThan(500)
    expect(await asked(server.port, '/healthz')).toBe(200)
  })

  test('serves again when hundreds who say nothing have hung up', async () => {
    const silent: Socket[] = []
    for (let nth = 0; nth < 300; nth++) silent.push(connect(server.port, '127.0.0.1').on('error', () => {}))
    await Promise.all(silent.filter(({ connecting }) => connecting).map((socket) => once(socket, 'connect')))
    for (const socket of silent) socket.destroy()
    const again = async (): Promise<number> => {
      const status = await asked(server.port, '/healthz')
      return Number.isNaN(status) ? again() : status
    }
    expect(await again()).toBe(200)
  })
})
