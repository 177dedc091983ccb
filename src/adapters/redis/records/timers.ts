import { z } from 'zod'
import { withPresentNames } from '../../../domain/operation/former-names'
import { serviceOf } from '../../../domain/operation/id'
import type { Timer } from '../../../domain/operation/timer'
import type { Timers } from '../../../ports/timers'
import type { Clock } from '../../../ports/clock'
import type { Barrier } from '../connection/durability'
import { valueOf } from './read-record'
import type { UnreadableRecords } from './unreadable'
import { dueTimers, setTimer, removeTimer } from '../scripts/timers'
import { repeat } from '../connection/repeating'
import type { Store } from '../connection/store'

const shape = z.looseObject({
  id: z.string(),
  at: z.number(),
  request: z.looseObject({ procedure: z.string(), service: z.string() }),
  by: z.looseObject({ user: z.string() }),
})
const timerOf = (id: string, text: string): Timer => {
  const timer = valueOf(`timer ${id}`, text, shape) as Timer
  return { ...timer, request: withPresentNames(timer.request) }
}

/** Ids are an action and a service, or an event and a moment: a word of it that may be the service. */
const whoseTimer = (id: string): string | undefined => {
  const last = id.split(' ').at(-1)
  return last === undefined ? undefined : (serviceOf(last) ?? last)
}

/** Real milliseconds between polls. Every worker polls: one poll is one small read. */
const interval = 500
/** Timers fired in one poll. */
const maxPerPoll = 50
const dueAnswer = z.array(z.tuple([z.string(), z.string().nullable()]))

interface Parts {
  readonly store: Store
  readonly clock: Clock
  readonly barrier: Barrier
  readonly unreadable: UnreadableRecords
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void
}

/** Timers on Redis, by the clock that all processes share. */
export const redisTimers = ({ store, clock, barrier, unreadable, log }: Parts): Timers => {
  const keys = [store.keys.timers, store.keys.timersDue]

  /** Timers that are due and that this version cannot read: they stay, and must not take the place of others. */
  let unreadableDue = 0
  const readable = (id: string, text: string) => unreadable.skip(whoseTimer(id), () => timerOf(id, text))

  const remove = async (id: string, at?: number): Promise<Timer | undefined> => {
    const removed = await store.run(removeTimer, keys, [id, at ?? '', store.deadline()])
    if (removed === 'late') throw store.deadlineMissed()
    await barrier.pass()
    return typeof removed === 'string' ? readable(id, removed) : undefined
  }

  const fireOne = async (timer: Timer, fire: (timer: Timer) => Promise<void>): Promise<void> => {
    try {
      await fire(timer)
      await remove(timer.id, timer.at)
    } catch (error) {
      log('timer not fired yet', { timer: timer.id, error })
    }
  }

  return {
    set: async (timer) => {
      const { id, at } = timer
      const parameters = [id, JSON.stringify(timer), at, store.deadline()]
      if ((await store.run(setTimer, keys, parameters)) !== 1) throw store.deadlineMissed()
      await barrier.pass()
    },
    cancel: (id) => remove(id),
    of: async (service) =>
      Object.entries(await store.ask((client) => client.hgetall(store.keys.timers)))
        .flatMap(([id, text]) => readable(id, text) ?? [])
        .filter(({ request }) => request.service === service)
        .toSorted((a, b) => a.at - b.at),

    subscribe: (fire) => {
      const poll = async () => {
        const due = dueAnswer.parse(
          await store.run(dueTimers, keys, [clock.now(), maxPerPoll + unreadableDue]),
        )
        let skipped = 0
        for (const [id, text] of due) {
          if (text === null) continue
          const timer = readable(id, text)
          if (timer === undefined) skipped += 1
          else await fireOne(timer, fire)
        }
        unreadableDue = skipped
      }
      return repeat({ interval, look: poll, failed: (error) => log('timers', { error }) })
    },
  }
}
