import { z } from 'zod'
import type { ToldOfWindow, WindowTurns } from '../../../ports/window-turns'
import { compareAndSetField } from '../scripts/fields'
import type { Store } from '../connection/store'
import type { Announcer } from './outbox'
import { valueOf } from './read-record'
import type { UnreadableRecords } from './unreadable'

const shape = z.object({
  told: z.union([z.literal('open'), z.object({ closedUntil: z.number() })]),
  services: z.array(z.string()),
})

const textOf = (told: ToldOfWindow | undefined): string =>
  told === undefined ? '' : JSON.stringify({ told: told.told, services: told.services })

/** On Redis: one hash, by the windows' names. */
export const redisWindowTurns = ({
  store,
  announcer,
  unreadable,
}: {
  readonly store: Store
  readonly announcer: Announcer
  readonly unreadable: UnreadableRecords
}): WindowTurns => {
  const { keys } = store
  return {
    told: async () => {
      const found = Object.entries(await store.ask((client) => client.hgetall(keys.windowTurns)))
      return new Map(
        found.flatMap(([name, text]) => {
          const read = () => valueOf(`what was told of the window ${name}`, text, shape) as ToldOfWindow
          const told = unreadable.skip(undefined, read)
          return told ? [[name, told] as const] : []
        }),
      )
    },
    tell: async (window, was, now, events) => {
      const text = announcer.text(events)
      const parameters = [window, textOf(was), textOf(now), store.deadline(), keys.base, '', text]
      if ((await store.run(compareAndSetField, [keys.windowTurns], parameters)) === 1) announcer.wake(text)
    },
  }
}
