import { rm } from 'node:fs/promises'
import { Redis } from 'ioredis'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { StoreUnavailable } from '../../../src/ports/failure'
import { disguised } from '../../support/disguised-redis'
import { newOperation, newSignal } from '../../support/operations'
import { eventually, startRedis, type TestRedis } from '../../support/redis'

const clock = { now: () => Date.now(), real: (span: number) => span }
const lock = { kind: 'lock', service: 'web', why: '', by: { user: 'U', team: 'T' }, since: 0 } as const

describe('a store that lives and refuses', () => {
  let redis: TestRedis
  let store: ConnectedStore
  /** Somebody with all rights, on a connection of before. */
  let operator: Redis
  beforeEach(async () => {
    redis = await startRedis()
    operator = new Redis(redis.url)
    operator.on('error', () => {})
    await operator.call('ACL', 'SETUSER', 'rollcall', 'on', '>secret', '~*', '&*', '+@all')
    const own = redis.url.replace('redis://', 'redis://rollcall:secret@')
    store = connectStore({ url: own, clock })
    await store.ready(5_000)
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    await store.wakeups.wake('web-aaaaa')
  })
  afterEach(async () => {
    await store.close()
    operator.disconnect()
    await redis.stop()
  })

  /** Lua scripts, a pipeline, BullMQ's own scripts, and single commands. */
  const writes = (): readonly [string, () => Promise<unknown>][] => [
    ['create', () => store.journal.create(newOperation('web-bbbbb'), 'another')],
    ['acquireLease', () => store.journal.acquireLease('web-aaaaa')],
    ['signal', () => store.journal.signal('web-aaaaa', newSignal('click'))],
    ['lock', () => store.locks.set(lock)],
    ['wake', () => store.wakeups.wake('web-aaaaa')],
    ['ask', () => store.workerRpc.call('status', 1_200)],
  ]

  const clientsGo = () => operator.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  test.each<[string, string, () => Promise<unknown>, () => Promise<unknown>]>([
    [
      'has no memory left (OOM)',
      'OOM',
      () => operator.config('SET', 'maxmemory', '1'),
      () => operator.config('SET', 'maxmemory', '0'),
    ],
    [
      'has become a replica (READONLY)',
      'READONLY',
      () => operator.replicaof('127.0.0.1', 1),
      () => operator.replicaof('NO', 'ONE'),
    ],
    [
      'cannot write its snapshots (MISCONF)',
      'MISCONF',
      async () => {
        const [, directory = ''] = await operator.config('GET', 'dir')
        await operator.config('SET', 'save', '3600 1')
        await rm(directory, { recursive: true })
        await operator.bgsave()
        await eventually(async () =>
          (await operator.info('persistence')).includes('rdb_last_bgsave_status:err') ? true : undefined,
        )
      },
      () => operator.config('SET', 'stop-writes-on-bgsave-error', 'no'),
    ],
    [
      'gives the user no right to write (NOPERM)',
      'NOPERM',
      () => operator.call('ACL', 'SETUSER', 'rollcall', '-@write', '-eval', '-evalsha', '-publish'),
      () => operator.call('ACL', 'SETUSER', 'rollcall', '+@all'),
    ],
    [
      'gives the scripts no right to write (NOPERM inside them)',
      'NOPERM',
      () =>
        operator.call(
          'ACL',
          'SETUSER',
          'rollcall',
          '-hset',
          '-hsetnx',
          '-zadd',
          '-set',
          '-publish',
          '-hincrby',
          '-zrem',
          '-hdel',
          '-rpush',
        ),
      () => operator.call('ACL', 'SETUSER', 'rollcall', '+@all'),
    ],
  ])(
    'that %s is an outage to everything that writes, and over when it takes writes again',
    async (_, code, refuse, mend) => {
      await refuse()
      for (const [name, attempt] of writes()) {
        const error = await attempt().then(
          () => 'done',
          (error: unknown) => error,
        )
        expect([name, error]).toEqual([name, expect.any(StoreUnavailable)])
        if (name !== 'ask') expect(String(error)).toMatch(new RegExp(`${code}|not connected|connection`))
      }
      await mend()
      await eventually(
        () =>
          store.journal.create(newOperation('web-ccccc'), 'd3').then(
            () => true,
            () => undefined,
          ),
        10_000,
      )
      await store.wakeups.wake('web-ccccc')
    },
  )

  it('that takes no more clients is an outage, and over when it takes some', async () => {
    await operator.config('SET', 'maxclients', '1')
    await clientsGo()
    await eventually(async () => ((await store.health()).ok ? undefined : true))
    for (const [name, attempt] of writes()) {
      const error = await attempt().catch((error: unknown) => error)
      expect([name, error]).toEqual([name, expect.any(StoreUnavailable)])
    }
    await operator.config('SET', 'maxclients', '10000')
    await eventually(async () => ((await store.health()).ok ? true : undefined), 10_000)
    expect(await store.journal.unfinished()).toEqual(['web-aaaaa'])
  })
})

describe('a store that is older than what Rollcall is tested with', () => {
  let redis: TestRedis
  let old: Awaited<ReturnType<typeof disguised>>
  let store: ConnectedStore
  beforeAll(async () => {
    redis = await startRedis()
    old = await disguised(redis.port, '6.2.14')
    store = connectStore({ url: old.url, clock })
    await store.ready(5_000)
  })
  afterAll(async () => {
    await store.close()
    old.close()
    await redis.stop()
  })

  it('is named with its version and what would do', async () => {
    const why = 'it is Redis 6.2.14: Rollcall works with Redis 7.0 or newer, or Valkey'
    expect(await store.unsupported()).toBe(why)
    expect(await store.health()).toEqual({ ok: false, why: `the store cannot be used: ${why}` })
  })

  it('acknowledges nothing', async () => {
    await expect(store.journal.create(newOperation('web-bbbbb'), 'd1')).rejects.toThrow('Redis 6.2.14')
  })
})
