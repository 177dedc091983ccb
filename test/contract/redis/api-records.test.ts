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

  test('a call that was begun and never finished may be begun again after a while, a finished one in a week', async () => {
    const [one] = records()
    await one.begin('died', 'asked')
    await one.begin('done', 'asked')
    await one.finish('done', 'asked', '{}')
    const ages = (await redis.ages('*api-call:d*')).toSorted((a, b) => a - b)
    expect(ages[0]).toBeLessThanOrEqual(15_000)
    expect(ages[1]).toBeGreaterThan(6.9 * 24 * 3_600_000)
    await one.abandon('died')
    expect(await one.begin('died', 'asked')).toEqual({ kind: 'begun' })
  })

  test('so many changes of a machine begin within a time, at whichever gateway; a call counts once, a refused one not', async () => {
    const [one, other] = records()
    const limit = { who: 'machines.ci', most: 2, within: 3_600_000 }
    expect(await one.begin('change 1', 'asked', limit)).toEqual({ kind: 'begun' })
    expect(await other.begin('change 2', 'asked', limit)).toEqual({ kind: 'begun' })
    const over = await one.begin('change 3', 'asked', limit)
    expect(over).toEqual({ kind: 'over', wait: expect.any(Number) })
    expect(over.kind === 'over' && over.wait).toBeGreaterThan(3_500_000)
    expect(over.kind === 'over' && over.wait).toBeLessThanOrEqual(3_600_000)
    // Its process died: it is the same change that begins again.
    await redis.forget('*api-call:change 1')
    expect(await one.begin('change 1', 'asked', limit)).toEqual({ kind: 'begun' })
    await other.abandon('change 2', limit)
    expect(await one.begin('change 3', 'asked', limit)).toEqual({ kind: 'begun' })
    expect(await one.begin('change 4', 'asked', { ...limit, who: 'machines.nightly' })).toEqual({
      kind: 'begun',
    })
    // A limit that was lowered counts from the newest on.
    expect((await one.begin('change 5', 'asked', { ...limit, most: 1 })).kind).toBe('over')
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
