import { z } from 'zod'
import type { Clock } from '../../../ports/clock'
import type { Lock, Locks } from '../../../ports/locks'
import type { Barrier } from '../connection/durability'
import { valueOf } from './read-record'
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
const lockOf = (text: string) => valueOf('a lock', text, shape) as Lock

interface Parts {
  readonly store: Store
  readonly clock: Clock
  readonly barrier: Barrier
}

/** People's locks on Redis: one hash. What has run out stays there until it is replaced, and holds nobody. */
export const redisLocks = ({ store, clock, barrier }: Parts): Locks => {
  const { keys } = store
  const isActive = ({ until }: Lock) => until === undefined || until > clock.now()
  /** Decides by what is in a field and writes `next` there (empty: nothing), unless it has changed meanwhile. */
  const change = async <Result>(
    field: string,
    decide: (held: Lock | undefined) => { readonly next?: string; readonly result: Result },
  ): Promise<Result> => {
    for (;;) {
      const seen = await store.ask((client) => client.hget(keys.locks, field))
      const { next, result } = decide(seen === null ? undefined : lockOf(seen))
      if (next === undefined) return result
      const parameters = [field, seen ?? '', next, store.deadline()]
      const written = await store.run(compareAndSetField, [keys.locks], parameters)
      if (written === 'late') throw store.deadlineMissed()
      if (written !== 1) continue
      await barrier.pass()
      return result
    }
  }
  return {
    of: async (service) => {
      const fields = [service, '*'].flatMap((name) => kinds.map((kind) => fieldOf(kind, name)))
      const texts = await store.ask((client) => client.hmget(keys.locks, ...fields))
      return texts.flatMap((text) => (text === null ? [] : [lockOf(text)])).filter(isActive)
    },
    all: async () => (await store.ask((client) => client.hvals(keys.locks))).map(lockOf).filter(isActive),
    set: async (lock) => {
      const parameters = [fieldOf(lock.kind, lock.service), JSON.stringify(lock), store.deadline()]
      if ((await store.run(setField, [keys.locks], parameters)) !== 1) throw store.deadlineMissed()
      await barrier.pass()
    },
    acquire: (lock) =>
      change(fieldOf(lock.kind, lock.service), (held) => {
        const isTheirs = held !== undefined && isActive(held) && held.by.user !== lock.by.user
        return isTheirs ? { result: held } : { next: JSON.stringify(lock), result: undefined }
      }),
    clear: (service, kind, since) =>
      change(fieldOf(kind, service), (held) => {
        if (held === undefined || (since !== undefined && held.since !== since)) return { result: undefined }
        return { next: '', result: isActive(held) ? held : undefined }
      }),
  }
}
