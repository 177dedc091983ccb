import { z } from 'zod'
import type { Post, Posts } from '../../ports/posts'
import { valueOf } from './records'
import { hold } from './scripts/hold'
import { release } from './scripts/release'
import type { Store } from './store'

const shape = z.looseObject({ channel: z.string(), ts: z.string(), shown: z.string(), logged: z.number() })

/** The notifier's memory on Redis. All methods reject with StoreUnavailable. */
export const redisPosts = (store: Store): Posts => {
  const { keys } = store
  return {
    get: async (id) => {
      const text = await store.ask((client) => client.get(keys.post(id)))
      return text === null ? undefined : (valueOf(`the post of ${id}`, text, shape) as Post)
    },
    put: async (id, post) => {
      await store.ask((client) => client.set(keys.post(id), JSON.stringify(post)))
    },
    hold: async (id, holder, ms) => (await store.run(hold, [keys.hold(id)], [holder, ms])) === 1,
    release: async (id, holder, { again } = {}) => {
      const touched = [keys.hold(id), keys.changed, keys.taken, keys.operation(id)]
      await store.run(release, touched, [keys.base, id, holder, again ?? ''])
    },
  }
}
