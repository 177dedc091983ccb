import { type Job, Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Store } from '../connection/store'

/** What a queue and its worker are called, and where. */
interface Named {
  readonly name: string
  readonly keys: Store['keys']
}

/** A queue that keeps nothing of a job that has ended, and asks nothing of the store at its birth, which may not live yet. */
export const openQueue = <Data>(
  { name, keys }: Named,
  connection: Redis,
  failed: (error: Error) => void,
): Queue<Data, undefined> => {
  const queue = new Queue<Data, undefined>(name, {
    connection,
    prefix: keys.tag,
    skipVersionCheck: true,
    skipWaitingForReady: true,
    skipMetasUpdate: true,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0, keepLogs: 0 },
  })
  queue.on('error', failed)
  return queue
}

interface Working<Data> {
  readonly connection: Redis
  /** Jobs that run at once in this process. */
  readonly concurrency: number
  /** Real milliseconds for which a job is its worker's alone. */
  readonly lockDuration: number
  readonly process: (job: Job<Data, undefined>, token?: string) => Promise<undefined>
}

/** Who takes a queue's jobs. */
export const openWorker = <Data>(
  { name, keys }: Named,
  { process, ...how }: Working<Data>,
  failed: (error: Error) => void,
): Worker<Data, undefined> => {
  const worker = new Worker<Data, undefined>(name, process, {
    ...how,
    prefix: keys.tag,
    stalledInterval: how.lockDuration / 2,
    // The count is a lifetime budget that sleeping does not reset: what a job does bounds itself, not this.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    runRetryDelay: 1_000,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  })
  worker.on('error', failed)
  return worker
}

/** Closes a worker, but waits for its jobs no longer than so many real milliseconds. Gives whether they have ended. */
export const closeWorker = async (worker: Pick<Worker, 'close'>, timeout: number): Promise<boolean> => {
  const timedOut = new Promise<false>((resolve) => setTimeout(() => resolve(false), timeout).unref())
  return Promise.race([worker.close().then(() => true), timedOut])
}
