import { z } from 'zod'
import type { ApiRecords } from '../../../ports/api-records'
import { apiCallTimeout, deliveryDedupPeriod } from '../connection/limits'
import type { Store } from '../connection/store'
import { beginCall } from '../scripts/begin-call'
import { valueOf } from './read-record'

const begun = z.union([
  z.tuple([z.literal('begun')]),
  z.tuple([z.literal('known'), z.string()]),
  z.tuple([z.literal('over'), z.number()]),
])
const call = z.object({ asked: z.string(), outcome: z.string().optional() })

/**
 * The door's memory, on Redis, one key each. It saves work and answers in order; that one call starts one operation is
 * the journal's word, whose script knows the delivery.
 */
export const redisApiRecords = (store: Store): ApiRecords => {
  const { keys } = store
  return {
    begin: async (key, asked, { who, most, within } = { who: '', most: 0, within: 0 }) => {
      const text = JSON.stringify({ asked } satisfies z.infer<typeof call>)
      const touched = [keys.apiCall(key), keys.apiChanges(who)]
      const answer = begun.parse(
        await store.run(beginCall, touched, [text, apiCallTimeout, key, most, within]),
      )
      if (answer[0] === 'begun') return { kind: 'begun' }
      if (answer[0] === 'over') return { kind: 'over', wait: answer[1] }
      const known = call.parse(valueOf('a call of the door', answer[1], call))
      if (known.asked !== asked) return { kind: 'other' }
      return known.outcome === undefined ? { kind: 'busy' } : { kind: 'done', outcome: known.outcome }
    },
    finish: async (key, asked, outcome) => {
      const text = JSON.stringify({ asked, outcome } satisfies z.infer<typeof call>)
      await store.ask((client) => client.set(keys.apiCall(key), text, 'PX', deliveryDedupPeriod))
    },
    abandon: async (key, limit) =>
      void (await store.ask(async (client) => {
        const both = client.multi().del(keys.apiCall(key))
        return (limit ? both.zrem(keys.apiChanges(limit.who), key) : both).exec()
      })),
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
