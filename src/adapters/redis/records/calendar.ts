import { z } from 'zod'
import type { KnownEvent } from '../../../domain/events/event'
import { serviceOf } from '../../../domain/operation/id'
import { UnreadableRecord } from '../../../ports/failure'
import type { Calendar } from '../../../ports/calendar'
import type { Barrier } from '../connection/durability'
import { valueOf } from './read-record'
import type { UnreadableRecords } from './unreadable'
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
const eventOf = (id: string, text: string) => valueOf(`event ${id}`, text, shape) as KnownEvent

/** The live events on Redis: one hash, by id. */
export const redisCalendar = ({
  store,
  barrier,
  unreadable,
}: {
  readonly store: Store
  readonly barrier: Barrier
  readonly unreadable: UnreadableRecords
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
      return typeof struck === 'string'
        ? unreadable.skip(serviceOf(id), () => eventOf(id, struck))
        : undefined
    },
    of: async (service) =>
      Object.entries(await store.ask((client) => client.hgetall(store.keys.calendar)))
        .flatMap(([id, text]) => {
          const event = unreadable.skip(serviceOf(id), () => eventOf(id, text))
          // Of what is to happen to this very service nothing may be left out.
          if (event === undefined && serviceOf(id) === service) throw new UnreadableRecord(`event ${id}`)
          return event?.service === service ? [event] : []
        })
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
