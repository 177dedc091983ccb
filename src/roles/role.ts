import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from '../adapters/http/metrics'
import type { ConnectedStore } from '../adapters/redis'
import type { Environment, TelemetrySettings } from '../config/environment'
import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Clock } from '../ports/clock'
import type { Log } from '../ports/log'

/** What every role is made of. */
export interface Core {
  readonly catalogue: Catalogue
  readonly store: ConnectedStore
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Who is told of endings beside Slack; nobody when absent. */
  readonly telemetry?: TelemetrySettings
  /** The secrets of webhooks, by their names; a worker alone needs them. */
  readonly webhookSecrets?: ReadonlyMap<string, readonly string[]>
  /** Where the record is archived; see Environment. */
  readonly archive?: Environment['archive']
}

/** A role that runs. */
export interface Role {
  readonly name: 'gateway' | 'worker'
  ready(): { readonly ok: boolean }
  /** Takes an HTTP request that is meant for this role; false when it is not. */
  take?(request: IncomingMessage, response: ServerResponse): boolean
  /** Finishes what it is at, and takes nothing more. */
  stop(): Promise<void>
}
