import type { Query, QueryResults } from '../domain/queries'
import { StoreUnavailable } from './failure'
import type { WorkerRpc } from './worker-rpc'

/** Real milliseconds; planning reads more of AWS than the others. */
const timeoutsMs: Readonly<Record<Query['ask'], number>> = {
  status: 6_000,
  schedules: 6_000,
  versions: 5_000,
  images: 12_000,
  plan: 12_000,
}

/**
 * Asks the worker. Undefined when no worker answers in time; rejects with StoreUnavailable when it cannot be asked.
 */
export const queryWorker = async <Q extends Query>(
  workerRpc: Pick<WorkerRpc, 'call'>,
  query: Q,
): Promise<QueryResults[Q['ask']] | undefined> => {
  try {
    const answer = await workerRpc.call(query, timeoutsMs[query.ask])
    return answer as unknown as QueryResults[Q['ask']]
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error
    return undefined
  }
}
