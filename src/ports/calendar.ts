import type { KnownEvent } from '../domain/events/event'
import type { OperationId } from '../domain/operation/id'

/**
 * The live events of services, as people scheduled them: what the scheduled actions in AWS are to say. All methods reject
 * with StoreUnavailable when it cannot be reached.
 */
export interface Calendar {
  /** Enters an event, or replaces the one of its id. Resolves only when it is durable. */
  put(event: KnownEvent): Promise<void>
  /** Gives what was struck off. */
  strike(id: OperationId): Promise<KnownEvent | undefined>
  /** The events of a service, those that are over but not yet struck off too; by id. */
  of(service: string): Promise<readonly KnownEvent[]>
}
