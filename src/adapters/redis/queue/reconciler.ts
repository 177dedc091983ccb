import { randomUUID } from 'node:crypto'
import type { Queue } from 'bullmq'
import { z } from 'zod'
import { StoreUnavailable } from '../../../ports/failure'
import { takeUnattended } from '../scripts/wakes'
import { repeat } from '../connection/repeating'
import type { Store } from '../connection/store'
import type { OperationId } from '../../../domain/operation/id'

/** Real milliseconds between looks; one worker looks for all. */
const interval = 2_500
/** Real milliseconds after which what was said to an operation, and seen by no tick, wakes it again. */
const unattendedTimeout = 2_000
/** Real milliseconds for which an unfinished operation may be without a live job. */
const noJobTimeout = 10_000
/** A delayed job's score is its instant times this, and a count (BullMQ, `getDelayedScore` of its scripts). */
const scorePerMillisecond = 0x1000
/** Operations woken in one look: waking more at once helps nobody. */
const maxPerRound = 500

interface Parts {
  readonly store: Store
  readonly queue: Pick<Queue, 'getRanges' | 'toKey'>
  readonly wake: (id: OperationId) => Promise<void>
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void
}

const ids = z.array(z.string())
const operationOf = (job: string): OperationId => job.slice(0, job.lastIndexOf('-'))

/**
 * Wakes, while it runs, what nobody else woke: operations that were told something which no tick has seen
 * (whoever told them died before waking them), and unfinished ones that have no live job (whoever ran it died,
 * or the queue forgot it). Gives a function that stops it.
 */
export const reconcile = ({ store, queue, wake, log }: Parts): (() => Promise<void>) => {
  const { keys } = store
  const instanceId = randomUUID()

  /** Operations by what their jobs do: stand in the queue, or be alive at all (stand, sleep until they are due, run under a lock). */
  const jobs = async () => {
    const queued = await queue.getRanges(['wait', 'prioritized'], 0, -1)
    // One that is overdue nobody promoted, as after a long pause or a marker that was lost: it wakes nobody by itself.
    const sleeping = await store.ask((client) =>
      client.zrangebyscore(
        queue.toKey('delayed'),
        (store.now() - noJobTimeout) * scorePerMillisecond,
        '+inf',
      ),
    )
    const active = await queue.getRanges(['active'], 0, -1)
    const locked = await Promise.all(
      active.map((job) => store.ask((client) => client.exists(queue.toKey(`${job}:lock`)))),
    )
    const running = active.filter((_, index) => locked[index] === 1)
    return {
      queued: new Set(queued.map(operationOf)),
      alive: new Set([...queued, ...sleeping, ...running].map(operationOf)),
    }
  }

  const orphans = async (alive: ReadonlySet<OperationId>): Promise<readonly OperationId[]> => {
    const unfinished = await store.ask((client) => client.zrange(keys.unfinished, '0', '-1'))
    const candidates = unfinished.filter((id) => !alive.has(id))
    const since = (store.now() - noJobTimeout) * 1_000
    const seen = await Promise.all(
      candidates.map((id) =>
        store
          .ask((client) => client.hget(keys.wake(id), 'at'))
          .catch((error: unknown) => {
            // One damaged key must not keep the others asleep.
            if (error instanceof StoreUnavailable) throw error
            return null
          }),
      ),
    )
    return candidates.filter((_, index) => Number(seen[index] ?? 0) < since)
  }

  const reconcileOnce = async () => {
    const mine = await store.ask((client) =>
      client.set(keys.reconciler, instanceId, 'PX', interval * 0.8, 'NX'),
    )
    if (mine === null) return
    const unseen = ids.parse(
      await store.run(takeUnattended, [keys.attention], [unattendedTimeout, maxPerRound]),
    )
    const { queued, alive } = await jobs()
    // What stands in the queue keeps its place: a newer job would push it back, look after look.
    const waking = [
      ...unseen.filter((id) => !queued.has(id)),
      ...(await orphans(alive)).slice(0, maxPerRound),
    ]
    for (const id of new Set(waking)) {
      log('woken again', { operation: id })
      await wake(id).catch((error: unknown) => {
        if (error instanceof StoreUnavailable) throw error
        log('reconciler', { operation: id, error })
      })
    }
  }

  return repeat({ interval, look: reconcileOnce, failed: (error) => log('reconciler', { error }) })
}
