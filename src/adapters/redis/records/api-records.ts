import { z } from 'zod'
import type { ApiRecords } from '../../../ports/api-records'
import { apiCallTimeout, deliveryDedupPeriod } from '../connection/limits'
import type { Store } from '../connection/store'
import { valueOf } from './read-record'

const call = z.object({ asked: z.string(), outcome: z.string().optional() })

/**
 * The door's memory, on Redis, one key each. It saves work and answers in order; that one call starts one operation is
 * the journal's word, whose script knows the delivery.
 */
export const redisApiRecords = (store: Store): ApiRecords => {
  const { keys } = store
  const write = (key: string, value: z.infer<typeof call>, ms: number, more: readonly string[] = []) =>
    store.ask((client) => client.call('SET', keys.apiCall(key), JSON.stringify(value), 'PX', ms, ...more))
  return {
    begin: async (key, asked) => {
      if ((await write(key, { asked }, apiCallTimeout, ['NX'])) !== null) return { kind: 'begun' }
      const text = await store.ask((client) => client.get(keys.apiCall(key)))
      // It ended between the two: the caller asks again.
      if (text === null) return { kind: 'busy' }
      const known = call.parse(valueOf('a call of the door', text, call))
      if (known.asked !== asked) return { kind: 'other' }
      return known.outcome === undefined ? { kind: 'busy' } : { kind: 'done', outcome: known.outcome }
    },
    finish: async (key, asked, outcome) => void (await write(key, { asked, outcome }, deliveryDedupPeriod)),
    abandon: async (key) => void (await store.ask((client) => client.del(keys.apiCall(key)))),
    bind: async (once, by, ms) => {
      const key = keys.apiOnce(once)
      if ((await store.ask((client) => client.set(key, by, 'PX', ms, 'NX'))) === 'OK') return true
      return (await store.ask((client) => client.get(key))) === by
    },
    keepReader: async (hash, operation, ms) =>
      void (await store.ask((client) => client.set(keys.apiReader(hash), operation, 'PX', ms))),
    readableWith: async (hash) =>
      (await store.ask((client) => client.get(keys.apiReader(hash)))) ?? undefined,
    count: async (who, most, windowMs) => {
      const now = store.now()
      const key = keys.apiRate(`${who}:${windowMs}:${Math.floor(now / windowMs)}`)
      const [counted] = await store.ask(async (client) => {
        const answers = await client.multi().incr(key).pexpire(key, windowMs).exec()
        return [Number(answers?.[0]?.[1] ?? 0)] as const
      })
      return counted > most ? Math.ceil(windowMs - (now % windowMs)) : 0
    },
  }
}
