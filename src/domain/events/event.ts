import type { Capacity } from '../catalogue'
import type { ScheduledAction } from '../fleet'
import type { OperationId } from '../operation'
import type { Instant, Milliseconds } from '../time'
import type { Every } from '../when/times'

/** When an event is, and when its group goes out for it and in again. */
export type EventTimes =
  | {
      readonly kind: 'once'
      readonly from: Instant
      readonly to: Instant
      readonly zone: string
      readonly outAt: Instant
      readonly inAt: Instant
    }
  /** `out` and `in` are crons in the event's zone. */
  | ({ readonly kind: 'every'; readonly out: string; readonly in: string } & Every)

/** An event as it was planned. */
export interface LiveEvent {
  readonly name?: string
  readonly times: EventTimes
  /** How long before its start the group goes out. */
  readonly lead: Milliseconds
  readonly desired: number
  readonly min?: number
  readonly max?: number
  /** The sizes that hold while no event is on. */
  readonly base: Capacity
}

/** An event that a group's scheduled actions speak of. */
export interface KnownEvent {
  /** The operation that scheduled it. */
  readonly id: OperationId
  readonly event: LiveEvent
}

export type Edge = 'out' | 'in'

/** A scheduled action to be made or corrected. */
export interface PlannedAction {
  /** The event that it belongs to; absent for the one that is being scheduled, which has no id yet. */
  readonly event?: OperationId
  readonly edge: Edge
  readonly at?: Instant
  readonly recurrence?: string
  readonly timezone?: string
  readonly sizes: Capacity
  /** What it set until now, where it exists. */
  readonly was?: Capacity
}

/** What becomes of a group's scheduled actions. */
export interface PlannedSchedule {
  readonly group: string
  /** The event that is scheduled, or taken away again (then with its id). */
  readonly event: LiveEvent
  readonly id?: OperationId
  /** In the order in which they are made: the way in before the way out. */
  readonly put: readonly PlannedAction[]
  readonly remove: readonly ScheduledAction[]
  /** Sizes that the group is to have at once, where an event is cancelled in its middle. */
  readonly now?: { readonly was: Capacity; readonly is: Capacity }
}

const named = /^rollcall ([a-z0-9-]+) (out|in)$/

/** What Rollcall calls the actions of an event; no other action is ever touched. */
export const actionName = (event: OperationId, edge: Edge): string => `rollcall ${event} ${edge}`

/** The event that an action belongs to; undefined for one that somebody else made. */
export const eventOf = (name: string): { readonly id: OperationId; readonly edge: Edge } | undefined => {
  const found = named.exec(name)
  return found?.[1] === undefined ? undefined : { id: found[1], edge: found[2] === 'out' ? 'out' : 'in' }
}

/** Whether an event's actions are still as Rollcall made them: the way in is there, and both at their times. */
export const isIntact = ({ id, event }: KnownEvent, actions: readonly ScheduledAction[]): boolean => {
  const { times } = event
  const own = (edge: Edge) => actions.find(({ name }) => name === actionName(id, edge))
  const [out, back] = [own('out'), own('in')]
  if (times.kind === 'every') return out?.recurrence === times.out && back?.recurrence === times.in
  // The way out is gone once it ran.
  return back?.startAt === times.inAt && (out === undefined || out.startAt === times.outAt)
}
