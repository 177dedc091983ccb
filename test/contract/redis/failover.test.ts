import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { StoreUnavailable, Superseded } from '../../../src/ports/failure'
import { newOperation } from '../../support/operations'
import { lossyProxy } from '../../support/lossy-proxy'
import { eventually, freePort, startRedis, type TestRedis } from '../../support/redis'

const clock = { now: () => Date.now(), real: (span: number) => span }

/** A redis-server with settings of its own, killed at the end. */
const serve = async (settings: Readonly<Record<string, string>>) => {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-failover-'))
  const port = await freePort()
  const all = { port: String(port), bind: '127.0.0.1', dir, save: '', ...settings }
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...value.split(' ')])
  const server = spawn('redis-server', args, { stdio: 'ignore' })
  return { port, url: `redis://127.0.0.1:${port}`, stop: () => end(server, dir) }
}
const end = async (server: ChildProcess, dir: string) => {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  await rm(dir, { recursive: true, force: true })
}
const durable = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' }

const replicated = async (port: number) => {
  const client = new Redis(port, '127.0.0.1')
  client.on('error', () => {})
  await eventually(async () => {
    const info = await client.info('replication').catch(() => '')
    return /slave0:[^\r]*state=online/.test(info) || undefined
  })
  client.disconnect()
}

/** A Sentinel over the primary at a port, which knows its replica. */
const watching = async (primary: number) => {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-sentinel-'))
  const port = await freePort()
  const file = join(dir, 'sentinel.conf')
  await writeFile(
    file,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${dir}`,
      `sentinel monitor main 127.0.0.1 ${primary} 1`,
      'sentinel down-after-milliseconds main 3000',
      'sentinel failover-timeout main 3000',
    ].join('\n'),
  )
  const server = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' })
  const asked = new Redis(port, '127.0.0.1')
  asked.on('error', () => {})
  await eventually(async () => {
    const known = await asked.call('SENTINEL', 'REPLICAS', 'main').catch(() => [])
    return (Array.isArray(known) && known.length === 1) || undefined
  }, 20_000)
  // A Sentinel whose own clock was starved does nothing for 30 s (Redis Sentinel, "TILT mode"), which a busy machine brings
  // about; since Redis 7.0 that can be set shorter for a test.
  await asked.call('SENTINEL', 'DEBUG', 'TILT-PERIOD', '1000').catch(() => undefined)
  const stop = async () => {
    asked.disconnect()
    await end(server, dir)
  }
  return { port, asked, stop }
}

/** An operation of the store's, once it takes one. Each attempt is another: what was answered too late is taken back. */
const created = (store: ConnectedStore, prefix: string) => {
  let attempt = 1_000
  return eventually(() => {
    const id = `${prefix}${attempt++}`
    return store.journal.create(newOperation(id), id).catch(() => undefined)
  }, 150_000)
}

describe('a store with a replica', () => {
  test('found by Sentinel goes on when the primary is killed, and all that is unfinished is looked at again', async () => {
    const primary = await serve(durable)
    const replica = await serve({ ...durable, replicaof: `127.0.0.1 ${primary.port}` })
    await replicated(primary.port)
    const sentinel = await watching(primary.port)

    const said: string[] = []
    const url = `redis+sentinel://127.0.0.1:${sentinel.port}/main`
    let changedAt = 0
    const store = connectStore({ url, clock, log: (event) => void said.push(event) })
    const unsubscribe = store.onChangedHands(() => (changedAt = Date.now()))
    await store.ready(10_000)
    const ticked: string[] = []
    let early = 0
    const stop = await store.wakeups.work(async (id) => {
      ticked.push(id)
      if (changedAt > 0 && Date.now() - changedAt < 29_000) early += 1
      return undefined
    })
    const before = await created(store, 'web-1')
    await primary.stop()
    const after = await created(store, 'web-2')
    expect(await store.journal.read(before.id)).toMatchObject({ phase: 'planning' })
    await eventually(() => said.some((event) => event.includes('changed hands')) || undefined)
    await eventually(() => (ticked.includes(before.id) && ticked.includes(after.id)) || undefined, 90_000)
    // Nothing is carried on before what was done last can be seen in AWS.
    expect(early).toBe(0)
    unsubscribe()
    await stop()
    await store.close()
    // Nothing of ours goes on watching the sentinel: neither what we opened nor the copies that BullMQ made.
    await eventually(async () => {
      const left = String(await sentinel.asked.call('CLIENT', 'LIST'))
        .trim()
        .split('\n')
      return left.length === 1 || undefined
    }, 20_000)
    await sentinel.stop()
    await replica.stop()
  }, 300_000)

  test('is looked for again where the failover is told while it is looked for already', async () => {
    const primary = await serve(durable)
    const replica = await serve({ ...durable, replicaof: `127.0.0.1 ${primary.port}` })
    await replicated(primary.port)
    const sentinel = await watching(primary.port)
    const proxy = await lossyProxy(sentinel.port)
    const store = connectStore({ url: `redis+sentinel://127.0.0.1:${proxy.port}/main`, clock })
    await store.ready(10_000)
    await eventually(
      async () => / sub=1 /.test(String(await sentinel.asked.call('CLIENT', 'LIST'))) || undefined,
    )

    proxy.hold()
    const breaker = new Redis(primary.port, '127.0.0.1')
    await breaker.call('CLIENT', 'KILL', 'TYPE', 'normal')
    breaker.disconnect()
    await eventually(() => proxy.held() > 0 || undefined)
    const listener = new Redis(sentinel.port, '127.0.0.1')
    await listener.subscribe('+switch-master')
    const switched = once(listener, 'message')
    await sentinel.asked.call('SENTINEL', 'FAILOVER', 'main')
    await switched
    listener.disconnect()
    proxy.restore()

    await created(store, 'web-1')
    await store.close()
    await proxy.close()
    await sentinel.stop()
    await replica.stop()
    await primary.stop()
  }, 200_000)

  // Last, for ioredis keeps a timer of two seconds after a failover, on which the end of a worker would wait.
  test('promises what a failover keeps: a replica confirms; without it, it says so once and goes on by its disk', async () => {
    const primary = await serve(durable)
    const replica = await serve({ ...durable, replicaof: `127.0.0.1 ${primary.port}` })
    await replicated(primary.port)
    const store = connectStore({ url: primary.url, clock })
    await store.ready(5_000)
    expect(await store.health()).toMatchObject({ durability: { promise: 'waited for', replicas: 1 } })
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    const copy = new Redis(replica.port, '127.0.0.1')
    expect(await copy.exists('{rollcall}:operation:web-aaaaa')).toBe(1)
    copy.disconnect()

    const { lease } = (await store.journal.acquireLease('web-aaaaa')) ?? {}
    if (!lease) throw new Error('no operation')
    const step = { key: 'fleet/raise', order: 1, startedAt: clock.now() }
    await store.journal.write(lease, { step: { ...step, state: 'waiting' } })
    await replica.stop()
    // Nothing is begun in AWS that only one store knows of; what is seen of it may be looked at again.
    await expect(store.journal.write(lease, { step: { ...step, state: 'intended' } })).rejects.toThrow(
      StoreUnavailable,
    )
    await eventually(() => store.journal.create(newOperation('web-bbbbb'), 'd2').catch(() => undefined))
    expect(await store.health()).toMatchObject({ durability: { promise: 'every write' } })
    await store.close()
    await primary.stop()
  }, 30_000)
})

describe('a store that lost its newest writes', () => {
  let redis: TestRedis
  let store: ConnectedStore
  beforeAll(async () => {
    redis = await startRedis()
    store = connectStore({ url: redis.url, clock })
    await store.ready(5_000)
  })
  afterAll(async () => {
    await store.close()
    await redis.stop()
  })

  test('gives out no fence twice: who holds one of before writes nothing', async () => {
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    const raw = new Redis(redis.url)
    const before = await store.journal.acquireLease('web-aaaaa')
    if (!before) throw new Error('not there')
    // Its record as it was before that lease was given.
    await raw.hset('{rollcall}:operation:web-aaaaa', 'fence', 0)
    raw.disconnect()
    const after = await store.journal.acquireLease('web-aaaaa')
    expect(after?.lease.fence).toBeGreaterThan(before.lease.fence)
    await expect(store.journal.write(before.lease, { phase: 'running' })).rejects.toThrow(Superseded)
  })
})
