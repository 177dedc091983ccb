import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import type { Hints } from '../../../src/ports/hints'
import { memoryHints } from '../../support/memory-hints'
import { startRedis, type TestRedis } from '../../support/redis'

let now = 1_000_000
const clock = { now: () => now, real: (span: number) => span }
const region = 'ap-northeast-2'

const story = (hintsOf: () => Hints) => {
  let hints: Hints
  beforeEach(() => {
    now = 1_000_000
    hints = hintsOf()
  })

  it('name those who follow, from then on that they asked to', async () => {
    const web = hints.of('web-1', region)
    expect(await hints.named(region, 'group Web-ASG')).toEqual([])
    expect(await web.follow(['group Web-ASG', 'image ami-1'])).toBe(false)
    expect(await web.follow(['group Web-ASG'])).toBe(true)
    expect(await web.follow(['group Web-ASG', 'group other'])).toBe(false)
    await hints.of('web-2', region).follow(['group Web-ASG'])
    expect([...(await hints.named(region, 'group Web-ASG'))].sort()).toEqual(['web-1', 'web-2'])
    expect(await hints.named('us-east-1', 'group Web-ASG')).toEqual([])
    expect(await web.heard()).toEqual({ live: false, last: now })
    expect(await hints.of('shop-1', region).heard()).toEqual({ live: false })
  })

  it('that follow each other closely are one wake-up, and each is known', async () => {
    await hints.of('web-1', region).follow(['image ami-1'])
    expect(await hints.named(region, 'image ami-1')).toEqual(['web-1'])
    now += 1_900
    expect(await hints.named(region, 'image ami-1')).toEqual([])
    expect((await hints.of('web-1', region).heard()).last).toBe(now)
    now += 2_000
    expect(await hints.named(region, 'image ami-1')).toEqual(['web-1'])
  })

  it('are live for as long as the heartbeat of their region is heard', async () => {
    const live = async (where: string) => (await hints.of('web-1', where).heard()).live
    await hints.beat(region, now)
    expect(await live(region)).toBe(true)
    expect(await live('us-east-1')).toBe(false)
    now += 150_000
    expect(await live(region)).toBe(true)
    now += 1
    expect(await live(region)).toBe(false)
  })
}

describe('hints in memory', () => story(() => memoryHints({ clock })))

describe('hints on Redis', () => {
  let redis: TestRedis
  let store: ConnectedStore
  beforeAll(async () => {
    redis = await startRedis()
  })
  beforeEach(async () => {
    await redis.empty()
    store = connectStore({ url: redis.url, clock })
    await store.ready(5_000)
  })
  afterEach(() => store.close())
  afterAll(() => redis.stop())
  story(() => store.hints)

  it('leave nothing behind that does not go by itself', async () => {
    await store.hints.of('web-1', region).follow(['group Web-ASG'])
    await store.hints.named(region, 'group Web-ASG')
    expect(await redis.ages('*follow:*')).toEqual([expect.any(Number)])
    expect((await redis.ages('*hinted:*')).every((age) => age > 0)).toBe(true)
  })
})
