import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { startRedis, type TestRedis } from '../../support/redis'

describe('what the door remembers', () => {
  let redis: TestRedis
  let stores: ConnectedStore[]
  beforeAll(async () => {
    redis = await startRedis()
    const clock = { now: () => Date.now(), real: (span: number) => span }
    // Two gateways.
    stores = [0, 1].map(() => connectStore({ url: redis.url, clock }))
    await Promise.all(stores.map((store) => store.ready(5_000)))
  })
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()))
    await redis.stop()
  })
  const records = () => stores.map(({ apiRecords }) => apiRecords) as [ApiRecords, ApiRecords]
  type ApiRecords = ConnectedStore['apiRecords']

  test('of calls at once under one key one begins, at whichever gateway', async () => {
    const [one, other] = records()
    const begun = await Promise.all([one, other, one, other].map((each) => each.begin('key', 'asked')))
    expect(begun.map(({ kind }) => kind).toSorted()).toEqual(['begun', 'busy', 'busy', 'busy'])
    expect(await other.begin('key', 'something else')).toEqual({ kind: 'other' })
    await one.finish('key', 'asked', '{"operation":"web-aaaaa"}')
    expect(await other.begin('key', 'asked')).toEqual({ kind: 'done', outcome: '{"operation":"web-aaaaa"}' })
    expect(await other.begin('key', 'something else')).toEqual({ kind: 'other' })
  })

  test('a call that was begun and never finished may be begun again after a while, a finished one in a day', async () => {
    const [one] = records()
    await one.begin('died', 'asked')
    await one.begin('done', 'asked')
    await one.finish('done', 'asked', '{}')
    const ages = (await redis.ages('*api-call:d*')).toSorted((a, b) => a - b)
    expect(ages[0]).toBeLessThanOrEqual(15_000)
    expect(ages[1]).toBeGreaterThan(23 * 3_600_000)
    await one.abandon('died')
    expect(await one.begin('died', 'asked')).toEqual({ kind: 'begun' })
  })

  test('what is good once is bound to the call that used it', async () => {
    const [one, other] = records()
    expect(await one.bind('jti', 'call', 60_000)).toBe(true)
    expect(await other.bind('jti', 'call', 60_000)).toBe(true)
    expect(await other.bind('jti', 'another call', 60_000)).toBe(false)
  })

  test('a reader’s token is known by its hash, and calls are counted together', async () => {
    const [one, other] = records()
    await one.keepReader('hash', 'web-aaaaa', 60_000)
    expect(await other.readableWith('hash')).toBe('web-aaaaa')
    expect(await other.readableWith('another')).toBeUndefined()
    // A window so long that it cannot end meanwhile.
    const window = 100 * 365 * 86_400_000
    expect(await one.count('ci', 2, window)).toBe(0)
    expect(await other.count('ci', 2, window)).toBe(0)
    expect(await one.count('ci', 2, window)).toBeGreaterThan(0)
    expect(await one.count('other', 2, window)).toBe(0)
  })
})
