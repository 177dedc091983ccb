import type { Replays } from '../../../ports/replays'
import type { Store } from '../connection/store'

/** Requests seen, on Redis, one key each. Rejects with StoreUnavailable. */
export const redisReplays = (store: Store): Replays => ({
  isFirst: async (request, ms) =>
    (await store.ask((client) => client.set(store.keys.request(request), '1', 'PX', ms, 'NX'))) === 'OK',
})
