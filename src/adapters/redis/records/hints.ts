import { z } from 'zod'
import { type Milliseconds, minute, second } from '../../../domain/time/time'
import type { Clock } from '../../../ports/clock'
import type { Hints } from '../../../ports/hints'
import { follow, named } from '../scripts/hints'
import type { Store } from '../connection/store'

/** Real milliseconds for which an operation follows what it asked to: longer than it goes without looking. */
const followed = 90_000
/** Real milliseconds for which a hint is remembered. */
const remembered = 60_000
/** A hint so soon after another needs no wake-up of its own: the look two seconds after the first serves both. */
const oneWake: Milliseconds = 2 * second
/** A heartbeat is sent each minute: two that fail to come are enough to look often again. */
const alive: Milliseconds = 2.5 * minute
/** The same in real milliseconds, where the clock runs fast. */
const reallyAlive = 15_000

const ids = z.array(z.string())

/** Who follows what, on Redis: an event may come to any worker, and another one may look. */
export const redisHints = ({ store, clock }: { readonly store: Store; readonly clock: Clock }): Hints => {
  const { keys } = store
  return {
    of: (operation, region) => ({
      heard: async () => {
        const [beat, hinted] = await store.ask((client) =>
          client.mget(keys.heartbeat(region), keys.hinted(operation)),
        )
        const silence = clock.now() - Number(beat ?? Number.NEGATIVE_INFINITY)
        const live = silence <= alive || (beat != null && clock.real(silence) <= reallyAlive)
        return { live, ...(hinted != null && { last: Number(hinted) }) }
      },
      follow: async (subjects) => {
        const followers = subjects.map((subject) => keys.followers(region, subject))
        return (await store.run(follow(followers.length), followers, [operation, followed])) === 1
      },
    }),
    named: async (region, subject) => {
      const parameters = [keys.hinted(''), clock.now(), remembered, oneWake]
      return ids.parse(await store.run(named, [keys.followers(region, subject)], parameters))
    },
    beat: async (region, sentAt) => {
      await store.ask((client) => client.set(keys.heartbeat(region), sentAt))
    },
  }
}
