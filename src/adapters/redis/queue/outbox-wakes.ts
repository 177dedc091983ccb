import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Clock } from '../../../ports/clock'
import type { OutboxWakes } from '../../../ports/outbox'
import { disconnect } from '../connection/connections'
import { reaching } from '../connection/failures'
import { repeat } from '../connection/repeating'
import type { Store } from '../connection/store'
import { closeWorker, openQueue, openWorker } from './bullmq'

const queueName = 'outbox'
interface Wake {
  readonly webhook: string
}

/** Webhooks that one process sends to at once: one that does not answer holds up no other. */
const concurrency = 8
/** Real milliseconds: between looks for what nobody was woken for; how long a job sleeps at most; after an error. */
const interval = 2_500
const maxSleep = 600_000
const afterError = 5_000
const lockDuration = 30_000
/** Real milliseconds that what is being sent may take to finish when the worker stops. */
const stopTimeout = 8_000

interface Parts {
  readonly store: Store
  readonly clock: Clock
  /** Names of the webhooks that there are: nobody is woken for others, whose events wait until they are forgotten. */
  readonly webhooks: readonly string[]
  /** The connection of the store's commands. */
  readonly commands: Redis
  /** Opens a `patient` connection. */
  readonly open: () => Redis
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void
}

/** Wakes whoever sends, by BullMQ. A job says only which lane to look at; the outbox is the truth. */
export const redisOutboxWakes = ({ store, clock, webhooks, commands, open, log }: Parts) => {
  const { keys } = store
  const named = { name: queueName, keys }
  const queue = openQueue<Wake>(named, commands, (error) => log('outbox queue', { error: error.message }))

  const add = (webhook: string, jobId: string, delay = 0) =>
    reaching(queue.add('send', { webhook }, { jobId, delay }))

  /** Never rejects and waits for nothing: who is not woken is found. */
  const wake = (webhook: string): void => {
    add(webhook, randomUUID()).catch(() => undefined)
  }

  /** Wakes for lanes that are due and for which nobody was woken: whoever should have died, or the queue forgot it. */
  const sweep = async (): Promise<void> => {
    const due = await store.ask((client) => client.zrangebyscore(keys.outboxDue, '-inf', clock.now()))
    // One name, so that a lane stands in the queue once, however long it takes.
    for (const webhook of due) if (webhooks.includes(webhook)) await add(webhook, `due ${webhook}`)
  }

  const work: OutboxWakes['work'] = async (send) => {
    const process = async ({ data: { webhook } }: { readonly data: Wake }): Promise<undefined> => {
      const next = await send(webhook).catch((error: unknown) => {
        log('sending failed', { webhook, error })
        return { at: clock.now() + afterError }
      })
      if (next === undefined) return undefined
      const sleep = Math.min(Math.max(clock.real(next.at - clock.now()), 0), maxSleep)
      // By its time: of all who found the same, one comes again.
      await add(webhook, `${webhook} at ${next.at.toFixed(0)}`, sleep).catch(() => undefined)
      return undefined
    }
    const connection = open()
    const worker = openWorker<Wake>(named, { connection, concurrency, lockDuration, process }, (error) =>
      log('outbox worker', { error: error.message }),
    )
    const stopSweeping = repeat({ interval, look: sweep, failed: (error) => log('outbox', { error }) })
    return async () => {
      void stopSweeping()
      await closeWorker(worker, stopTimeout)
      await disconnect(connection)
    }
  }
  return { wake, work, close: () => queue.close() }
}
