import type { Planned } from '../domain/operation/planning'
import type { Reason } from '../domain/reasons/reason'
import type { Request } from '../domain/operation/request'
import type { Instant } from '../domain/time/time'
import type { ImageInventory } from '../messages/images/images'
import type { ServiceEvents } from '../messages/events/schedules'
import type { ServiceStatus } from '../messages/status/status'
import { StoreUnavailable } from './failure'
import type { WorkerRpc } from './worker-rpc'

/** What the gateway asks the worker; none of it changes anything. */
export type Query =
  | { readonly ask: 'status'; readonly services: readonly string[] }
  | { readonly ask: 'schedules'; readonly services: readonly string[] }
  | { readonly ask: 'versions'; readonly service: string }
  | { readonly ask: 'images'; readonly service: string }
  | { readonly ask: 'plan'; readonly request: Request }

/** A service's fleet as AWS tells it now, or in `error` why that cannot be told. */
export type FleetStatus = Pick<
  ServiceStatus,
  'service' | 'version' | 'group' | 'fleet' | 'versionNames' | 'refresh' | 'live' | 'shares' | 'problem'
> & {
  readonly error?: Reason
}

/** A version that can be deployed without baking. */
export interface KnownVersion {
  readonly version: string
  readonly image: string
  readonly createdAt: Instant
  readonly pending: boolean
}
export interface DeployableVersions {
  readonly current?: string
  /** Newest first. */
  readonly versions: readonly KnownVersion[]
}

export interface QueryResults {
  readonly status: readonly FleetStatus[]
  readonly schedules: readonly ServiceEvents[]
  readonly versions: DeployableVersions
  readonly images: ImageInventory
  readonly plan: Planned
}

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
