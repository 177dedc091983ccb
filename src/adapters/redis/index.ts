import type { Redis } from 'ioredis'
import type { Webhook } from '../../domain/webhooks/webhook'
import type { Outbox, OutboxWakes } from '../../ports/outbox'
import type { Timers } from '../../ports/timers'
import type { Calendar } from '../../ports/calendar'
import type { Clock } from '../../ports/clock'
import { StoreUnavailable } from '../../ports/failure'
import type { Hints } from '../../ports/hints'
import type { Journal } from '../../ports/journal'
import type { Locks } from '../../ports/locks'
import type { PeopleStore } from '../../ports/people'
import type { Posts } from '../../ports/posts'
import type { ApiRecords } from '../../ports/api-records'
import type { AuditRecord } from '../../ports/record'
import type { Replays } from '../../ports/replays'
import type { Unreadable } from '../../ports/unreadable'
import type { WorkerRpc } from '../../ports/worker-rpc'
import type { Wakeups } from '../../ports/wakeups'
import type { WindowTurns } from '../../ports/window-turns'
import { chainOn, redisAuditRecord } from './records/audit-record'
import { redisTimers } from './records/timers'
import { redisApiRecords } from './records/api-records'
import { redisCalendar } from './records/calendar'
import { connect, disconnect, type Purpose } from './connection/connections'
import {
  barrierOf,
  type Durability,
  type Inspection,
  inspect,
  type StatedDurability,
} from './connection/durability'
import { redisHints } from './records/hints'
import { redisJournal } from './records/journal'
import { keysOf } from './connection/keys'
import { changeRedeliveryTimeout, maxHistory, maxRecord } from './connection/limits'
import { redisLocks } from './records/locks'
import { newsOn } from './records/news'
import { announcerFor, redisOutbox } from './records/outbox'
import { redisPeople } from './records/people'
import { redisPosts } from './records/posts'
import { redisReplays } from './records/replays'
import { UnreadableRecords } from './records/unreadable'
import { redisWindowTurns } from './records/window-turns'
import { redisWorkerRpc } from './records/worker-rpc'
import { storeOn } from './connection/store'
import { subscriberOn } from './connection/subscriber'
import { redisOutboxWakes } from './queue/outbox-wakes'
import { redisWakeups } from './queue/wakeups'

interface StoreOptions {
  /** `redis://` or `rediss://`, with credentials where needed; never logged. */
  readonly url: string
  /** Whether the URL names a node of a cluster with several shards; one node, or none, is the default. */
  readonly cluster?: boolean
  /** What the store promises, where its operator states it. */
  readonly durability?: StatedDurability
  /** What the names of all keys begin with, in braces. */
  readonly prefix?: string
  readonly clock: Clock
  /** Who is told by HTTP of what is written. */
  readonly webhooks?: readonly Webhook[]
  /** Ticks that run at once in this process. */
  readonly concurrency?: number
  /** Ended operations kept for each service. */
  readonly keep?: number
  /** Lines of the record that are kept. */
  readonly keepRecord?: number
  /** Real milliseconds after which a change that a notifier took and did not release is given again. */
  readonly returns?: number
  /** Hears of lost connections, failed ticks and what was woken again. */
  readonly log?: (event: string, facts: Readonly<Record<string, unknown>>) => void
}

/** How the store is, for readiness. */
type StoreHealth =
  | {
      readonly ok: true
      /** Real milliseconds. */
      readonly roundTrip: number
      readonly durability: Durability
      /** What is wrong with its settings, in sentences; to be said loudly. */
      readonly warnings: readonly string[]
    }
  | { readonly ok: false; readonly why: string }

export interface ConnectedStore {
  readonly journal: Journal
  readonly locks: Locks
  readonly record: AuditRecord
  readonly timers: Timers
  readonly calendar: Calendar
  readonly posts: Posts
  readonly people: PeopleStore
  readonly replays: Replays
  readonly unreadable: Unreadable
  readonly apiRecords: ApiRecords
  readonly workerRpc: WorkerRpc
  readonly wakeups: Wakeups
  readonly hints: Hints
  readonly outbox: Outbox
  readonly outboxWakes: OutboxWakes
  readonly windowTurns: WindowTurns
  /** Calls back when the data is another's: what was recorded last may be gone. Gives a function that stops it. */
  onChangedHands(listener: () => void): () => void
  health(): Promise<StoreHealth>
  /** Why this store cannot be used at all, for its age; undefined where it can. Rejects with StoreUnavailable. */
  unsupported(): Promise<string | undefined>
  /** Resolves when the store answers for the first time; rejects with StoreUnavailable after `timeout` real ms. */
  ready(timeout: number): Promise<void>
  /** Lets go of all connections. Work and answering are to be stopped before. */
  close(): Promise<void>
}

/** Real milliseconds after which what was done in AWS before the store changed hands is seen there (EC2: "a few seconds to minutes"). */
const seenAfter = 30_000

/** Whether writes that were answered may be gone: not where one server, which keeps each on its disk, was started again. */
const mayHaveLost = (before: Inspection | undefined, seen: Inspection): boolean => {
  if (!before || seen.epoch === '' || seen.epoch === before.epoch) return false
  return before.durability.promise !== 'every write' || seen.durability.promise !== 'every write'
}

/**
 * Opens the store on Redis, Valkey or their like (7.0 or newer). It gives its ports at once, whether the store
 * can be reached yet or not: until then, and whenever it cannot, they reject with StoreUnavailable.
 */
export const connectStore = (options: StoreOptions): ConnectedStore => {
  const {
    url,
    cluster = false,
    durability: stated,
    prefix = 'rollcall',
    clock,
    webhooks = [],
    concurrency = 50,
    keep = maxHistory,
    keepRecord = maxRecord,
  } = options
  const { returns = changeRedeliveryTimeout, log = () => {} } = options
  const opened: Redis[] = []
  const open = (purpose: Purpose): Redis => {
    const client = connect(url, purpose, (code) => log('connection lost', { purpose, code }), cluster)
    opened.push(client)
    return client
  }

  const commands = open('commands')
  const keys = keysOf(prefix)
  const store = storeOn(commands, keys)
  const subscriber = subscriberOn(() => open('subscriber'))

  const changeListeners = new Set<() => void>()
  let before: Inspection | undefined
  /** Until when nothing is carried on, on the machine's monotonic clock. */
  let heldUntil = 0
  /**
   * The store's data is another's, or older than what was known: what was recorded last may be gone. All that is unfinished
   * is looked at again, by a tick of its own: what it intended is looked for in AWS before anything is done. Not at once,
   * for what an act did of which the store knows nothing any more may not be seen yet.
   */
  const changedHands = async () => {
    heldUntil = performance.now() + seenAfter
    log(
      'the store changed hands: what was recorded last may be lost; all that is unfinished is looked at again',
      { after: seenAfter },
    )
    for (const listener of changeListeners) listener()
    const unfinished = await store.ask((client) => client.zrange(keys.unfinished, '0', '-1')).catch(() => [])
    for (const id of unfinished) await wakeups.wake(id).catch(() => undefined)
  }
  let inspection: Promise<Inspection> | undefined
  const inspected = () => {
    inspection ??= inspect(commands, stated).then(
      (seen) => {
        if (mayHaveLost(before, seen)) void changedHands()
        if (seen.epoch !== '') before = seen
        return seen
      },
      (error: unknown) => {
        inspection = undefined
        throw error
      },
    )
    return inspection
  }
  // Another server may answer after each connect: look again, before somebody waits for it.
  commands.on('ready', () => {
    inspection = undefined
    inspected().catch(() => undefined)
  })
  let waiter: Redis | undefined
  /** As it was seen last. Rejects with StoreUnavailable, also where the store is too old to be worked with. */
  const supported = async (): Promise<Inspection> => {
    const seen = await inspected()
    if (seen.unsupported !== undefined)
      throw new StoreUnavailable(`the store cannot be used: ${seen.unsupported}`)
    return seen
  }
  const barrier = barrierOf({
    durability: async () => (await supported()).durability,
    connection: () => (waiter ??= open('waiter')),
    key: `${keys.base}barrier`,
    onShort: () => {
      inspection = undefined
    },
  })

  const unreadable = new UnreadableRecords(log)
  const chain = chainOn(store, keepRecord)
  const wakeups = redisWakeups({
    store,
    clock,
    commands,
    open: () => open('patient'),
    concurrency,
    held: async () => {
      await inspected()
      return Math.max(0, heldUntil - performance.now())
    },
    log,
  })
  const outboxWakes = redisOutboxWakes({
    store,
    clock,
    webhooks: webhooks.map(({ name }) => name),
    commands,
    open: () => open('patient'),
    log,
  })
  const announcer = announcerFor(webhooks, outboxWakes.wake)
  return {
    journal: redisJournal({
      store,
      news: newsOn(subscriber, keys.news),
      barrier,
      chain,
      announcer,
      clock,
      unreadable,
      keep,
      returns,
    }),
    locks: redisLocks({ store, clock, barrier, chain, announcer, unreadable }),
    record: redisAuditRecord(store, chain),
    timers: redisTimers({ store, clock, barrier, unreadable, log }),
    calendar: redisCalendar({ store, barrier, unreadable }),
    posts: redisPosts(store, unreadable),
    people: redisPeople(store, unreadable),
    replays: redisReplays(store),
    unreadable,
    apiRecords: redisApiRecords(store),
    workerRpc: redisWorkerRpc({
      store,
      subscriber,
      open: () => open('patient'),
      failed: (error) => log('question failed', { error }),
    }),
    wakeups,
    hints: redisHints({ store, clock }),
    outbox: redisOutbox({ store, chain, unreadable, wake: outboxWakes.wake }),
    outboxWakes,
    windowTurns: redisWindowTurns({ store, announcer, unreadable }),
    onChangedHands: (listener) => {
      changeListeners.add(listener)
      return () => void changeListeners.delete(listener)
    },
    health: async () => {
      const before = performance.now()
      try {
        await store.ask((client) => client.ping())
        const roundTrip = performance.now() - before
        const { durability, warnings } = await supported()
        return { ok: true, roundTrip, durability, warnings }
      } catch (error) {
        if (error instanceof StoreUnavailable) return { ok: false, why: error.message }
        throw error
      }
    },
    unsupported: async () => (await inspected()).unsupported,
    ready: (timeout) =>
      new Promise((resolve, reject) => {
        if (commands.status === 'ready') return resolve()
        const heard = () => {
          clearTimeout(timer)
          resolve()
        }
        const timer = setTimeout(() => {
          commands.off('ready', heard)
          reject(new StoreUnavailable('the store does not answer'))
        }, timeout)
        commands.once('ready', heard)
      }),
    close: async () => {
      await wakeups.close()
      await outboxWakes.close()
      await Promise.all(opened.map(disconnect))
    },
  }
}
