import type { ScheduledAction } from '../fleet/fleet'
import type { Instant } from '../time/time'
import { amend } from './amend'
import { type Edge, eventOf, isOver, type KnownEvent } from './event'
import { timetable } from './timetable'
import type { OperationId } from '../operation/id'

/** What became of an action of an event without Rollcall. */
export interface DriftedAction {
  readonly edge: Edge
  readonly how: 'gone' | 'changed' | 'added'
}

/**
 * The events whose scheduled actions are not as they were made, and how: somebody changed or deleted them. What is left
 * of actions that run just now is no difference.
 */
export const driftOf = ({
  actions,
  events,
  now,
}: {
  readonly actions: readonly ScheduledAction[]
  readonly events: readonly KnownEvent[]
  readonly now: Instant
}): ReadonlyMap<OperationId, readonly DriftedAction[]> => {
  const found = new Map<OperationId, DriftedAction[]>()
  const toCome = events.filter(({ event }) => !isOver(event, now))
  const [first] = toCome
  if (!first) return found
  const ids = new Set(toCome.map(({ id }) => id))
  const foreign = actions.filter(({ name }) => !ids.has(eventOf(name)?.id ?? ''))
  const taken = new Set(foreign.flatMap(({ startAt }) => startAt ?? []))
  // All events of a service go back to the same sizes.
  const wanted = timetable(first.event.base, toCome, now, taken)
  if (!wanted.ok) return found
  const { first: inTheWay = [], put, remove } = amend(wanted.value, actions, ids, now)
  const add = (id: OperationId, drifted: DriftedAction) => found.set(id, [...(found.get(id) ?? []), drifted])
  for (const { event, edge, was } of put) add(event ?? '', { edge, how: was ? 'changed' : 'gone' })
  for (const { name } of [...inTheWay, ...remove]) {
    const one = eventOf(name)
    const replaced = one && found.get(one.id)?.find(({ edge, how }) => edge === one.edge && how === 'gone')
    if (!one) continue
    // One that was moved is missing at its own time, and there at another one.
    if (replaced)
      found.set(
        one.id,
        (found.get(one.id) ?? []).filter((other) => other !== replaced),
      )
    add(one.id, { edge: one.edge, how: replaced ? 'changed' : 'added' })
  }
  return found
}
