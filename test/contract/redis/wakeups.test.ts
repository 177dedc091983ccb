import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import type { Next } from '../../../src/ports/wakeups'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { keysOf } from '../../../src/adapters/redis/connection/keys'
import { storeOn } from '../../../src/adapters/redis/connection/store'
import { reconcile } from '../../../src/adapters/redis/queue/reconciler'
import { newOperation } from '../../support/operations'
import { eventually, startRedis, type TestRedis } from '../../support/redis'

const clock = { now: () => Date.now(), real: (span: number) => span }
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

describe('wake-ups', () => {
  let redis: TestRedis
  let store: ConnectedStore
  let stop: () => Promise<void>
  beforeAll(async () => {
    redis = await startRedis()
  })
  beforeEach(async () => {
    await redis.empty()
    store = connectStore({ url: redis.url, clock })
    stop = async () => {}
    await store.ready(5_000)
  })
  afterEach(async () => {
    await stop()
    await store.close()
  })
  afterAll(() => redis.stop())

  /** Works with ticks that are recorded: when each began and ended. */
  const working = async (tick: (id: string, count: number, signal: AbortSignal) => Promise<Next> | Next) => {
    const ticks: { id: string; began: number; ended?: number }[] = []
    stop = await store.wakeups.work(async (id, signal) => {
      const record: (typeof ticks)[number] = { id, began: performance.now() }
      ticks.push(record)
      try {
        return await tick(id, ticks.filter((known) => known.id === id).length, signal)
      } finally {
        record.ended = performance.now()
      }
    })
    const ofId = (id: string) => ticks.filter((record) => record.id === id)
    const nth = (id: string, count: number, limit = 5_000) => eventually(() => ofId(id)[count - 1], limit)
    const overlapping = () =>
      ticks.some((a) =>
        ticks.some(
          (b) =>
            a !== b && a.id === b.id && a.began < (b.ended ?? Infinity) && b.began < (a.ended ?? Infinity),
        ),
      )
    return { ticks, ofId, nth, overlapping }
  }

  it('ticks what is woken, at once', async () => {
    const { nth } = await working(() => undefined)
    await store.wakeups.wake('web-warm0')
    await nth('web-warm0', 1)
    const woken = performance.now()
    await store.wakeups.wake('web-aaaaa')
    expect((await nth('web-aaaaa', 1)).began - woken).toBeLessThan(1_000)
  })

  it('ticks what was woken before anybody worked', async () => {
    await store.wakeups.wake('web-aaaaa')
    const { nth } = await working(() => undefined)
    await nth('web-aaaaa', 1)
  })

  it('comes again when the tick said, and not again when it said nothing', async () => {
    const { nth, ofId } = await working((_, count) => (count < 3 ? { at: Date.now() + 300 } : undefined))
    await store.wakeups.wake('web-aaaaa')
    const [first, second, third] = [
      await nth('web-aaaaa', 1),
      await nth('web-aaaaa', 2),
      await nth('web-aaaaa', 3),
    ]
    for (const between of [second.began - first.began, third.began - second.began]) {
      expect(between).toBeGreaterThan(290)
      expect(between).toBeLessThan(1_500)
    }
    await pause(700)
    expect(ofId('web-aaaaa')).toHaveLength(3)
  })

  it('waits in real time what the clock says', async () => {
    const quick = connectStore({
      url: redis.url,
      clock: { now: () => 1_000_000, real: (span) => span / 20 },
    })
    await quick.ready(5_000)
    const begun: number[] = []
    const stopQuick = await quick.wakeups.work(async () => {
      begun.push(performance.now())
      return begun.length < 2 ? { at: 1_006_000 } : undefined
    })
    await quick.wakeups.wake('web-aaaaa')
    await eventually(() => begun[1])
    const [first = 0, second = 0] = begun
    expect(second - first).toBeGreaterThan(290)
    expect(second - first).toBeLessThan(3_000)
    await stopQuick()
    await quick.close()
  })

  it('ticks once more, afterwards, when woken while a tick runs', async () => {
    let finish: () => void = () => {}
    const { nth, ofId, overlapping } = await working((_, count) =>
      count === 1 ? new Promise((resolve) => (finish = () => resolve(undefined))) : undefined,
    )
    await store.wakeups.wake('web-aaaaa')
    await nth('web-aaaaa', 1)
    await store.wakeups.wake('web-aaaaa')
    await store.wakeups.wake('web-aaaaa')
    await pause(400)
    expect(ofId('web-aaaaa')).toHaveLength(1)
    finish()
    await nth('web-aaaaa', 2, 1_000)
    expect(overlapping()).toBe(false)
  })

  it('wakes a sleeping operation now, and lets it sleep in one place only', async () => {
    const { nth, ofId } = await working((_, count) => (count < 3 ? { at: Date.now() + 3_000 } : undefined))
    await store.wakeups.wake('web-aaaaa')
    const first = await nth('web-aaaaa', 1)
    await pause(300)
    await store.wakeups.wake('web-aaaaa')
    const second = await nth('web-aaaaa', 2)
    expect(second.began - first.began).toBeLessThan(2_990)
    // The old sleeper would come three seconds after the first tick; only the new one may, after the second.
    const third = await nth('web-aaaaa', 3)
    expect(third.began - second.began).toBeGreaterThan(2_990)
    expect(ofId('web-aaaaa')).toHaveLength(3)
  })

  it('loses no wake, whatever comes when: a tick begins after each', async () => {
    const operations = Array.from({ length: 20 }, (_, index) => `web-${10_000 + index}`)
    const said = new Map<string, number>()
    const seen = new Map<string, number>()
    const { overlapping, ticks, nth } = await working(async (id) => {
      seen.set(id, said.get(id) ?? 0)
      await pause(Math.random() * 30)
      return Math.random() < 0.5 ? { at: Date.now() + Math.random() * 100 } : undefined
    })
    const talk = async (id: string) => {
      for (let turn = 0; turn < 15; turn += 1) {
        said.set(id, (said.get(id) ?? 0) + 1)
        await store.wakeups.wake(id)
        await pause(Math.random() * 60)
        // However slow the machine is, some of it comes after a tick.
        if (turn === 7) await nth(id, 1, 20_000)
      }
    }
    await Promise.all(operations.flatMap((id) => [talk(id), talk(id)]))
    await eventually(() => operations.every((id) => seen.get(id) === 30) || undefined, 10_000)
    expect(overlapping()).toBe(false)
    expect(ticks.length).toBeGreaterThan(operations.length)
  }, 40_000)

  it('ticks again when a tick failed', async () => {
    const { nth } = await working((_, count) => {
      if (count === 1) throw new Error('a surprise')
      return undefined
    })
    await store.wakeups.wake('web-aaaaa')
    const first = await nth('web-aaaaa', 1)
    expect((await nth('web-aaaaa', 2)).began - first.began).toBeLessThan(4_000)
  })

  it('wakes again what sleeps on long after it was due, and lets others sleep', async () => {
    const client = new Redis(redis.url)
    const keys = keysOf('rollcall')
    const queue = new Queue('wakeups', { connection: client, prefix: keys.tag })
    const sleeper = (id: string, delay: number) =>
      queue.add('wake', { operation: id, seq: 1 }, { jobId: `${id}-1`, delay })
    for (const id of ['web-aaaaa', 'web-bbbbb']) await store.journal.create(newOperation(id), id)
    await client.del(keys.attention)
    await sleeper('web-aaaaa', 1_000)
    await sleeper('web-bbbbb', 600_000)
    // Nobody works, so nobody promotes it; what was to be a second from now is a minute ago.
    await client.zincrby(queue.toKey('delayed'), -61_000 * 0x1000, 'web-aaaaa-1')
    const woken: string[] = []
    const stopReconciling = reconcile({
      store: storeOn(client, keys),
      queue,
      wake: async (id) => void woken.push(id),
      log: () => {},
    })
    await eventually(() => (woken.length > 0 ? true : undefined), 10_000)
    await stopReconciling()
    expect(woken).toEqual(['web-aaaaa'])
    await queue.close()
    client.disconnect()
  }, 20_000)

  it('does not let a thousand sleepers starve a newcomer', async () => {
    const { ticks, nth } = await working((id) =>
      id === 'web-newly' ? undefined : { at: Date.now() + 10_000 },
    )
    const sleepers = Array.from({ length: 1_000 }, (_, index) => `web-${10_000 + index}`)
    for (let index = 0; index < sleepers.length; index += 100)
      await Promise.all(sleepers.slice(index, index + 100).map((id) => store.wakeups.wake(id)))
    await eventually(() => (ticks.length >= 1_000 ? true : undefined), 20_000)
    const woken = performance.now()
    await store.wakeups.wake('web-newly')
    expect((await nth('web-newly', 1)).began - woken).toBeLessThan(2_000)
  }, 40_000)

  it('stops gracefully: running ticks end, no new ones begin', async () => {
    let finish: () => void = () => {}
    const { nth, ticks } = await working(() => new Promise((resolve) => (finish = () => resolve(undefined))))
    await store.wakeups.wake('web-aaaaa')
    await nth('web-aaaaa', 1)
    const stopped = stop()
    await store.wakeups.wake('web-bbbbb')
    finish()
    await stopped
    stop = async () => {}
    expect(ticks.map(({ id, ended }) => [id, ended !== undefined])).toEqual([['web-aaaaa', true]])
  })
})
