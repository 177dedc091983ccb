import { z } from 'zod'
import { serviceOf } from '../../../domain/operation/id'
import type { Operation } from '../../../domain/operation/operation'
import { endedEntry, type Entry, saidEntry } from '../../../domain/record/entry'
import { eventsOf, recordedEvents, typesOf } from '../../../domain/webhooks/event'
import type { Clock } from '../../../ports/clock'
import { StoreUnavailable, Superseded, UnreadableRecord } from '../../../ports/failure'
import { type Change, type Journal, type Lease, readOperations } from '../../../ports/journal'
import type { Barrier } from '../connection/durability'
import { deliveryDedupPeriod, withdrawalTimeout, withdrawalInterval } from '../connection/limits'
import type { Chain } from './audit-record'
import type { News } from './news'
import type { Announcer } from './outbox'
import { operationOf, recordVersion } from './read-record'
import { asUnreadable, type UnreadableRecords } from './unreadable'
import { create } from '../scripts/create'
import { read } from '../scripts/read'
import { signal } from '../scripts/signal'
import { takeChanged } from '../scripts/take-changed'
import { acquireLease } from '../scripts/acquire-lease'
import { withdraw } from '../scripts/withdraw'
import { write } from '../scripts/write'
import type { Store } from '../connection/store'

const ids = z.array(z.string())
const createAnswer = z.union([
  z.tuple([z.enum(['created', 'known']), z.string()]),
  z.tuple([z.literal('taken')]),
  z.tuple([z.literal('late')]),
])
const writeAnswer = z.union([
  z.tuple([z.literal('written'), z.number(), z.string()]),
  z.tuple([z.literal('superseded')]),
  z.tuple([z.literal('ended')]),
  z.tuple([z.literal('unknown')]),
])
const signalAnswer = z.enum(['recorded', 'already', 'ended', 'unknown', 'late'])

/** A change as the script reads it: values are JSON texts, so that Lua has none to garble. */
const written = ({ phase, plan, startedAt, step, fleet, note, join, leave, ending }: Change): string =>
  JSON.stringify({
    fields: {
      phase: ending === undefined ? phase : 'ended',
      startedAt: startedAt?.toFixed(0),
      plan: plan && JSON.stringify(plan),
      fleet: fleet && JSON.stringify(fleet),
      ending: ending && JSON.stringify(ending),
    },
    step: step && { key: step.key, record: JSON.stringify(step) },
    note: note && JSON.stringify(note),
    join,
    leave,
    ends: ending !== undefined || undefined,
  })

interface Parts {
  readonly store: Store
  readonly news: News
  readonly barrier: Barrier
  readonly chain: Chain
  readonly announcer: Announcer
  readonly clock: Clock
  readonly unreadable: UnreadableRecords
  /** Ended operations kept for each service. */
  readonly keep: number
  /** Real milliseconds after which a change that was taken and not released is given again. */
  readonly returns: number
}

/** The journal on Redis: each method that changes something is one script. */
export const redisJournal = (parts: Parts): Journal => {
  const { store, news, barrier, chain, announcer, clock, unreadable, keep, returns } = parts
  const { keys } = store
  /** An operation by what a script gives of it. Rejects with UnreadableRecord. */
  const understood = async (id: string, snapshot: Promise<unknown>): Promise<Operation | undefined> => {
    try {
      const found = await snapshot
      return found === null ? undefined : operationOf(id, found)
    } catch (error) {
      const failure = asUnreadable(`operation ${id}`, error)
      if (failure instanceof UnreadableRecord) unreadable.note(serviceOf(id), failure)
      throw failure
    }
  }
  /** What the record tells of an ending: the operation as it stands, with what ends it. */
  const entryOf = (operation: Operation, { ending, plan, step }: Change): Entry | undefined => {
    if (!ending) return undefined
    const steps = step ? [...operation.steps.filter(({ key }) => key !== step.key), step] : operation.steps
    return endedEntry({ ...operation, steps, ...(plan && { plan }) }, ending)
  }
  const readOne = (id: string) => understood(id, store.run(read, [keys.operation(id)]))
  const ended = (service: string | undefined, limit: number): Promise<readonly string[]> =>
    limit < 1
      ? Promise.resolve([])
      : store.ask((client) => client.zrevrange(keys.history(service), 0, limit - 1))

  /** Whoever hears StoreUnavailable tells the person that nothing was recorded: it shall be true soon. */
  const takeBack = (id: string, delivery: string) => {
    const touched = [keys.unfinished, keys.attention, keys.changed, keys.taken]
    const attempt = () => store.run(withdraw, [keys.delivery(delivery), keys.operation(id), ...touched], [id])
    const until = performance.now() + withdrawalTimeout
    const again = () => {
      attempt().catch(() => {
        if (performance.now() < until) setTimeout(again, withdrawalInterval).unref()
      })
    }
    again()
  }

  return {
    create: async ({ id, ...operation }, delivery) => {
      const { service } = operation.request
      const head = JSON.stringify({ id, ...operation })
      const told = announcer.text(recordedEvents({ id, ...operation }))
      const known = [keys.base, id, service, recordVersion, head, deliveryDedupPeriod]
      const parameters = [...known, store.deadline(), told]
      try {
        const touched = [keys.delivery(delivery), keys.operation(id)]
        const answer = createAnswer.parse(await store.run(create, touched, parameters))
        if (answer[0] === 'late') throw store.deadlineMissed()
        if (answer[0] === 'taken') throw new Error(`the operation's id is taken: ${id}`)
        await barrier.pass()
        return { id: answer[1], created: answer[0] === 'created' }
      } catch (error) {
        if (error instanceof StoreUnavailable) takeBack(id, delivery)
        throw error
      }
    },

    read: readOne,

    acquireLease: async (id) => {
      const taken = store.run(acquireLease, [keys.operation(id), keys.attention], [id, keys.base])
      const operation = await understood(id, taken)
      return operation && { lease: { operation: id, fence: operation.fence }, operation }
    },

    write: async (lease: Lease, change) => {
      const parameters = [keys.base, lease.operation, lease.fence, keep, written(change)]
      const isTold = change.ending !== undefined || announcer.wants(typesOf(change))
      // Only who has the lease changes what is told, and one that was superseded meanwhile writes nothing.
      const before = isTold ? await readOne(lease.operation) : undefined
      const entry = before && entryOf(before, change)
      const told = before ? announcer.text(eventsOf(before, change, clock.now())) : ''
      const answer = writeAnswer.parse(
        await chain.with(entry, (chained) =>
          store.run(write, [keys.operation(lease.operation)], [...parameters, chained, told]),
        ),
      )
      if (answer[0] === 'superseded') throw new Superseded(`a newer tick writes to ${lease.operation}`)
      if (answer[0] === 'ended') throw new Error(`the operation has ended: ${lease.operation}`)
      if (answer[0] === 'unknown') throw new Error(`no such operation: ${lease.operation}`)
      // AWS must not be ahead of the store: what the store may still lose of what comes after it, is looked for again.
      if (change.step?.state === 'intended') await barrier.pass()
      announcer.wake(told)
      const [, place, next] = answer
      return next === '' ? { place } : { place, next }
    },

    signal: async (id, personSignal) => {
      const parameters = [keys.base, id, personSignal.id, JSON.stringify(personSignal), store.deadline()]
      const answer = signalAnswer.parse(
        await chain.with(saidEntry(id, personSignal), (chained) =>
          store.run(signal, [keys.operation(id)], [...parameters, chained]),
        ),
      )
      if (answer === 'late') throw store.deadlineMissed()
      if (answer === 'recorded' || answer === 'already') await barrier.pass()
      return answer
    },

    queue: (service) => store.ask((client) => client.lrange(keys.queue(service), 0, -1)),
    unfinished: () => store.ask((client) => client.zrange(keys.unfinished, '0', '-1')),

    history: async (service, limit) => {
      const read = await Promise.all((await ended(service, limit)).map(readOne))
      return read.filter((operation) => operation !== undefined)
    },
    readableHistory: async (service, limit) => readOperations({ read: readOne }, await ended(service, limit)),

    takeChanged: async (limit) => {
      const parameters = [keys.base, limit, returns]
      return ids.parse(await store.run(takeChanged, [keys.changed, keys.taken], parameters))
    },
    onChange: (listener) => news.listen(listener),
  }
}
