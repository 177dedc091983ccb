import { z } from 'zod'
import type { Clock } from '../../../ports/clock'
import type { Lock, Locks } from '../../../ports/locks'
import type { Barrier } from '../connection/durability'
import { valueOf } from './read-record'
import { clearField, setField } from '../scripts/fields'
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
    clear: async (service, kind) => {
      const cleared = await store.run(clearField, [keys.locks], [fieldOf(kind, service), store.deadline()])
      if (cleared === 'late') throw store.deadlineMissed()
      await barrier.pass()
      const lock = typeof cleared === 'string' ? lockOf(cleared) : undefined
      return lock !== undefined && isActive(lock) ? lock : undefined
    },
  }
}
