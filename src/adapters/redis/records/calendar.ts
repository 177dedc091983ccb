import { z } from 'zod'
import type { KnownEvent } from '../../../domain/events/event'
import type { Calendar } from '../../../ports/calendar'
import type { Barrier } from '../connection/durability'
import { valueOf } from './read-record'
import { clearField, setField } from '../scripts/fields'
import type { Store } from '../connection/store'

const shape = z.looseObject({
  id: z.string(),
  service: z.string(),
  event: z.looseObject({
    times: z.looseObject({ kind: z.enum(['once', 'every']) }),
    lead: z.number(),
    desired: z.number(),
    base: z.object({ min: z.number(), desired: z.number(), max: z.number() }),
  }),
  by: z.looseObject({ user: z.string() }),
})
const eventOf = (text: string) => valueOf('an event', text, shape) as KnownEvent

/** The live events on Redis: one hash, by id. */
export const redisCalendar = ({
  store,
  barrier,
}: {
  readonly store: Store
  readonly barrier: Barrier
}): Calendar => {
  const keys = [store.keys.calendar]
  return {
    put: async (event) => {
      const parameters = [event.id, JSON.stringify(event), store.deadline()]
      if ((await store.run(setField, keys, parameters)) !== 1) throw store.deadlineMissed()
      await barrier.pass()
    },
    strike: async (id) => {
      const struck = await store.run(clearField, keys, [id, store.deadline()])
      if (struck === 'late') throw store.deadlineMissed()
      await barrier.pass()
      return typeof struck === 'string' ? eventOf(struck) : undefined
    },
    of: async (service) =>
      (await store.ask((client) => client.hvals(store.keys.calendar)))
        .map(eventOf)
        .filter((event) => event.service === service)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
