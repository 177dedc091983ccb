import { z } from 'zod'
import { serviceOf } from '../../../domain/operation/id'
import { UnreadableRecord } from '../../../ports/failure'
import type { Post, Posts } from '../../../ports/posts'
import { valueOf } from './read-record'
import { asUnreadable, type UnreadableRecords } from './unreadable'
import { leasePost } from '../scripts/lease-post'
import { release } from '../scripts/release'
import type { Store } from '../connection/store'

const shape = z.looseObject({ channel: z.string(), ts: z.string(), shown: z.string(), logged: z.number() })

/** The notifier's memory on Redis. All methods reject with StoreUnavailable. */
export const redisPosts = (store: Store, unreadable: UnreadableRecords): Posts => {
  const { keys } = store
  return {
    get: async (id) => {
      const text = await store
        .ask((client) => client.get(keys.post(id)))
        .catch((error: unknown) => {
          throw asUnreadable(`message of ${id}`, error)
        })
      if (text === null) return undefined
      try {
        return valueOf(`message of ${id}`, text, shape) as Post
      } catch (error) {
        if (error instanceof UnreadableRecord) unreadable.note(serviceOf(id), error)
        throw error
      }
    },
    put: async (id, post) => {
      await store.ask((client) => client.set(keys.post(id), JSON.stringify(post)))
    },
    acquireLease: async (id, holder, ms) =>
      (await store.run(leasePost, [keys.lease(id)], [holder, ms])) === 1,
    releaseLease: async (id, holder, { again } = {}) => {
      const touched = [keys.lease(id), keys.changed, keys.taken, keys.operation(id)]
      await store.run(release, touched, [keys.base, id, holder, again ?? ''])
    },
  }
}
