import type { ServiceEvents } from './events/service-events'
import type { ServiceStatus } from './fleet/service-status'
import type { ImageInventory } from './images/inventory'
import type { Planned } from './operation/planning'
import type { Request } from './operation/request'
import type { Reason } from './reasons/reason'
import type { Instant } from './time/time'

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
  | 'service'
  | 'version'
  | 'group'
  | 'fleet'
  | 'versionNames'
  | 'refresh'
  | 'live'
  | 'shares'
  | 'unbuilt'
  | 'problem'
> & {
  readonly error?: Reason
}

/** A version that can be deployed without baking. */
export interface KnownVersion {
  readonly version: string
  readonly image: string
  readonly createdAt: Instant
  /** Whether its image is still being made. */
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
