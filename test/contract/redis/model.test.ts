import * as fc from 'fast-check'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { changeRedeliveryTimeout } from '../../../src/adapters/redis/connection/limits'
import { reason } from '../../../src/domain/reasons/reason'
import type { Change, Journal, Lease } from '../../../src/ports/journal'
import type { Locks } from '../../../src/ports/locks'
import type { Posts } from '../../../src/ports/posts'
import { memoryStore } from '../../support/memory-journal'
import { alice, newOperation, newSignal, newStep } from '../../support/operations'
import { startRedis, type TestRedis } from '../../support/redis'
import type { EndingKind } from '../../../src/domain/operation/phase'

interface Both {
  readonly journal: Journal
  readonly posts: Posts
  readonly locks: Locks
}
/** One thing done to a store; what it gives is compared. `pens` are those taken so far. */
type Action = (store: Both, pens: Lease[]) => Promise<unknown>

const services = { 'web-aaaaa': 'web', 'web-bbbbb': 'web', 'web-ccccc': 'web', 'shop-aaaaa': 'shop' }
const id = fc.constantFrom(...(Object.keys(services) as (keyof typeof services)[]))
const holder = fc.constantFrom('me', 'other')
const small = fc.nat({ max: 3 })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })

const change: fc.Arbitrary<Change> = fc
  .record({
    phase: maybe(fc.constantFrom('queued', 'running', 'held')),
    startedAt: maybe(fc.nat()),
    step: maybe(fc.tuple(small, small).map(([key, order]) => newStep(`image/${key}`, order))),
    note: maybe(fc.constant(reason('locked', { by: 'ü"\\ \u2028' }))),
    join: maybe(fc.constant(true as const)),
    leave: fc.option(fc.constant(true as const), { nil: undefined, freq: 1 }),
    ending: fc.option(
      fc
        .constantFrom<EndingKind[]>('succeeded', 'cancelled')
        .map((kind) => ({ kind, at: 1, left: [reason('timed_out')] })),
      { nil: undefined, freq: 1 },
    ),
  })
  .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))

const withPen = (index: number, use: (store: Both, pen: Lease) => Promise<unknown>): Action => {
  return async (store, pens) => {
    const pen = pens[pens.length - 1 - index]
    return pen === undefined ? 'no pen yet' : use(store, pen)
  }
}

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.tuple(id, small).map(
    ([id, n]): Action =>
      ({ journal }) =>
        journal.create(newOperation(id, services[id]), `d${n}`),
  ),
  id.map(
    (id): Action =>
      async ({ journal }, pens) => {
        const taken = await journal.acquireLease(id)
        if (taken) pens.push(taken.lease)
        return taken
      },
  ),
  fc.tuple(small, change).map(([n, change]) => withPen(n, ({ journal }, pen) => journal.write(pen, change))),
  fc.tuple(small, change).map(([n, change]) => withPen(n, ({ journal }, pen) => journal.write(pen, change))),
  fc.tuple(id, small).map(
    ([id, n]): Action =>
      ({ journal }) =>
        journal.signal(id, newSignal(`s${n}`)),
  ),
  id.map(
    (id): Action =>
      ({ journal }) =>
        journal.read(id),
  ),
  fc.constantFrom('web', 'shop').map(
    (service): Action =>
      ({ journal }) =>
        journal.queue(service),
  ),
  fc.constant<Action>(async ({ journal }) => (await journal.unfinished()).toSorted()),
  fc.tuple(fc.constantFrom('web', 'shop', undefined), small).map(
    ([service, n]): Action =>
      ({ journal }) =>
        journal.readableHistory(service, n),
  ),
  small.map(
    (n): Action =>
      ({ journal }) =>
        journal.takeChanged(n),
  ),
  fc.tuple(id, holder).map(
    ([id, holder]): Action =>
      ({ posts }) =>
        posts.acquireLease(id, holder, 60_000),
  ),
  fc.tuple(id, holder).map(
    ([id, holder]): Action =>
      ({ posts }) =>
        posts.releaseLease(id, holder),
  ),
  fc.tuple(id, holder).map(
    ([id, holder]): Action =>
      ({ posts }) =>
        posts.releaseLease(id, holder, { again: 0 }),
  ),
  fc
    .tuple(
      fc.constantFrom('web', '*'),
      fc.constantFrom('lock' as const, 'freeze' as const),
      maybe(fc.nat({ max: 9 })),
    )
    .map(
      ([service, kind, until]): Action =>
        ({ locks }) =>
          locks.set({ kind, service, why: 'so', by: alice, since: 0, ...(until !== undefined && { until }) }),
    ),
  fc.constant<Action>(({ locks }) => locks.clear('web', 'lock')),
  fc.constant<Action>(async ({ locks }) =>
    (await locks.of('web')).map(({ kind, service }) => `${kind} ${service}`).toSorted(),
  ),
)

const withoutFence = (value: unknown): unknown =>
  value === undefined
    ? undefined
    : JSON.parse(
        JSON.stringify(value, (key, inner: unknown) => (key === 'fence' ? Number(inner) > 0 : inner)),
      )

const outcome = async (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    // Redis' fences are instants, those in memory are counted: both rise.
    (value) => ({ value: withoutFence(value) }),
    (error: unknown) => ({ error: error instanceof Error ? `${error.name}: ${error.message}` : error }),
  )

describe('the journal in memory and the one on Redis', () => {
  let redis: TestRedis
  let store: ConnectedStore
  const clock = { now: () => 5, real: (span: number) => span }
  beforeAll(async () => {
    redis = await startRedis({ fsync: 'no' })
    store = connectStore({ url: redis.url, clock, keep: 2, returns: changeRedeliveryTimeout })
    await store.ready(5_000)
  })
  afterAll(async () => {
    await store.close()
    await redis.stop()
  })

  it('give the same answers to whatever is done to them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 60, size: 'max' }), async (actions) => {
        await redis.empty()
        let real = 0
        const memory = memoryStore({ clock, real: () => (real += 0.001), keep: 2 })
        const pens: [Lease[], Lease[]] = [[], []]
        for (const act of actions)
          expect(await outcome(act(store, pens[0]))).toEqual(await outcome(act(memory, pens[1])))
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
