import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { durabilityOf } from '../../../src/adapters/redis/connection/durability'
import { StoreUnavailable } from '../../../src/ports/failure'
import { newOperation } from '../../support/operations'
import { root } from '../../support/pages'
import { eventually, startRedis, type TestRedis } from '../../support/redis'

const clock = { now: () => Date.now(), real: (span: number) => span }

describe('what the store promises', () => {
  it('is decided by its settings and its version', () => {
    const settings = { version: '7.0.15', appendOnly: true, fsync: 'always' }
    expect(durabilityOf(settings)).toEqual({ promise: 'every write' })
    expect(durabilityOf({ ...settings, fsync: 'everysec' })).toMatchObject({ promise: 'none' })
    expect(durabilityOf({ ...settings, version: '7.2.0', fsync: 'everysec' })).toEqual({
      promise: 'waited for',
    })
    expect(durabilityOf({ ...settings, version: '8.0.1', fsync: undefined })).toEqual({
      promise: 'waited for',
    })
    expect(durabilityOf({ ...settings, version: '7.2.0', appendOnly: false })).toMatchObject({
      promise: 'none',
    })
    // Whatever the disk of the primary holds, what takes over is the replica.
    expect(durabilityOf({ ...settings, replicas: 1 })).toEqual({ promise: 'waited for', replicas: 1 })
    expect(durabilityOf({ ...settings, version: '7.2.0', fsync: 'everysec', replicas: 2 })).toEqual({
      promise: 'waited for',
      replicas: 1,
      disk: true,
    })
    expect(durabilityOf({ ...settings, fsync: 'everysec', replicas: 1 })).toMatchObject({ promise: 'none' })
  })

  it('is what its operator states, where it says nothing of itself', () => {
    const silent = { version: '0', appendOnly: false, fsync: undefined }
    expect(durabilityOf({ ...silent, stated: 'sync' })).toEqual({ promise: 'every write', stated: 'sync' })
    expect(durabilityOf({ ...silent, stated: 'async' })).toMatchObject({
      promise: 'none',
      why: expect.stringContaining('the last ten seconds'),
    })
    expect(durabilityOf({ ...silent, stated: 'none' })).toMatchObject({ promise: 'none' })
  })
})

/** The words of the ACL command that docs/operations.md gives, with this password. */
const documented = (password: string): readonly string[] => {
  const [, line = ''] =
    /^redis-cli ACL (SETUSER .*)$/m.exec(readFileSync(join(root, 'docs/operations.md'), 'utf8')) ?? []
  return line.replace('…', password).replaceAll("'", '').split(' ')
}

describe('the health of the store', () => {
  let redis: TestRedis
  let store: ConnectedStore
  let raw: Redis
  beforeAll(async () => {
    redis = await startRedis()
    raw = new Redis(redis.url)
  })
  beforeEach(async () => {
    await redis.empty()
    store = connectStore({ url: redis.url, clock })
    await store.ready(5_000)
  })
  afterEach(() => store.close())
  afterAll(async () => {
    raw.disconnect()
    await redis.stop()
  })

  it('is good, with nothing to warn of, where every write is on disk and nothing is evicted', async () => {
    expect(await store.health()).toEqual({
      ok: true,
      roundTrip: expect.any(Number),
      durability: { promise: 'every write' },
      warnings: [],
    })
  })

  it('warns where acknowledged commands may be lost', async () => {
    await raw.config('SET', 'appendfsync', 'everysec')
    await raw.config('SET', 'maxmemory-policy', 'allkeys-lru')
    const health = await store.health()
    await raw.config('SET', 'appendfsync', 'always')
    await raw.config('SET', 'maxmemory-policy', 'noeviction')
    expect(health).toMatchObject({ ok: true, durability: { promise: 'none' } })
    expect(health.ok && health.warnings).toEqual([
      expect.stringContaining('set `appendfsync always`'),
      expect.stringContaining('set `maxmemory-policy noeviction` (it is allkeys-lru)'),
    ])
  })

  it('is found out where CONFIG is forbidden, and all works with an ACL of the own keys only', async () => {
    await raw.call('ACL', ...documented('password'), '-config|get')
    const limited = connectStore({ url: redis.url.replace('//', '//rollcall:password@'), clock })
    await limited.ready(5_000)
    expect(await limited.health()).toMatchObject({ ok: true, durability: { promise: 'none' } })
    await limited.journal.create(newOperation('web-aaaaa'), 'd1')
    const ticks: string[] = []
    const stop = await limited.wakeups.work(async (id) => {
      ticks.push(id)
      await limited.journal.acquireLease(id)
      return undefined
    })
    await limited.wakeups.wake('web-aaaaa')
    await eventually(() => ticks[0])
    const stopAnswering = await limited.workerRpc.serve(async () => 'yes')
    expect(await limited.workerRpc.call('well?', 2_000)).toBe('yes')
    await stopAnswering()
    await stop()
    await limited.close()
  })

  it('lets a record that it cannot read be seen as such, never as absent', async () => {
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    await raw.hset('{rollcall}:operation:web-aaaaa', 'version', '99')
    await expect(store.journal.read('web-aaaaa')).rejects.toThrow('web-aaaaa cannot be read')
    await expect(store.journal.acquireLease('web-aaaaa')).rejects.toThrow('web-aaaaa cannot be read')
    await raw.hset('{rollcall}:operation:web-aaaaa', 'version', '1', 'head', '{"half":')
    await expect(store.journal.read('web-aaaaa')).rejects.toThrow('web-aaaaa cannot be read')
    await raw.set('{rollcall}:operation:web-bbbbb', 'something else')
    await expect(store.journal.read('web-bbbbb')).rejects.toThrow('web-bbbbb cannot be read')
    await raw.hset('{rollcall}:locks', 'lock:web', 'not JSON')
    expect(await store.locks.of('web')).toMatchObject([{ kind: 'lock', service: 'web' }])
  })

  it('keeps apart what has different prefixes', async () => {
    const other = connectStore({ url: redis.url, clock, prefix: 'staging' })
    await other.ready(5_000)
    await other.journal.create(newOperation('web-aaaaa'), 'd1')
    expect(await store.journal.unfinished()).toEqual([])
    expect(await store.journal.create(newOperation('web-aaaaa'), 'd1')).toMatchObject({ created: true })
    await other.close()
  })

  it('leaves nothing of an operation behind that nobody will look at, but what is meant to stay', async () => {
    const small = connectStore({ url: redis.url, clock, keep: 1 })
    await small.ready(5_000)
    const stop = await small.wakeups.work(async (id) => {
      const taken = await small.journal.acquireLease(id)
      if (taken && taken.operation.ending === undefined)
        await small.journal.write(taken.lease, { ending: { kind: 'succeeded', at: 1, left: [] } })
      return undefined
    })
    for (const id of ['web-aaaaa', 'web-bbbbb', 'web-ccccc']) {
      await small.journal.create(newOperation(id), id)
      await small.posts.put(id, { channel: 'C', ts: '1', shown: '', logged: 0 })
      await small.wakeups.wake(id)
      await eventually(async () => ((await small.journal.unfinished()).length === 0 ? true : undefined))
    }
    const forgotten = async () => {
      const keys = await raw.keys('*')
      return keys.filter((key) => /web-(aaaaa|bbbbb)/.test(key) && !/delivery|wake:/.test(key))
    }
    await eventually(async () => ((await forgotten()).length === 0 ? true : undefined))
    for (const key of await raw.keys('{rollcall}:wake:*')) expect(await raw.pttl(key)).toBeGreaterThan(0)
    for (const key of await raw.keys('{rollcall}:delivery:*')) expect(await raw.pttl(key)).toBeGreaterThan(0)
    await stop()
    await small.close()
  })
})

describe('a store that does not live yet', () => {
  it('is waited for: the bot starts without it, and works when it comes', async () => {
    const redis = await startRedis()
    await redis.kill()
    const store = connectStore({ url: redis.url, clock })
    await expect(store.ready(200)).rejects.toThrow(StoreUnavailable)
    await expect(store.wakeups.wake('web-aaaaa')).rejects.toThrow(StoreUnavailable)
    expect(await store.health()).toMatchObject({ ok: false })
    const ticks: string[] = []
    const stop = await store.wakeups.work(async (id) => {
      ticks.push(id)
      return undefined
    })
    await redis.restart()
    await store.ready(5_000)
    await store.wakeups.wake('web-aaaaa')
    await eventually(() => ticks[0])
    await stop()
    await store.close()
    await redis.stop()
  })
})
