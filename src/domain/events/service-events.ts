import type { ScheduledAction } from '../fleet/fleet'
import type { Reason } from '../reasons/reason'
import type { KnownEvent } from './event'

/** The events of a service, or in `error` why they cannot be told. */
export interface ServiceEvents {
  readonly service: string
  /** The zone that its week is drawn in. */
  readonly zone?: string
  /** `broken` says what somebody did to an event's actions. */
  readonly events: readonly (KnownEvent & { readonly broken?: Reason })[]
  /** Scheduled actions that belong to no event. */
  readonly foreign: readonly ScheduledAction[]
  readonly error?: Reason
}
