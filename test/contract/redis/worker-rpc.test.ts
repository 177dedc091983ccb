import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import type { Json } from '../../../src/domain/json'
import { StoreUnavailable } from '../../../src/ports/failure'
import { eventually, startRedis, type TestRedis } from '../../support/redis'

const clock = { now: () => Date.now(), real: (span: number) => span }

describe('questions of the gateway to the worker', () => {
  let redis: TestRedis
  let gateway: ConnectedStore
  let worker: ConnectedStore
  const failures: unknown[] = []
  beforeAll(async () => {
    redis = await startRedis()
  })
  beforeEach(async () => {
    failures.length = 0
    await redis.empty()
    gateway = connectStore({ url: redis.url, clock })
    worker = connectStore({ url: redis.url, clock, log: (...said) => failures.push(said) })
    await Promise.all([gateway.ready(5_000), worker.ready(5_000)])
  })
  afterEach(async () => {
    redis.thaw()
    await Promise.all([gateway.close(), worker.close()])
  })
  afterAll(() => redis.stop())

  it('are answered, each its own, also when they come at once', async () => {
    const stop = await worker.workerRpc.serve(async (question) => ({ you: 'asked', question }))
    const questions = Array.from(
      { length: 50 },
      (_, index): Json => ({ what: 'status', service: `s${index}` }),
    )
    const answers = await Promise.all(questions.map((question) => gateway.workerRpc.call(question, 3_000)))
    expect(answers).toEqual(questions.map((question) => ({ you: 'asked', question })))
    await stop()
  })

  it('are answered by whichever worker is free', async () => {
    const stops = await Promise.all([
      worker.workerRpc.serve(() => new Promise((resolve) => setTimeout(() => resolve('slow'), 300))),
      gateway.workerRpc.serve(async () => 'quick'),
    ])
    const answers = await Promise.all([1, 2, 3, 4].map((question) => gateway.workerRpc.call(question, 3_000)))
    expect(answers.every((answer) => answer === 'slow' || answer === 'quick')).toBe(true)
    await Promise.all(stops.map((stop) => stop()))
  })

  it('stay unanswered when no worker lives, and are not answered too late', async () => {
    const before = performance.now()
    await expect(gateway.workerRpc.call('status', 1_000)).rejects.toThrow('unanswered')
    expect(performance.now() - before).toBeLessThan(2_000)
    // Both guess the server's time, each for itself: a question is over once that surely is.
    await eventually(() => (performance.now() - before > 1_200 ? true : undefined))
    const asked: Json[] = []
    const stop = await worker.workerRpc.serve(async (question) => {
      asked.push(question)
      return 'answer'
    })
    expect(await gateway.workerRpc.call('another', 10_000)).toBe('answer')
    expect(asked).toEqual(['another'])
    await stop()
  })

  it('end at once, unanswered, when the worker fails; the worker hears why', async () => {
    const stop = await worker.workerRpc.serve(async () => {
      throw new Error('AWS said no')
    })
    const before = performance.now()
    await expect(gateway.workerRpc.call('status', 10_000)).rejects.toThrow('unanswered')
    expect(performance.now() - before).toBeLessThan(5_000)
    expect(failures).toEqual([['question failed', { error: new Error('AWS said no') }]])
    await stop()
  })

  it('are bounded: no more wait than a worker could ever answer, and none is endless', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 250 }, (_, index) => gateway.workerRpc.call(index, 500)),
    )
    const causes = outcomes.map((outcome) =>
      outcome.status === 'rejected' && outcome.reason instanceof Error ? outcome.reason.cause : 'answered',
    )
    expect(causes.filter((cause) => cause === 'too many questions wait')).toHaveLength(50)
    await expect(gateway.workerRpc.call('x'.repeat(600_000), 500)).rejects.toThrow('too long')
  })

  it('find the worker again after the store was killed', async () => {
    const stop = await worker.workerRpc.serve(async (question) => question)
    await gateway.workerRpc.call('before', 10_000)
    await redis.kill()
    const { error } = await gateway.workerRpc.call('during', 1_000).then(
      () => ({ error: undefined }),
      (error: unknown) => ({ error }),
    )
    expect(error).toBeInstanceOf(StoreUnavailable)
    await redis.restart()
    const answer = await eventually(() => gateway.workerRpc.call('after', 500).catch(() => undefined), 10_000)
    expect(answer).toBe('after')
    await stop()
  })

  it('are looked for now and then, and not without a pause, when the connection is closed', async () => {
    const stop = await worker.workerRpc.serve(async () => 'never')
    await worker.close()
    // The loop of the process goes round: one that asked without a pause would let nobody else have a turn.
    await eventually(() => (failures.length > 0 ? true : undefined))
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(failures.length).toBeLessThan(10)
    await stop()
  })

  it('finish when the worker stops', async () => {
    let begin = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const stop = await worker.workerRpc.serve(() => {
      begin()
      return new Promise((resolve) => setTimeout(() => resolve('last words'), 200))
    })
    const answer = gateway.workerRpc.call('status', 10_000)
    await begun
    await stop()
    expect(await answer).toBe('last words')
  })
})

describe('who is in which user group', () => {
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

  it('is what the gateway last learnt; unknown groups have nobody', async () => {
    await store.people.remember('S0OPS', ['U0ALICE', 'U0BOB'])
    await store.people.remember('S0SRE', ['U0BOB'])
    expect(await store.people.groupsOf('U0ALICE', ['S0OPS', 'S0SRE', 'S0ELSE'])).toEqual(['S0OPS'])
    expect(await store.people.groupsOf('U0BOB', ['S0SRE'])).toEqual(['S0SRE'])
    await store.people.remember('S0OPS', ['U0BOB'])
    await store.people.remember('S0SRE', [])
    expect(await store.people.groupsOf('U0ALICE', ['S0OPS'])).toEqual([])
    expect(await store.people.groupsOf('U0BOB', ['S0OPS', 'S0SRE'])).toEqual(['S0OPS'])
    expect(await store.people.groupsOf('U0BOB', [])).toEqual([])
    await store.people.rememberFullMember('U0BOB', true)
    expect(await store.people.groupsOf('U0BOB', ['everyone'])).toEqual(['everyone'])
    expect(await store.people.groupsOf('U0ALICE', ['everyone'])).toEqual([])
    await store.people.rememberFullMember('U0BOB', false)
    expect(await store.people.groupsOf('U0BOB', ['everyone'])).toEqual([])
  })

  it('is believed for an hour', async () => {
    await store.people.remember('S0OPS', ['U0ALICE'])
    const ages = await redis.ages('*members*')
    expect(ages.length).toBeGreaterThan(0)
    for (const age of ages) {
      expect(age).toBeGreaterThan(3_500_000)
      expect(age).toBeLessThanOrEqual(3_600_000)
    }
  })
})
