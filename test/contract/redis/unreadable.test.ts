import { Redis } from 'ioredis'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { UnreadableRecord } from '../../../src/ports/failure'
import { frontDesk, texts } from '../../support/gateway-deps'
import { alice, newOperation } from '../../support/operations'
import { eventually, startRedis, type TestRedis } from '../../support/redis'

const noise = Buffer.from([0, 255, 7, 128, 34, 123])
const at = Date.UTC(2026, 10, 29)
const clock = { now: () => at, real: (span: number) => span }
const key = (name: string) => `{rollcall}:${name}`
const sizes = { min: 2, desired: 2, max: 4 }

/** One record of `shop`, or of nobody in particular, made unreadable; as people are told of it. */
const damages: readonly (readonly [
  what: string,
  record: string,
  damage: (client: Redis) => Promise<unknown>,
])[] = [
  [
    'an operation of a newer version',
    'operation shop-aaaaa',
    (client) => client.hset(key('operation:shop-aaaaa'), 'version', '2'),
  ],
  [
    'an operation in a phase of a newer version',
    'operation shop-aaaaa',
    (client) => client.hset(key('operation:shop-aaaaa'), 'phase', 'dreaming'),
  ],
  [
    'an operation of random bytes',
    'operation shop-aaaaa',
    (client) => client.set(key('operation:shop-aaaaa'), noise),
  ],
  [
    'a step of random bytes',
    'operation shop-aaaaa',
    (client) => client.hset(key('operation:shop-aaaaa:steps'), 'image/create', noise),
  ],
  [
    'an ended operation of random bytes',
    'operation shop-zzzzz',
    (client) => client.hset(key('operation:shop-zzzzz'), 'ending', noise),
  ],
  ['a lock', 'lock lock:shop', (client) => client.hset(key('locks'), 'lock:shop', noise)],
  ['an event', 'event shop-bbbbb', (client) => client.hset(key('calendar'), 'shop-bbbbb', noise)],
  [
    'a timer',
    'timer finish shop',
    async (client) => {
      await client.hset(key('appointments'), 'finish shop', '{"version":2}')
      await client.zadd(key('appointments:due'), 1, 'finish shop')
    },
  ],
]

describe('one record of another service that cannot be read', () => {
  let redis: TestRedis
  let client: Redis
  let store: ConnectedStore
  let logged: { readonly event: string; readonly record: unknown }[] = []

  beforeAll(async () => {
    redis = await startRedis()
    client = new Redis(redis.url)
  })
  beforeEach(async () => {
    await redis.empty()
    logged = []
    store = connectStore({
      url: redis.url,
      clock,
      log: (event, facts) => void logged.push({ event, record: facts['record'] }),
    })
    await store.ready(5_000)
    for (const id of ['shop-aaaaa', 'shop-zzzzz', 'web-zzzzz']) {
      await store.journal.create(newOperation(id, id.split('-')[0]), id)
      const claimed = await store.journal.acquireLease(id)
      if (!claimed) throw new Error('not there')
      if (id === 'shop-aaaaa') await store.journal.write(claimed.lease, { join: true })
      else await store.journal.write(claimed.lease, { ending: { kind: 'succeeded', at, left: [] } })
    }
    await store.calendar.put({
      id: 'web-bbbbb',
      service: 'web',
      event: { times: { kind: 'once', start: at, end: at + 1 }, lead: 0, desired: 4, base: sizes },
      by: alice,
    } as unknown as Parameters<typeof store.calendar.put>[0])
    await store.timers.set({
      id: 'finish web',
      at,
      request: { procedure: 'finish', service: 'web' },
      by: alice,
    } as unknown as Parameters<typeof store.timers.set>[0])
  })
  afterEach(() => store.close())
  afterAll(async () => {
    client.disconnect()
    await redis.stop()
  })

  const deskOn = ({ journal, locks, timers, calendar, replays, unreadable }: ConnectedStore) =>
    frontDesk({ journal, locks, timers, calendar, replays, unreadable })

  test.each(damages)('%s: everything else works, and it is named', async (_, record, damage) => {
    await damage(client)
    const desk = deskOn(store)
    expect(texts(await desk.say('alice', 'deploy web v2'))).toContain('accepted as')
    expect(texts(await desk.say('alice', 'history'))).toContain('web-zzzzz')
    expect(texts(await desk.say('alice', 'cancel web'))).toContain('it stops at the next safe point')
    expect(texts(await desk.say('alice', 'lock web "look"'))).toContain('locked by')
    expect(texts(await desk.say('alice', 'unlock web'))).toContain('unlocked')
    const status = texts(await desk.say('alice', 'status'))
    expect(status).toContain('web')
    expect(texts(await desk.say('alice', 'status web'))).not.toContain(record)
    expect(texts(await desk.say('alice', 'status shop'))).toContain(`it cannot be read: \`${record}\``)

    expect(await store.calendar.of('web')).toMatchObject([{ id: 'web-bbbbb' }])
    const fired: string[] = []
    const stop = store.timers.subscribe(async ({ id }) => void fired.push(id))
    await eventually(() => fired.includes('finish web') || undefined)
    await stop()
    expect(await store.journal.takeChanged(10)).toContain('web-zzzzz')

    await desk.say('alice', 'status shop')
    expect(logged.filter((one) => one.record === record)).toHaveLength(1)
  })

  test('of its own service nothing is left out where it decides', async () => {
    await client.hset(key('calendar'), 'web-ccccc', noise)
    await client.hset(key('operation:web-zzzzz'), 'ending', noise)
    await client.hset(key('locks'), 'lock:web', noise)
    await expect(store.calendar.of('web')).rejects.toThrow(UnreadableRecord)
    await expect(store.journal.history('web', 5)).rejects.toThrow(UnreadableRecord)
    // It holds, whoever set it, and somebody who may clears it.
    const desk = deskOn(store)
    expect(texts(await desk.say('alice', 'deploy web v2'))).toContain('is locked')
    expect(texts(await desk.say('alice', 'unlock web'))).toContain('unlocked')
    expect(texts(await desk.say('alice', 'deploy web v2'))).toContain('accepted as')
  })

  test('an operation asked for by its name says that it cannot be read', async () => {
    await client.hset(key('operation:shop-aaaaa'), 'version', '2')
    const desk = deskOn(store)
    expect(texts(await desk.say('alice', 'show shop-aaaaa'))).toContain(
      'What is recorded of `operation shop-aaaaa` cannot be read',
    )
  })

  test('members and messages of another form: nobody is let in, and nothing else stops', async () => {
    await client.set(key('members:S0OPS'), noise)
    await client.set(key('post:shop-aaaaa'), noise)
    await client.set(key('wake:shop-aaaaa'), noise)
    expect(await store.people.groupsOf('U0ALICE', ['S0OPS'])).toEqual([])
    await expect(store.posts.get('shop-aaaaa')).rejects.toThrow(UnreadableRecord)
    await expect(store.wakeups.wake('web-aaaaa')).resolves.toBeUndefined()
    expect(store.unreadable.of('shop')).toEqual(['members of S0OPS', 'message of shop-aaaaa'])
  })

  test('the reconciler wakes the others', async () => {
    await store.journal.create(newOperation('web-ccccc'), 'web-ccccc')
    await client.set(key('wake:shop-aaaaa'), noise)
    const ticked: string[] = []
    const stop = await store.wakeups.work(async (id) => {
      ticked.push(id)
      return undefined
    })
    await eventually(() => ticked.includes('web-ccccc') || undefined, 20_000)
    await stop()
  })
})
