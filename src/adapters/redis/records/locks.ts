import { z } from 'zod'
import { rollcall } from '../../../domain/access/person'
import type { Clock } from '../../../ports/clock'
import type { Lock, Locks } from '../../../ports/locks'
import type { Barrier } from '../connection/durability'
import type { Chain } from './audit-record'
import { lockedEntry, unlockedEntry, type Entry } from '../../../domain/record/entry'
import { lockEvents, type WebhookEvent } from '../../../domain/webhooks/event'
import type { Announcer } from './outbox'
import { valueOf } from './read-record'
import type { UnreadableRecords } from './unreadable'
import { compareAndSetField, setField } from '../scripts/fields'
import type { Store } from '../connection/store'

const shape = z.looseObject({
  kind: z.enum(['lock', 'freeze']),
  service: z.string(),
  why: z.string(),
  by: z.looseObject({ user: z.string() }),
  since: z.number(),
  until: z.number().optional(),
})
const kinds: readonly Lock['kind'][] = ['lock', 'freeze']
const fieldOf = (kind: Lock['kind'], service: string) => `${kind}:${service}`
/**
 * A lock that cannot be read holds all the same: by whom and why is not known. It is cleared as any other.
 */
const unknownLock = (field: string): Lock => {
  const at = field.indexOf(':')
  const kind = kinds.find((one) => one === field.slice(0, at)) ?? 'lock'
  return { kind, service: field.slice(at + 1), why: '?', by: rollcall, since: 0 }
}

interface Parts {
  readonly store: Store
  readonly clock: Clock
  readonly barrier: Barrier
  readonly chain: Chain
  readonly announcer: Announcer
  readonly unreadable: UnreadableRecords
}

/** People's locks on Redis: one hash. What has run out stays there until it is replaced, and holds nobody. */
export const redisLocks = ({ store, clock, barrier, chain, announcer, unreadable }: Parts): Locks => {
  const { keys } = store
  const lockOf = (field: string, text: string): Lock => {
    const service = field.slice(field.indexOf(':') + 1)
    const read = () => valueOf(`lock ${field}`, text, shape) as Lock
    return unreadable.skip(service === '*' ? undefined : service, read) ?? unknownLock(field)
  }
  const isActive = ({ until }: Lock) => until === undefined || until > clock.now()
  /** Decides by what is in a field and writes `next` there (empty: nothing), unless it has changed meanwhile. */
  const change = async <Result>(
    field: string,
    decide: (held: Lock | undefined) => {
      readonly next?: string
      readonly result: Result
      readonly entry?: Entry
      readonly events?: readonly WebhookEvent[]
    },
  ): Promise<Result> => {
    for (;;) {
      // As bytes: what is no text would never be found to be the same again.
      const seen = await store.ask((client) => client.hgetBuffer(keys.locks, field))
      const {
        next,
        result,
        entry,
        events = [],
      } = decide(seen === null ? undefined : lockOf(field, seen.toString()))
      if (next === undefined) return result
      const parameters = [field, seen ?? '', next, store.deadline()]
      const told = announcer.text(events)
      const written = await chain.with(entry, (chained) =>
        store.run(compareAndSetField, [keys.locks], [...parameters, keys.base, chained, told]),
      )
      if (written === 'late') throw store.deadlineMissed()
      if (written !== 1) continue
      announcer.wake(told)
      await barrier.pass()
      return result
    }
  }
  return {
    of: async (service) => {
      const fields = [service, '*'].flatMap((name) => kinds.map((kind) => fieldOf(kind, name)))
      const texts = await store.ask((client) => client.hmget(keys.locks, ...fields))
      return fields
        .flatMap((field, index) => {
          const text = texts[index]
          return text === null || text === undefined ? [] : [lockOf(field, text)]
        })
        .filter(isActive)
    },
    all: async () =>
      Object.entries(await store.ask((client) => client.hgetall(keys.locks)))
        .map(([field, text]) => lockOf(field, text))
        .filter(isActive),
    set: async (lock) => {
      const parameters = [fieldOf(lock.kind, lock.service), JSON.stringify(lock), store.deadline()]
      const told = announcer.text(lockEvents('service.locked', lock, clock.now()))
      const written = await chain.with(lockedEntry(lock), (chained) =>
        store.run(setField, [keys.locks], [...parameters, keys.base, chained, told]),
      )
      if (written !== 1) throw store.deadlineMissed()
      announcer.wake(told)
      await barrier.pass()
    },
    acquire: (lock) =>
      change(fieldOf(lock.kind, lock.service), (held) => {
        const isTheirs = held !== undefined && isActive(held) && held.by.user !== lock.by.user
        return isTheirs
          ? { result: held }
          : {
              next: JSON.stringify(lock),
              result: undefined,
              entry: lockedEntry(lock),
              events: lockEvents('service.locked', lock, clock.now()),
            }
      }),
    clear: (service, kind, since, by) =>
      change(fieldOf(kind, service), (held) => {
        if (held === undefined || (since !== undefined && held.since !== since)) return { result: undefined }
        return isActive(held)
          ? {
              next: '',
              result: held,
              entry: unlockedEntry(held, by, clock.now()),
              events: lockEvents('service.unlocked', held, clock.now(), by),
            }
          : { next: '', result: undefined }
      }),
  }
}
