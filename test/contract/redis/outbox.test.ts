import { Redis } from 'ioredis'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { webhookSender } from '../../../src/adapters/webhooks/sender'
import { messageId } from '../../../src/domain/webhooks/message'
import type { Catalogue, Service } from '../../../src/domain/catalogue/catalogue'
import type { Webhook } from '../../../src/domain/webhooks/webhook'
import { hour, minute } from '../../../src/domain/time/time'
import type { Ending } from '../../../src/domain/operation/operation'
import { reason } from '../../../src/domain/reasons/reason'
import { StoreUnavailable } from '../../../src/ports/failure'
import type { Change } from '../../../src/ports/journal'
import type { Outbox } from '../../../src/ports/outbox'
import type { WebhookSender } from '../../../src/ports/webhook-sender'
import { sendWaiting, type SendingDeps } from '../../../src/worker/webhooks/send-webhooks'
import { tellWindows } from '../../../src/worker/webhooks/tell-windows'
import { alice, bob, newOperation, newStep } from '../../support/operations'
import { eventually, startRedis, type TestRedis } from '../../support/redis'
import { silentLog } from '../../support/silent-log'
import { hookSecret, startReceiver, webhookTo } from '../../support/webhooks'

type Receiver = Awaited<ReturnType<typeof startReceiver>>

let redis: TestRedis
let receiver: Receiver
let now = 1_800_000_000_000
const clock = { now: () => now, real: (span: number) => span }
const opened: ConnectedStore[] = []
const open = async (webhooks: readonly Webhook[]): Promise<ConnectedStore> => {
  const store = connectStore({ url: redis.url, clock, webhooks, keep: 3 })
  opened.push(store)
  await store.ready(5_000)
  return store
}
beforeAll(async () => {
  redis = await startRedis()
})
beforeEach(async () => {
  await redis.empty()
  receiver = await startReceiver()
})
afterEach(async () => {
  await receiver.stop()
  await Promise.all(opened.splice(0).map((store) => store.close()))
})
afterAll(() => redis.stop())

const succeeded = (at = now): Ending => ({ kind: 'succeeded', at, left: [] })
const writing = async ({ journal }: ConnectedStore, id: string, ...changes: readonly Change[]) => {
  const taken = await journal.acquireLease(id)
  if (!taken) throw new Error(`no lease of ${id}`)
  for (const change of changes) await journal.write(taken.lease, change)
}
/** An operation that is asked for and ends. */
const ended = async (store: ConnectedStore, id: string, ending: Ending = succeeded()) => {
  await store.journal.create(newOperation(id, id.split('-')[0]), `delivery of ${id}`)
  await writing(store, id, { phase: 'running', startedAt: now }, { ending })
}
const senderTo = (secret = hookSecret): WebhookSender =>
  webhookSender({ secrets: new Map([['billing', [secret]]]), now: () => Date.now() })
const depsOf = ({ outbox }: ConnectedStore, more: Partial<SendingDeps> = {}): SendingDeps => ({
  outbox,
  sender: senderTo(),
  clock,
  log: silentLog,
  ...more,
})
const told = () => receiver.got.map(({ body }) => [body.type, body.data['operation'] ?? body.data['service']])

describe('what is written is told', () => {
  const all = (facts: Partial<Webhook> = {}) =>
    webhookTo(receiver.url, {
      events: [
        'operation.recorded',
        'operation.awaiting_approval',
        'operation.started',
        'operation.step',
        'operation.ended',
        'service.locked',
        'service.unlocked',
        'window.overridden',
      ],
      ...facts,
    })

  it('in the order in which it happened, with the words of the door', async () => {
    const webhook = all()
    const store = await open([webhook])
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    await writing(
      store,
      'web-aaaaa',
      { phase: 'approving', join: true },
      { phase: 'approving' },
      { phase: 'running', startedAt: now },
      { step: newStep('image/create', 1, 'intended') },
      { step: newStep('image/create', 1, 'done') },
      {
        ending: {
          kind: 'rolled back',
          at: now + minute,
          reason: reason('timed_out', { step: 'image/available' }),
          left: [],
        },
      },
    )
    expect(await sendWaiting(depsOf(store), webhook)).toBeUndefined()
    expect(receiver.got.map(({ body }) => body.type)).toEqual([
      'operation.recorded',
      'operation.awaiting_approval',
      'operation.started',
      'operation.step',
      'operation.ended',
    ])
    const last = receiver.got.at(-1)
    expect(last?.body).toEqual({
      type: 'operation.ended',
      timestamp: '2027-01-15T08:01:00.000Z',
      data: {
        sequence: expect.any(Number),
        operation: 'web-aaaaa',
        service: 'web',
        action: 'deploy',
        version: 'v2',
        requestedBy: { kind: 'person', id: 'U0ALICE' },
        createdAt: '1970-01-01T00:00:01.000Z',
        startedAt: '2027-01-15T08:00:00.000Z',
        trace: expect.stringMatching(/^[0-9a-f]{32}$/),
        state: 'ended',
        ending: 'rolled_back',
        code: 'timed_out',
        left: 0,
        endedAt: '2027-01-15T08:01:00.000Z',
      },
    })
    expect(last?.id).toBe(messageId(Number(last?.body.data['sequence'])))
    const numbers = receiver.got.map(({ body }) => Number(body.data['sequence']))
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(receiver.got.map(({ text }) => text).join()).not.toContain('release')
  })

  it('of locks too', async () => {
    const webhook = all()
    const store = await open([webhook])
    const lock = { kind: 'lock', service: 'web', why: 'secret words', by: alice, since: now } as const
    await store.locks.set(lock)
    expect(await store.locks.acquire({ ...lock, by: bob })).toBeDefined()
    await store.locks.clear('web', 'lock', undefined, bob)
    await store.locks.clear('web', 'lock', undefined, bob)
    await store.locks.acquire({ ...lock, service: '*' })
    await sendWaiting(depsOf(store), webhook)
    expect(receiver.got.map(({ body }) => [body.type, body.data['service'], body.data['by']])).toEqual([
      ['service.locked', 'web', { kind: 'person', id: 'U0ALICE' }],
      ['service.unlocked', 'web', { kind: 'person', id: 'U0BOB' }],
      ['service.locked', '*', { kind: 'person', id: 'U0ALICE' }],
    ])
    expect(JSON.stringify(receiver.got)).not.toContain('secret words')
  })

  it('of windows as they close and open, once however many workers look', async () => {
    const webhook = webhookTo(receiver.url, { events: ['window.closed', 'window.opened'] })
    const stores = [await open([webhook]), await open([webhook])]
    const services = new Map(['web', 'shop', 'lab'].map((name) => [name, { name } as Service]))
    const quarterEnd = {
      name: 'quarter end',
      services: ['*'],
      except: ['lab'],
      timezone: 'Asia/Seoul',
      times: { kind: 'once', from: now, until: now + hour },
    } as const
    const look = (windows: Catalogue['windows'] = [quarterEnd]) =>
      Promise.all(
        stores.flatMap(({ windowTurns }) =>
          [1, 2].map(() =>
            tellWindows({ catalogue: { services, windows }, windowTurns, clock, log: silentLog }),
          ),
        ),
      )
    const toldOf = async () => {
      for (const store of stores) await sendWaiting(depsOf(store), webhook)
      return receiver.got
        .splice(0)
        .map(({ body: { type, timestamp, data } }) => [type, timestamp, data['service']])
    }
    const began = now
    now -= minute
    await look()
    expect(await toldOf()).toEqual([])
    now = began + 30_000
    await look()
    const [closedAt, openedAt] = [began, began + hour].map((at) => new Date(at).toISOString())
    expect(await toldOf()).toEqual([
      ['window.closed', closedAt, 'web'],
      ['window.closed', closedAt, 'shop'],
    ])
    now = began + hour + 20_000
    await look()
    expect(await toldOf()).toEqual([
      ['window.opened', openedAt, 'web'],
      ['window.opened', openedAt, 'shop'],
    ])
    now = began + 10_000
    await look([{ ...quarterEnd, name: 'another' }])
    expect(await toldOf()).toHaveLength(2)
    // Taken out of the file while it was closed.
    await look([])
    expect((await toldOf()).map(([type]) => type)).toEqual(['window.opened', 'window.opened'])
    await look([])
    expect(await toldOf()).toEqual([])
    now = began
  })

  it('to whom it concerns alone, and nothing of what only looked', async () => {
    const [endings, shop] = [
      webhookTo(receiver.url),
      webhookTo(receiver.url, { name: 'shop', services: ['shop'] }),
    ]
    const store = await open([endings, shop])
    await ended(store, 'web-aaaaa')
    await ended(store, 'shop-aaaaa')
    const looked = newOperation('web-bbbbb')
    await store.journal.create({ ...looked, request: { procedure: 'detect-drift', service: 'web' } }, 'd')
    await writing(store, 'web-bbbbb', { ending: succeeded() })
    const waiting = async (name: string) => (await store.outbox.size(name)).waiting
    expect([await waiting('billing'), await waiting('shop')]).toEqual([2, 1])
  })

  it('never where it did not happen: a creation that was taken back, a write that was superseded or came twice', async () => {
    const webhook = all()
    const store = await open([webhook])
    await store.journal.create(newOperation('web-aaaaa'), 'd1')
    // Nobody has begun it yet: it may still be withdrawn.
    expect((await store.outbox.size('billing')).waiting).toBe(0)
    const first = await store.journal.acquireLease('web-aaaaa')
    const second = await store.journal.acquireLease('web-aaaaa')
    if (!first || !second) throw new Error('no lease')
    const ending = { ending: succeeded() }
    await expect(store.journal.write(first.lease, ending)).rejects.toThrow('newer')
    await store.journal.write(second.lease, ending)
    await expect(store.journal.write(second.lease, ending)).rejects.toThrow('has ended')
    expect(await store.journal.create(newOperation('web-bbbbb'), 'd1')).toMatchObject({ created: false })
    await sendWaiting(depsOf(store), webhook)
    expect(told()).toEqual([
      ['operation.recorded', 'web-aaaaa'],
      ['operation.ended', 'web-aaaaa'],
    ])
  })

  it('also of what an older version had recorded before, which knew of no outbox', async () => {
    const webhook = all()
    const older = await open([])
    await older.journal.create(newOperation('web-aaaaa'), 'd1')
    await writing(older, 'web-aaaaa', { phase: 'running', startedAt: now })
    const store = await open([webhook])
    await writing(store, 'web-aaaaa', { ending: succeeded() })
    // And back: who knows of none leaves what waits as it is.
    await ended(older, 'web-bbbbb')
    await sendWaiting(depsOf(store), webhook)
    expect(told()).toEqual([['operation.ended', 'web-aaaaa']])
  })

  it('with numbers that no restore of the store gives out anew', async () => {
    const webhook = webhookTo(receiver.url)
    const store = await open([webhook])
    await ended(store, 'web-aaaaa')
    await sendWaiting(depsOf(store), webhook)
    await redis.forget('*outbox*')
    await ended(store, 'web-bbbbb')
    await sendWaiting(depsOf(store), webhook)
    const [before, after] = receiver.got.map(({ body }) => Number(body.data['sequence']))
    expect(after).toBeGreaterThan(Number(before))
  })
})

describe('a receiver that is down', () => {
  const webhook = () => webhookTo(receiver.url)

  it('for an hour misses nothing, gets all in order, and each under its own id', async () => {
    const store = await open([webhook()])
    receiver.answers(503)
    const started = now
    const ids: string[] = []
    let next: { readonly at: number } | undefined
    let attempts = 0
    const sender = senderTo()
    const counting: WebhookSender = {
      send: (...sent) => {
        attempts += 1
        return sender.send(...sent)
      },
    }
    const deps = depsOf(store, { sender: counting })
    // Something ends every four minutes, and whoever sends comes when it was told to, and at each of these.
    for (let step = 0; step < 30; step++) {
      const id = `web-${String(step)
        .padStart(5, 'a')
        .replaceAll(/\d/g, (digit) => 'bcdefghjkm'[Number(digit)] ?? 'a')}`
      ids.push(id)
      await ended(store, id)
      if (now - started >= hour) receiver.answers(204)
      next = await sendWaiting(deps, webhook())
      now += 4 * minute
    }
    // By the schedule: at once, 5 s, 5 min, 35 min, and then the one after the hour.
    expect(attempts - 30).toBeLessThanOrEqual(5)
    if (next) {
      now = next.at
      await sendWaiting(deps, webhook())
    }
    const taken = receiver.got.filter(
      ({ id }, at) => receiver.got.findLastIndex((one) => one.id === id) === at,
    )
    expect(taken.map(({ body }) => body.data['operation'])).toEqual(ids)
    expect(await store.outbox.size('billing')).toMatchObject({ waiting: 0, dead: 0 })
  })

  it('is tried ten times in three days; then people are told, and it can be sent again', async () => {
    const store = await open([webhook()])
    const outcomes: string[] = []
    const deps = depsOf(store, { onSent: (_, outcome) => void outcomes.push(outcome) })
    await ended(store, 'web-aaaaa')
    receiver.answers(500)
    const began = now
    let next = await sendWaiting(deps, webhook())
    for (; next && (await store.outbox.size('billing')).dead === 0; next = await sendWaiting(deps, webhook()))
      now = next.at
    expect(receiver.got).toHaveLength(10)
    expect(new Set(receiver.got.map(({ id }) => id)).size).toBe(1)
    expect(new Set(receiver.got.map(({ text }) => text)).size).toBe(1)
    expect((now - began) / hour).toBeGreaterThan(68)
    expect((now - began) / hour).toBeLessThanOrEqual(75.6)
    expect(outcomes.at(-1)).toBe('dead')
    const notice = await store.outbox.notice()
    expect(notice).toMatchObject({ webhook: 'billing', kind: 'dead', events: 1, status: 500 })
    if (notice) await store.outbox.told(notice)
    expect(await store.outbox.notice()).toBeUndefined()
    expect(await store.outbox.dead('billing', 10)).toMatchObject([
      { event: { data: { operation: 'web-aaaaa' } }, attempt: { tries: 10, status: 500 } },
    ])
    receiver.answers(204)
    expect(await store.outbox.replay('billing', alice, now)).toBe(1)
    await sendWaiting(deps, webhook())
    expect(receiver.got).toHaveLength(11)
    expect(await store.outbox.size('billing')).toEqual({ waiting: 0, dead: 0, dropped: 0 })
    expect(await store.outbox.deliveries('billing', 2)).toMatchObject([
      { outcome: 'delivered', status: 204, operation: 'web-aaaaa' },
      { outcome: 'failed', status: 500, tries: 10 },
    ])
  })

  it('is not asked before the time that it named', async () => {
    const store = await open([webhook()])
    await ended(store, 'web-aaaaa')
    receiver.answers((response) => response.writeHead(429, { 'retry-after': '600' }).end())
    expect(await sendWaiting(depsOf(store), webhook())).toEqual({ at: now + 600_000 })
    await sendWaiting(depsOf(store), webhook())
    expect(receiver.got).toHaveLength(1)
  })

  it('what it will not take holds up nothing else, and is tried again by itself', async () => {
    const store = await open([webhook()])
    for (const id of ['web-aaaaa', 'web-bbbbb', 'web-ccccc']) await ended(store, id)
    receiver.answers((response) => response.writeHead(receiver.got.length === 1 ? 422 : 204).end())
    const next = await sendWaiting(depsOf(store), webhook())
    expect(told().map(([, operation]) => operation)).toEqual(['web-aaaaa', 'web-bbbbb', 'web-ccccc'])
    expect((await store.outbox.size('billing')).waiting).toBe(1)
    now = next?.at ?? now
    expect(await sendWaiting(depsOf(store), webhook())).toBeUndefined()
    expect(told().at(-1)).toEqual(['operation.ended', 'web-aaaaa'])
    expect((await store.outbox.size('billing')).waiting).toBe(0)
  })

  it('and wants no more (410) is sent nothing, until it is asked to again or has another address', async () => {
    const store = await open([webhook()])
    await ended(store, 'web-aaaaa')
    await ended(store, 'web-bbbbb')
    receiver.answers(410)
    expect(await sendWaiting(depsOf(store), webhook())).toBeUndefined()
    expect(receiver.got).toHaveLength(1)
    expect(await store.outbox.notice()).toMatchObject({ webhook: 'billing', kind: 'off', events: 2 })
    receiver.answers(204)
    await ended(store, 'web-ccccc')
    await sendWaiting(depsOf(store), webhook())
    expect(receiver.got).toHaveLength(1)
    expect(await store.outbox.size('billing')).toMatchObject({ waiting: 0, dead: 3 })
    // Another address in the catalogue: what comes now is sent.
    await ended(store, 'web-ddddd')
    await sendWaiting(depsOf(store), webhookTo(`${receiver.url}/new`))
    expect(told().at(-1)).toEqual(['operation.ended', 'web-ddddd'])
    expect(await store.outbox.replay('billing', alice, now)).toBe(3)
    await sendWaiting(depsOf(store), webhook())
    expect(
      told()
        .slice(-3)
        .map(([, operation]) => operation),
    ).toEqual(['web-aaaaa', 'web-bbbbb', 'web-ccccc'])
  })
})

describe('what was damaged in the store', () => {
  const raw = async <T>(work: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis(redis.url)
    try {
      return await work(client)
    } finally {
      await client.quit()
    }
  }
  const lane = '{rollcall}:outbox:lane:billing:'
  const damaged = ['{"webhook":', '[]', '{"webhook":"billing","kind":"odd","at":1,"events":1}', '']

  it.each(damaged)('a notice that is %j holds up none behind it, and is kept', async (text) => {
    const store = await open([])
    await raw((client) => client.rpush('{rollcall}:outbox:notices', text))
    const notice = { webhook: 'billing', kind: 'dead', at: now, events: 3 } as const
    await store.outbox.tell(notice)
    expect(await store.outbox.notice()).toEqual(notice)
    await store.outbox.told(notice)
    expect(await store.outbox.notice()).toBeUndefined()
    expect(await raw((client) => client.lrange('{rollcall}:outbox:notices:unreadable', 0, -1))).toEqual([
      text,
    ])
    expect(store.unreadable.of('web')).toContain('a notice of a webhook')
  })

  it.each(damaged)('an event that is %j holds up none behind it, and is kept', async (text) => {
    const webhook = webhookTo(receiver.url)
    const store = await open([webhook])
    for (const id of ['web-aaaaa', 'web-bbbbb', 'web-ccccc']) await ended(store, id)
    const [first = ''] = await raw((client) => client.zrange(`${lane}waiting`, '0', '0'))
    await raw((client) => client.hset(`${lane}events`, first, text))
    expect((await store.outbox.size('billing')).waiting).toBe(3)
    await sendWaiting(depsOf(store), webhook)
    expect(told().map(([, operation]) => operation)).toEqual(['web-bbbbb', 'web-ccccc'])
    expect(await store.outbox.size('billing')).toMatchObject({ waiting: 0, dead: 0 })
    expect(await raw((client) => client.hgetall(`${lane}unreadable`))).toEqual({ [first]: text })
  })

  it('an event among those that grew old, its attempts and a delivery neither stop it nor the list', async () => {
    const webhook = webhookTo(receiver.url)
    const store = await open([webhook])
    for (const id of ['web-aaaaa', 'web-bbbbb']) await ended(store, id)
    receiver.answers(500)
    await sendWaiting(depsOf(store), webhook)
    const [first = '', second = ''] = await raw((client) => client.zrange(`${lane}waiting`, '0', '-1'))
    await raw((client) => client.hset(`${lane}events`, second, 'nonsense'))
    await raw((client) => client.hset(`${lane}attempts`, first, 'nonsense'))
    await raw((client) => client.lpush(`${lane}recent`, 'nonsense'))
    now += 80 * hour
    await sendWaiting(depsOf(store), webhook)
    expect(await store.outbox.dead('billing', 10)).toMatchObject([
      { event: { data: { operation: 'web-aaaaa' } } },
    ])
    expect(await store.outbox.deliveries('billing', 10)).toHaveLength(2)
    receiver.answers(204)
    now += hour
    await store.outbox.replay('billing', alice, now)
    await sendWaiting(depsOf(store), webhook)
    expect(told().at(-1)).toEqual(['operation.ended', 'web-aaaaa'])
    expect(await store.outbox.size('billing')).toMatchObject({ waiting: 0, dead: 0 })
  })
})

describe('a worker that dies', () => {
  class Killed extends Error {}
  /** The same port, and dead at its n-th call: before it, or after its effect. */
  const dying = <T extends object>(port: T, count: { left: number }, when: 'before' | 'after'): T =>
    new Proxy(port, {
      get: (target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver)
        if (typeof method !== 'function') return method
        return async (...parameters: readonly unknown[]) => {
          count.left -= 1
          if (count.left < 0 || (count.left === 0 && when === 'before')) throw new Killed()
          const answer: unknown = await Reflect.apply(method, target, parameters)
          if (count.left === 0) throw new Killed()
          return answer
        }
      },
    })

  it.each(['before', 'after'] as const)(
    '%s any call leaves each event to be sent at least once, under one id, in order',
    async (when) => {
      const webhook = webhookTo(receiver.url)
      const store = await open([webhook])
      for (let at = 1; ; at++) {
        receiver.got.splice(0)
        const ids = ['aaaaa', 'bbbbb'].map(
          (end) => `web-${'abcdefghjkmnpqrstuvwxyz'[at % 23]}${end.slice(1)}`,
        )
        for (const id of ids) await ended(store, id)
        const count = { left: at }
        const { outbox } = store
        const sender = senderTo()
        const deps = depsOf(store, {
          outbox: dying<Outbox>(outbox, count, when),
          sender: dying<WebhookSender>(sender, count, when),
        })
        const died = await sendWaiting(deps, webhook).then(
          () => false,
          (error: unknown) => error instanceof Killed,
        )
        // Its right to send runs out by itself; here that is not waited for.
        await redis.forget('*:sender')
        await sendWaiting(depsOf(store), webhook)
        const firsts = receiver.got.filter(
          ({ id }, place) => receiver.got.findIndex((one) => one.id === id) === place,
        )
        expect([at, firsts.map(({ body }) => body.data['operation'])]).toEqual([at, ids])
        expect(new Set(receiver.got.map(({ text }) => text)).size).toBe(2)
        expect(receiver.got.length).toBeLessThanOrEqual(3)
        expect((await store.outbox.size('billing')).waiting).toBe(0)
        if (!died) {
          expect(at).toBeGreaterThan(8)
          return
        }
      }
    },
  )

  it('two never send to one webhook at once, and who was slow records nothing', async () => {
    const webhook = webhookTo(receiver.url)
    const store = await open([webhook])
    await ended(store, 'web-aaaaa')
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const sender = senderTo()
    const slow: WebhookSender = {
      send: async (...sent) => {
        await held
        return sender.send(...sent)
      },
    }
    const first = sendWaiting(depsOf(store, { sender: slow }), webhook)
    await eventually(async () => ((await redis.ages('*:sender')).length > 0 ? true : undefined))
    expect(await sendWaiting(depsOf(store), webhook)).toBeUndefined()
    expect(receiver.got).toEqual([])
    // Its time is over: another one sends it, and more.
    await redis.forget('*:sender')
    await sendWaiting(depsOf(store), webhook)
    await ended(store, 'web-bbbbb')
    release()
    await first
    expect((await store.outbox.size('billing')).waiting).toBe(1)
    expect(receiver.got.map(({ id }) => id)).toEqual([receiver.got[0]?.id, receiver.got[0]?.id])
  })

  it('the store dies: nothing is sent for sure, and nothing is lost', async () => {
    const webhook = webhookTo(receiver.url)
    const store = await open([webhook])
    await ended(store, 'web-aaaaa')
    await redis.kill()
    await expect(sendWaiting(depsOf(store), webhook)).rejects.toThrow(StoreUnavailable)
    await redis.restart()
    await eventually(() =>
      sendWaiting(depsOf(store), webhook).then(
        () => true,
        () => undefined,
      ),
    )
    expect(told()).toEqual([['operation.ended', 'web-aaaaa']])
  })
})

describe('wake-ups', () => {
  it('are brought by BullMQ at once, and again at the time of the next attempt', async () => {
    const webhook = webhookTo(receiver.url)
    const store = await open([webhook])
    let ran = 0
    const stop = await store.outboxWakes.work(async (name) => {
      expect(name).toBe('billing')
      ran += 1
      // The clock of the test stands still: what is to come in no time comes at once.
      return ran === 1 ? { at: now } : sendWaiting(depsOf(store), webhook)
    })
    await ended(store, 'web-aaaaa')
    await eventually(() => receiver.got[0])
    expect(ran).toBeGreaterThan(1)
    await stop()
  })

  it('come also for what nobody was woken for', async () => {
    const webhook = webhookTo(receiver.url)
    const store = await open([webhook])
    await ended(store, 'web-aaaaa')
    await redis.forget('*:outbox:id')
    await redis.forget('*}:outbox:wait')
    const stop = await store.outboxWakes.work(() => sendWaiting(depsOf(store), webhook))
    await eventually(() => receiver.got[0])
    await stop()
  })
})

it('nobody is woken for a webhook that was taken out of the catalogue', async () => {
  const [kept, gone] = [webhookTo(receiver.url), webhookTo(receiver.url, { name: 'gone' })]
  const before = await open([kept, gone])
  await ended(before, 'web-aaaaa')
  await redis.forget('*}:outbox:wait')
  const store = await open([kept])
  const woken: string[] = []
  const stop = await store.outboxWakes.work(async (name) => {
    woken.push(name)
    return sendWaiting(depsOf(store), kept)
  })
  // Both were due: the look that found the one has found the other.
  await eventually(() => receiver.got[0])
  await stop()
  expect([...new Set(woken)]).toEqual(['billing'])
  expect((await store.outbox.size('gone')).waiting).toBe(1)
})

it('what a webhook does not fetch is bounded, and what is thrown away is counted', async () => {
  const webhook = webhookTo(receiver.url)
  const store = await open([webhook])
  const client = new Redis(redis.url)
  client.on('error', () => {})
  const fill = (part: string, above: number) =>
    client.eval(
      `for at = 1, 10000 do redis.call('ZADD', KEYS[1] .. ARGV[1], at + ARGV[2], at + ARGV[2]) end`,
      1,
      '{rollcall}:outbox:lane:billing:',
      part,
      above,
    )
  await fill('waiting', 0)
  await ended(store, 'web-aaaaa')
  expect(await store.outbox.size('billing')).toMatchObject({ waiting: 10_000, dead: 1, dropped: 0 })
  await fill('dead', 20_000)
  await ended(store, 'web-bbbbb')
  expect(await store.outbox.size('billing')).toMatchObject({ waiting: 10_000, dead: 10_000, dropped: 2 })
  expect((await redis.ages('*outbox:lane*')).every((age) => age > 29 * 24 * hour)).toBe(true)
  await client.quit()
})
