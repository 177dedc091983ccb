import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { startRedis, type TestRedis } from '../../support/redis'
import { journalSuite } from '../journal.suite'

describe('the journal on Redis', () => {
  let redis: TestRedis
  let store: ConnectedStore
  let now = 1_000
  const keep = 3
  const returns = 900
  beforeAll(async () => {
    redis = await startRedis()
    store = connectStore({ url: redis.url, clock: { now: () => now, real: (span) => span }, keep, returns })
    await store.ready(5_000)
  })
  afterAll(async () => {
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
})
