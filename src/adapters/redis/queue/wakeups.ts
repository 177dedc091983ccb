import { DelayedError, type Job } from 'bullmq'
import type { Redis } from 'ioredis'
import { StoreUnavailable } from '../../../ports/failure'
import type { Clock } from '../../../ports/clock'
import type { Next, Wakeups } from '../../../ports/wakeups'
import { commandTimeout, disconnect } from '../connection/connections'
import { reaching } from '../connection/failures'
import { closeWorker, openQueue, openWorker } from './bullmq'
import { reconcile } from './reconciler'
import { countWake } from '../scripts/wakes'
import type { Store } from '../connection/store'
import { lockDuration, acquireTick } from './ticks'
import type { OperationId } from '../../../domain/operation/id'

const queueName = 'wakeups'
interface Wake {
  readonly operation: OperationId
  readonly seq: number
}

/** Real milliseconds: how long a job sleeps at most (it looks and sleeps again), at least, and after an unexpected error. */
const maxSleep = 600_000
const minSleep = 20
const afterBusy = 100
const afterError = 2_000
/** Real milliseconds that ticks may take to finish when the worker stops. */
const stopTimeout = 15_000

interface Parts {
  readonly store: Store
  readonly clock: Clock
  /** The connection of the store's commands. */
  readonly commands: Redis
  /** Opens a `patient` connection. */
  readonly open: () => Redis
  /** Ticks that run at once in this process. */
  readonly concurrency: number
  /** Real milliseconds for which no operation may be carried on yet. Rejects with StoreUnavailable. */
  readonly held?: () => Promise<number>
  readonly log: (event: string, facts: Readonly<Record<string, unknown>>) => void
}

/** Wake-ups by BullMQ: each is a job `<operation>-<seq>` of its own, of which only the newest does anything. */
export const redisWakeups = ({
  store,
  clock,
  commands,
  open,
  concurrency,
  held = async () => 0,
  log,
}: Parts) => {
  const { keys } = store
  const named = { name: queueName, keys }
  const queue = openQueue<Wake>(named, commands, (error) => log('queue', { error: error.message }))

  const wake = async (operation: OperationId): Promise<void> => {
    const seq = Number(await store.run(countWake, [keys.wake(operation)]))
    await withTimeout(queue.add('wake', { operation, seq }, { jobId: `${operation}-${seq}` }))
  }

  const work: Wakeups['work'] = async (tick) => {
    const running = new Map<string, () => void>()

    /** Runs the tick and gives when to come again, in real milliseconds from now; undefined is never. */
    const tickOnce = async ({ id = '', data }: Job<Wake>, token: string): Promise<number | undefined> => {
      const { operation, seq } = data
      const hold = await held()
      if (hold > 0) return hold
      const jobs = queue.toKey(`${operation}-`)
      const lease = await acquireTick(store, { operation, seq, jobs, token: `${token}/${id}` })
      if (lease === 'older') return undefined
      if (lease === 'busy') return afterBusy
      running.set(id, lease.lose)
      try {
        return sleepOf(await tick(operation, lease.signal), clock)
      } finally {
        running.delete(id)
        await lease.end()
      }
    }

    const process = async (job: Job<Wake>, token = ''): Promise<undefined> => {
      const sleep = await tickOnce(job, token).catch((error: unknown) => {
        log('tick failed', { operation: job.data.operation, error })
        return afterError
      })
      if (sleep === undefined) return undefined
      // It fails when the job is not ours any more: whoever lost it must not finish it either.
      await job.moveToDelayed(Date.now() + sleep, token).catch((error: unknown) => {
        log('wake-up lost', { operation: job.data.operation, error })
      })
      throw new DelayedError()
    }

    const connection = open()
    const worker = openWorker<Wake>(named, { connection, concurrency, lockDuration, process }, (error) =>
      log('worker', { error: error.message }),
    )
    worker.on('lockRenewalFailed', (jobs: string[]) => jobs.forEach((job) => running.get(job)?.()))
    const stopReconciling = reconcile({ store, queue, wake, log })

    return async () => {
      void stopReconciling()
      if (!(await closeWorker(worker, stopTimeout)))
        log('ticks did not finish', { jobs: [...running.keys()] })
      await disconnect(connection)
    }
  }

  return { wake, work, close: () => queue.close() }
}

/** Real milliseconds until the next look. Due times are kept by the journal: looking too early does no harm. */
const sleepOf = (next: Next, clock: Clock): number | undefined =>
  next && Math.min(Math.max(clock.real(next.at - clock.now()), minSleep), maxSleep)

/** BullMQ may wait for its connection; who wakes must not. */
const withTimeout = async (added: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const timedOut = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable('the queue did not answer')), 1.5 * commandTimeout)
  })
  try {
    await Promise.race([reaching(added), timedOut])
  } finally {
    clearTimeout(timer)
  }
}
