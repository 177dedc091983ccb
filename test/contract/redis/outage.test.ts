import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { StoreUnavailable } from '../../../src/ports/failure'
import { newOperation, newSignal } from '../../support/operations'
import { lossyProxy, type LossyProxy } from '../../support/lossy-proxy'
import { eventually, freePort, startRedis, type TestRedis } from '../../support/redis'

const clock = { now: () => Date.now(), real: (span: number) => span }

/** How an attempt ended, and after how many real milliseconds. */
const timed = async (attempt: () => Promise<unknown>) => {
  const before = performance.now()
  const error = await attempt().then(
    () => undefined,
    (error: unknown) => error,
  )
  return { error, took: performance.now() - before }
}

describe('an outage of the store', () => {
  let redis: TestRedis
  let store: ConnectedStore
  beforeEach(async () => {
    redis = await startRedis()
    store = connectStore({ url: redis.url, clock })
    await store.ready(5_000)
  })
  afterEach(async () => {
    redis.thaw()
    await store.close()
    await redis.stop()
  })
  const everything = (): [string, () => Promise<unknown>][] => [
    ['create', () => store.journal.create(newOperation('web-bbbbb'), 'another')],
    ['read', () => store.journal.read('web-aaaaa')],
    ['takePen', () => store.journal.acquireLease('web-aaaaa')],
    ['signal', () => store.journal.signal('web-aaaaa', newSignal('click'))],
    ['line', () => store.journal.queue('web')],
    ['unfinished', () => store.journal.unfinished()],
    ['history', () => store.journal.readableHistory(undefined, 5)],
    ['takeChanged', () => store.journal.takeChanged(5)],
    ['locks', () => store.locks.of('web')],
    ['posts', () => store.posts.get('web-aaaaa')],
    ['people', () => store.people.groupsOf('U0ALICE', ['S0OPS'])],
    ['wake', () => store.wakeups.wake('web-aaaaa')],
    ['ask', () => store.workerRpc.call('status', 1_200)],
  ]
  const answers = () =>
    eventually(
      () =>
        store.journal.unfinished().then(
          (ids) => ids,
          () => undefined,
        ),
      5_000,
    )

  it('is said at once by everything while the store is down, and over when it is back', async () => {
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    await redis.kill()
    await eventually(async () => ((await store.health()).ok ? undefined : true))
    for (const [name, attempt] of everything()) {
      const { error, took } = await timed(attempt)
      expect([name, error]).toEqual([name, expect.any(StoreUnavailable)])
      expect([name, took < 1_500]).toEqual([name, true])
    }
    await redis.restart()
    expect(await answers()).toEqual(['web-aaaaa'])
    await store.wakeups.wake('web-aaaaa')
  })

  it('is said within a second and a half by everything while the store is frozen', async () => {
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    await store.workerRpc.call('warm', 50).catch(() => undefined)
    redis.freeze()
    const outcomes = await Promise.all(
      everything().map(async ([name, attempt]) => ({ name, ...(await timed(attempt)) })),
    )
    for (const { name, error, took } of outcomes) {
      expect([name, error]).toEqual([name, expect.any(StoreUnavailable)])
      expect([name, took < 1_500]).toEqual([name, true])
    }
  })

  it('does nothing half: what was refused while frozen does not happen after the thaw', async () => {
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    redis.freeze()
    const refused = await Promise.all([
      timed(() => store.journal.create(newOperation('web-bbbbb'), 'd2')),
      timed(() => store.journal.signal('web-aaaaa', newSignal('click'))),
      timed(() =>
        store.locks.set({ kind: 'lock', service: 'web', why: '', by: { user: 'U', team: 'T' }, since: 0 }),
      ),
    ])
    expect(refused.map(({ error }) => error)).toEqual(refused.map(() => expect.any(StoreUnavailable)))
    await new Promise((resolve) => setTimeout(resolve, 100))
    redis.thaw()
    expect(await answers()).toEqual(['web-aaaaa'])
    expect((await store.journal.read('web-aaaaa'))?.signals).toEqual([])
    expect(await store.locks.all()).toEqual([])
    // And the same words said again are heard.
    expect(await store.journal.create(newOperation('web-bbbbb'), 'd2')).toMatchObject({ created: true })
    expect(await store.journal.signal('web-aaaaa', newSignal('click'))).toBe('recorded')
  })

  describe('that loses the answer to a creation', () => {
    let proxy: LossyProxy
    let gateway: ConnectedStore
    beforeEach(async () => {
      proxy = await lossyProxy(redis.port)
      gateway = connectStore({ url: `redis://127.0.0.1:${proxy.port}`, clock })
      await gateway.ready(5_000)
      await gateway.health()
      proxy.lose()
    })
    afterEach(async () => {
      await gateway.close()
      await proxy.close()
    })
    const refused = () => timed(() => gateway.journal.create(newOperation('web-aaaaa'), 'd1'))

    it('has it taken back, since the person was told that nothing was recorded', async () => {
      expect((await refused()).error).toBeInstanceOf(StoreUnavailable)
      await eventually(async () => ((await store.journal.read('web-aaaaa')) ? true : undefined))
      proxy.restore()
      await eventually(async () => ((await store.journal.read('web-aaaaa')) ? undefined : true))
      expect(await store.journal.unfinished()).toEqual([])
      expect(await store.journal.takeChanged(5)).toEqual([])
      expect(await store.journal.create(newOperation('web-aaaaa'), 'd1')).toMatchObject({ created: true })
    })

    it('leaves it where the same delivery came again and was told that it is recorded', async () => {
      await refused()
      const again = await store.journal.create(newOperation('web-bbbbb'), 'd1')
      expect(again).toEqual({ id: 'web-aaaaa', created: false })
      proxy.restore()
      await eventually(() => gateway.journal.unfinished().catch(() => undefined))
      await new Promise((resolve) => setTimeout(resolve, 600))
      expect(await store.journal.unfinished()).toEqual(['web-aaaaa'])
    })

    it('leaves it where a tick has begun', async () => {
      await refused()
      await store.journal.acquireLease('web-aaaaa')
      proxy.restore()
      await eventually(() => gateway.journal.unfinished().catch(() => undefined))
      await new Promise((resolve) => setTimeout(resolve, 600))
      expect(await store.journal.unfinished()).toEqual(['web-aaaaa'])
    })
  })

  it('loses nothing that was acknowledged when the store is killed', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `web-${10_000 + index}`)
    const acknowledged = new Set<string>()
    const creating = Promise.all(
      ids.map(async (id, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 4))
        const created = await store.journal.create(newOperation(id), id).catch(() => undefined)
        if (created) acknowledged.add(id)
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    await redis.kill()
    await creating
    await redis.restart()
    const kept = await answers()
    expect(acknowledged.size).toBeGreaterThan(5)
    expect([...acknowledged].filter((id) => !kept.includes(id))).toEqual([])
  })

  it('goes unnoticed by listeners, which hear again afterwards', async () => {
    let calls = 0
    const stop = store.journal.onChange(() => (calls += 1))
    await eventually(() => (calls > 0 ? true : undefined))
    await redis.kill()
    await redis.restart()
    await answers()
    const before = calls
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    await eventually(() => (calls > before ? true : undefined), 3_000)
    stop()
  })

  it('says nothing of the URL’s secrets', async () => {
    const port = await freePort()
    const heard: unknown[] = []
    const far = connectStore({
      url: `redis://someone:very-secret@127.0.0.1:${port}`,
      clock,
      log: (event, facts) => heard.push(event, facts),
    })
    const { error } = await timed(() => far.journal.unfinished())
    await eventually(() => (heard.length > 0 ? true : undefined))
    const health = await far.health()
    await far.close()
    expect(health.ok).toBe(false)
    expect(error).toBeInstanceOf(StoreUnavailable)
    const { message, stack, cause } = error as Error
    expect(JSON.stringify([heard, health, message, stack, String(cause)])).not.toMatch(/secret|someone/)
  })

  it('refuses a wrong password without repeating it', async () => {
    const far = connectStore({ url: redis.url.replace('//', '//someone:very-secret@'), clock })
    const { error } = await timed(() => far.ready(500).then(() => far.journal.unfinished()))
    await far.close()
    expect(error).toBeInstanceOf(StoreUnavailable)
    expect(String((error as Error).stack)).not.toMatch(/very-secret/)
  })
})
