import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { newOperation, newSignal } from '../../support/operations'
import { eventually, startRedis, type TestRedis } from '../../support/redis'
import { heard, workerProgram } from '../../support/worker-process'

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
    await heard([doomed], 'tick web-aaaaa', 0, 5_000)
    const other = await program.start(redis.url, 'go')
    await doomed.kill()
    const killed = performance.now()
    expect((await heard([other], 'tick web-aaaaa', killed, within)) - killed).toBeLessThan(within)
    await other.kill()
  }, 40_000)

  it('when the store is killed or frozen, with two workers on it', async () => {
    const workers = [await program.start(redis.url, 'go'), await program.start(redis.url, 'go')]
    const ids = ['web-aaaaa', 'web-bbbbb', 'web-ccccc', 'web-ddddd']
    for (const id of ids) await created(id)
    const goOn = async () => {
      const since = performance.now()
      await Promise.all(ids.map((id) => heard(workers, `tick ${id}`, since, within)))
    }
    await goOn()
    await redis.kill()
    await redis.restart()
    await goOn()
    redis.freeze()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    redis.thaw()
    await goOn()
    for (const worker of workers) await worker.kill()
  }, 70_000)

  it('when the worker froze in the middle of a tick; thawed, it writes nothing any more', async () => {
    const frozen = await program.start(redis.url, 'slow')
    await created('web-aaaaa')
    await heard([frozen], 'tick web-aaaaa', 0, 5_000)
    frozen.freeze()
    const since = performance.now()
    const other = await program.start(redis.url, 'go')
    await heard([other], 'tick web-aaaaa', since, within)
    frozen.thaw()
    await eventually(() => frozen.said.find(({ line }) => line === 'superseded web-aaaaa, aborted'))
    for (const worker of [frozen, other]) await worker.kill()
  }, 40_000)

  it('when whoever spoke to it died before waking it', async () => {
    const ticks: string[] = []
    const stop = await store.wakeups.work(async (id) => {
      ticks.push(id)
      await store.journal.acquireLease(id)
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
    await store.journal.acquireLease('web-aaaaa')
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
