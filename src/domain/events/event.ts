import type { Capacity } from '../catalogue/catalogue'
import type { ScheduledAction } from '../fleet/fleet'
import type { Person } from '../access/person'
import type { Instant, Milliseconds } from '../time/time'
import type { Every } from '../time/phrases/times'
import { sameSizes } from './sizes'
import type { OperationId } from '../operation/id'

/** When an event is, and when its group scales out for it and in again. */
export type EventTimes =
  | {
      readonly kind: 'once'
      readonly from: Instant
      readonly to: Instant
      readonly zone: string
      readonly outAt: Instant
      readonly inAt: Instant
    }
  | ({
      readonly kind: 'every'
      /** How long after its end the group scales in, by the clocks of its zone. */
      readonly back: Milliseconds
      /** When the group scales out for it the first time. */
      readonly since: Instant
    } & Every)

/** An event as it was planned. */
export interface LiveEvent {
  readonly name?: string
  readonly times: EventTimes
  /** How long before its start the group scales out. */
  readonly lead: Milliseconds
  readonly desired: number
  readonly min?: number
  readonly max?: number
  /** The sizes that hold while no event is on. */
  readonly base: Capacity
}

/** An event that stands in the calendar. */
export interface KnownEvent {
  /** The operation that scheduled it. */
  readonly id: OperationId
  readonly service: string
  readonly event: LiveEvent
  /** Who scheduled it, or changed it last. */
  readonly by: Person
}

export type Edge = 'out' | 'in'

/** A scheduled action to be made or replaced. */
export interface PlannedAction {
  /** The event that it belongs to; absent for the one that is being scheduled, which has no id yet. */
  readonly event?: OperationId
  readonly edge: Edge
  /** Tells the actions of one edge apart; absent for the first. */
  readonly index?: number
  /** When it runs; for one that recurs, when it runs first, where that is not the next time that it names. */
  readonly at?: Instant
  /** From when on one that recurs runs no more. */
  readonly until?: Instant
  readonly recurrence?: string
  readonly timezone?: string
  readonly sizes: Capacity
  /** What it is until now, where it exists. */
  readonly was?: ScheduledAction
}

/** What the lead time of a scale-out before an event rests on: scale-outs of its past, or what is said instead. */
export type LeadFrom = 'past' | 'catalogue' | 'usual'

/** What becomes of a group's scheduled actions. */
export interface PlannedSchedule {
  readonly group: string
  /** The event that is scheduled, changed or taken away; absent where the others are only brought in line. */
  readonly event?: LiveEvent
  /** Where its lead was found, where it is computed anew. */
  readonly leadFrom?: LeadFrom
  /** Its id, where it is known already. */
  readonly id?: OperationId
  /** The sizes that hold while no event is on, which all of them go back to. */
  readonly base: Capacity
  /** Deleted before anything else: the ways out of an event that is taken away. */
  readonly first?: readonly ScheduledAction[]
  /** In the order in which they are made: the ways in before the ways out. */
  readonly put: readonly PlannedAction[]
  /** Deleted last, in this order: the ways out before the ways in. */
  readonly remove: readonly ScheduledAction[]
  /** Policies that scale in again what the event has scaled out, down to its minimum, where that is below its desired. */
  readonly scaledInBy?: readonly string[]
  /** Sizes that the group is to have at once, where an event that is on changes. */
  readonly now?: { readonly was: Capacity; readonly is: Capacity }
}

const named = /^rollcall ([a-z0-9-]+) (out|in)(?: (\d+))?$/

/** What Rollcall calls the actions of an event; no other action is ever touched. */
export const actionName = (event: OperationId, edge: Edge, index = 1): string =>
  index === 1 ? `rollcall ${event} ${edge}` : `rollcall ${event} ${edge} ${index}`

/** The event that an action belongs to; undefined for one that somebody else made. */
export const eventOf = (
  name: string,
): { readonly id: OperationId; readonly edge: Edge; readonly index: number } | undefined => {
  const found = named.exec(name)
  if (found?.[1] === undefined) return undefined
  return { id: found[1], edge: found[2] === 'out' ? 'out' : 'in', index: Number(found[3] ?? 1) }
}

/** Whether nothing of an event is to come any more. */
export const isOver = ({ times }: LiveEvent, now: Instant): boolean =>
  times.kind === 'once' && times.inAt <= now

/** The calls that a change of scheduled actions makes. */
export const callsOf = ({ first = [], put, remove, now }: PlannedSchedule): readonly string[] => [
  ...(put.length > 0 ? ['PutScheduledUpdateGroupAction'] : []),
  ...(now && !sameSizes(now.was, now.is) ? ['UpdateAutoScalingGroup'] : []),
  ...(first.length + remove.length > 0 ? ['DeleteScheduledAction'] : []),
]
