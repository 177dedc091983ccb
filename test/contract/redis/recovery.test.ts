import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { newOperation, newSignal } from '../../support/operations'
import { eventually, startRedis, type TestRedis } from '../../support/redis'
import { workerProgram } from '../../support/worker-process'

const clock = { now: () => Date.now(), real: (span: number) => span }
const within = 20_000

describe('an operation goes on within 20 s', () => {
  let redis: TestRedis
  let store: ConnectedStore
  let program: Awaited<ReturnType<typeof workerProgram>>
  beforeAll(async () => {
    program = await workerProgram()
  })
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
  afterAll(() => program.remove())
  const created = async (id: string) => {
    await store.journal.create(newOperation(id), id)
    await store.wakeups.wake(id)
  }

  it('when the worker is killed in the middle of a tick, and another one lives', async () => {
    const doomed = await program.start(redis.url, 'hang')
    await created('web-aaaaa')
    await doomed.ticked('web-aaaaa', 0, 5_000)
    const other = await program.start(redis.url, 'go')
    await doomed.kill()
    const killed = performance.now()
    expect((await other.ticked('web-aaaaa', killed, within)) - killed).toBeLessThan(within)
    await other.kill()
  }, 40_000)

  it('when the store is killed, with two workers on it', async () => {
    const workers = [await program.start(redis.url, 'go'), await program.start(redis.url, 'go')]
    const ids = ['web-aaaaa', 'web-bbbbb', 'web-ccccc', 'web-ddddd']
    for (const id of ids) await created(id)
    const goOn = async (limit: number) => {
      const since = performance.now()
      await Promise.all(
        ids.map((id) => Promise.any(workers.map((worker) => worker.ticked(id, since, limit)))),
      )
      return performance.now() - since
    }
    await goOn(5_000)
    await redis.kill()
    await redis.restart()
    expect(await goOn(within)).toBeLessThan(within)
    redis.freeze()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    redis.thaw()
    expect(await goOn(within)).toBeLessThan(within)
    for (const worker of workers) await worker.kill()
  }, 60_000)

  it('when the worker froze, and its zombie cannot write', async () => {
    const frozen = await program.start(redis.url, 'go')
    await created('web-aaaaa')
    await frozen.ticked('web-aaaaa', 0, 5_000)
    frozen.freeze()
    const other = await program.start(redis.url, 'go')
    const since = performance.now()
    await other.ticked('web-aaaaa', since, within)
    frozen.thaw()
    const thawed = performance.now()
    await Promise.any([frozen, other].map((worker) => worker.ticked('web-aaaaa', thawed, within)))
    for (const worker of [frozen, other]) await worker.kill()
  }, 40_000)

  it('when whoever spoke to it died before waking it', async () => {
    const ticks: string[] = []
    const stop = await store.wakeups.work(async (id) => {
      ticks.push(id)
      await store.journal.takePen(id)
      return undefined
    })
    const since = performance.now()
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    await eventually(() => (ticks.length > 0 ? true : undefined), within)
    await store.journal.signal('web-aaaaa', newSignal('click'))
    await eventually(() => (ticks.length > 1 ? true : undefined), within)
    expect(performance.now() - since).toBeLessThan(within)
    await stop()
  }, 45_000)

  it('when the queue forgot it', async () => {
    const ticks: string[] = []
    await created('web-aaaaa')
    await store.journal.takePen('web-aaaaa')
    await redis.forget('*:wakeups:*')
    const since = performance.now()
    const stop = await store.wakeups.work(async (id) => {
      ticks.push(id)
      return undefined
    })
    await eventually(() => (ticks.length > 0 ? true : undefined), within)
    expect(performance.now() - since).toBeLessThan(within)
    await stop()
  }, 30_000)
})
