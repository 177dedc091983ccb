import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { serveDoor } from '../../../src/adapters/http/door-server'
import type { ApiRequest, ApiResponse } from '../../../src/ports/api'

let server: Awaited<ReturnType<typeof serveDoor>>
let seen: ApiRequest[] = []
let answer: (request: ApiRequest) => Promise<ApiResponse>
const said = async (): Promise<ApiResponse> => ({
  status: 200,
  headers: { etag: 'W/"1"' },
  body: { said: '안녕' },
})

beforeAll(async () => {
  server = await serveDoor({
    port: 0,
    host: '127.0.0.1',
    door: (request) => {
      seen.push(request)
      return answer(request)
    },
  })
})
afterAll(() => server.close())
beforeEach(() => {
  seen = []
  answer = said
})
const url = () => `http://127.0.0.1:${server.port}`

test('a request comes as it was sent, and its answer is never kept', async () => {
  const body = JSON.stringify({ reason: '배포' })
  const response = await fetch(`${url()}/v1/operations?wait=5`, {
    method: 'POST',
    headers: { authorization: 'Bearer x', 'idempotency-key': 'k' },
    body,
  })
  expect(await response.json()).toEqual({ said: '안녕' })
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('etag')).toBe('W/"1"')
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
  expect(seen).toMatchObject([
    {
      method: 'POST',
      path: '/v1/operations',
      headers: { authorization: 'Bearer x', 'idempotency-key': 'k' },
      body: { text: body },
    },
  ])
  expect(seen[0]?.query.get('wait')).toBe('5')
})

test('an answer without a body has none', async () => {
  answer = async () => ({ status: 304, headers: {} })
  const response = await fetch(url())
  expect([response.status, await response.text()]).toEqual([304, ''])
})

test('of a body beyond 64 KiB the rest is not read, and the connection ends with the answer', async () => {
  const [status, connection] = await new Promise<[number | undefined, string | undefined]>(
    (resolve, reject) => {
      const request = httpRequest(url(), { method: 'POST' }, (response) => {
        response.resume()
        response.once('end', () => resolve([response.statusCode, response.headers.connection]))
      })
      request.once('error', reject)
      // It never ends: an answer comes all the same.
      request.write('x'.repeat(64 * 1_024 + 1))
    },
  )
  expect([status, connection]).toEqual([200, 'close'])
  expect(seen[0]?.body).toBe('too large')
})

test('who hangs up is gone, and who waits is let go when the server stops', async () => {
  const own = await serveDoor({
    port: 0,
    host: '127.0.0.1',
    door: (request) => {
      seen.push(request)
      return new Promise((resolve) =>
        request.gone.addEventListener('abort', () => resolve({ status: 304, headers: {} }), { once: true }),
      )
    },
  })
  const socket = connect(own.port, '127.0.0.1')
  socket.write('GET /v1/operations/web-aaaaa?wait=25 HTTP/1.1\r\nHost: door\r\n\r\n')
  const waiting = fetch(`http://127.0.0.1:${own.port}/v1/operations/web-bbbbb?wait=25`)
  const until = async (is: () => boolean) => {
    while (!is()) await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => seen.length === 2)
  const hungUp = seen.find(({ path }) => path.endsWith('aaaaa'))
  socket.destroy()
  await until(() => hungUp?.gone.aborted === true)
  await Promise.all([own.close(), waiting.then(({ status }) => expect(status).toBe(304))])
})
