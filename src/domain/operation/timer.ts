import type { Person } from '../access/person'
import type { Request } from './request'
import type { Instant } from '../time/time'

/** An operation that is to start by itself: the end of a window, the daily refresh, an event to be followed. */
export interface Timer {
  /** Unique, e.g. `finish shop`; one made again under its id is moved. */
  readonly id: string
  readonly at: Instant
  readonly request: Request
  /** For whom it is started: the person who set it up, or Rollcall itself. */
  readonly by: Person
  readonly why?: string
  /** Set for one that comes again each day. */
  readonly daily?: {
    /** The rule of the catalogue that it was made by. */
    readonly rule: string
    /** When it was due first, while it is being put off. */
    readonly since?: Instant
    /** Why nothing came of it, where that was said already: not to be said each day. */
    readonly told?: string
  }
  /** Who moved it last, where a person did. */
  readonly moved?: { readonly by: Person; readonly at: Instant }
}

/** Identifies one firing of a timer, so that it starts one operation only. */
export const timerDelivery = ({ id, at }: Pick<Timer, 'id' | 'at'>): string => `appointment ${id} ${at}`
