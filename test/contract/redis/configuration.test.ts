import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { newOperation } from '../../support/operations'
import { root } from '../../support/pages'
import { eventually, freePort } from '../../support/redis'

const clock = { now: () => Date.now(), real: (span: number) => span }

describe('a Redis with the settings of deploy/redis.conf', () => {
  let directory: string
  let port: number
  let server: ChildProcess
  let store: ConnectedStore

  const start = () => {
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory]
    return spawn('redis-server', [join(root, 'deploy/redis.conf'), ...own], { stdio: 'ignore' })
  }
  const kill = async () => {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rollcall-conf-'))
    port = await freePort()
    server = start()
    store = connectStore({ url: `redis://127.0.0.1:${port}`, prefix: 'configuration', clock })
    await store.ready(10_000)
  })
  afterAll(async () => {
    await store.close()
    await kill()
    await rm(directory, { recursive: true, force: true })
  })

  test('promises every write, and is warned of nothing', async () => {
    expect(await store.health()).toMatchObject({
      ok: true,
      durability: { promise: 'every write' },
      warnings: [],
    })
  })

  test('has what it acknowledged after it was killed', async () => {
    const operation = newOperation('web-conf1')
    await store.journal.create(operation, 'delivery-1')
    await kill()
    server = start()
    const back = await eventually(() => store.journal.read(operation.id).catch(() => undefined))
    expect(back.request).toEqual(operation.request)
  })
})
