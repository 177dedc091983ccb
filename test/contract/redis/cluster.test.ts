import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { StoreUnavailable } from '../../../src/ports/failure'
import { eventually, startRedis, type TestRedis } from '../../support/redis'
import { journalSuite } from '../journal.suite'

describe.each([
  ['met as one node', false],
  ['met as a cluster', true],
])('a store in cluster mode, %s', (_, cluster) => {
  let redis: TestRedis
  let store: ConnectedStore
  let now = 1_000
  const keep = 3
  const returns = 900
  beforeAll(async () => {
    redis = await startRedis({ cluster: true })
    const clock = { now: () => now, real: (span: number) => span }
    store = connectStore({ url: redis.url, cluster, clock, keep, returns })
    await store.ready(5_000)
  })
  afterAll(async () => {
    redis.thaw()
    await store.close()
    await redis.stop()
  })

  journalSuite(async () => {
    now = 1_000
    await redis.empty()
    return {
      ...store,
      pass: (ms) => void (now += ms),
      passReal: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      keep,
      returns,
    }
  })

  it('wakes and answers', async () => {
    expect(await store.health()).toMatchObject({ ok: true, durability: { promise: 'every write' } })
    const ticks: string[] = []
    const stop = await store.wakeups.work(async (id) => {
      ticks.push(id)
      return ticks.length < 2 ? { at: now + 100 } : undefined
    })
    await store.wakeups.wake('web-aaaaa')
    await eventually(() => ticks[1])
    await stop()
    const stopAnswering = await store.workerRpc.serve(async (question) => question)
    expect(await store.workerRpc.call('well?', 2_000)).toBe('well?')
    await stopAnswering()
  })

  it('is missed at once when it is frozen or dead, and found again', async () => {
    const missed = async () => {
      const before = performance.now()
      await expect(store.journal.unfinished()).rejects.toThrow(StoreUnavailable)
      await expect(store.wakeups.wake('web-aaaaa')).rejects.toThrow(StoreUnavailable)
      expect(performance.now() - before).toBeLessThan(2_500)
    }
    const found = () => eventually(() => store.journal.unfinished().catch(() => undefined))
    redis.freeze()
    await missed()
    redis.thaw()
    await found()
    await redis.kill()
    await missed()
    await redis.restart()
    await found()
    await eventually(() =>
      store.wakeups.wake('web-aaaaa').then(
        () => true,
        () => undefined,
      ),
    )
  })
})
