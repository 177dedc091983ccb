import type { Json } from '../../domain/json'
import {
  noObservations,
  type PlannedMonitor,
  type Sample,
  type Observations,
  secondsOf,
  withGap,
  withSamples,
} from '../../domain/events/monitoring'
import type { KnownEvent } from '../../domain/events/event'
import { type Occurrence, occurrencesOf } from '../../domain/events/occurrences'
import { reconstructed } from '../../domain/events/reconstruct'
import { sizesWith } from '../../domain/events/timetable'
import type { Capacity } from '../../domain/catalogue/catalogue'
import { active, type FleetNow, serving, snapshot, unitsOf } from '../../domain/fleet/serving'
import { type Instant, type Milliseconds, minute } from '../../domain/time/time'
import type { Run } from '../../durable/run'
import type { Freshness } from '../../ports/freshness'
import type { Context } from '../context'
import { liveGroup } from '../../facts/fleet/live-group'
import { readTargets } from '../../facts/fleet/read-fleet'
import { type Result, ok } from '../../domain/result'

/** What a follower remembers between two looks; the same when nothing was seen that is new. */
interface Memory {
  readonly [key: string]: Json | undefined
  readonly seen: Observations
  /** When it looked last, to a minute. */
  readonly last: Instant
}

/** What one look came to. */
export interface Observation {
  readonly now: Instant
  readonly fleet: FleetNow
  /** In units, where the group's instances have weights. */
  readonly healthy: number
  /** The sizes that should hold now. */
  readonly due: Capacity
  /** The time that is followed, as the calendar has it now; undefined when it was taken away or moved. */
  readonly occurrence: Occurrence | undefined
  /** Whether the event stands, at another time. */
  readonly moved: boolean
  readonly memory: Memory
}

/** The time of an event that is followed, as the calendar has it now. */
export const currentOccurrence = (
  events: readonly KnownEvent[],
  { id, occurrence: { from } }: PlannedMonitor,
): { readonly known?: KnownEvent; readonly occurrence?: Occurrence } => {
  const known = events.find((event) => event.id === id)
  const occurrence =
    known && occurrencesOf(known.event, { from, to: from + 1 }).find((one) => one.from === from)
  return { ...(known && { known }), ...(occurrence && { occurrence }) }
}

/**
 * Looks at the group of an event, shows it, and adds to what was seen. Where nobody has looked for longer than `rarely`,
 * AWS's scaling activities tell what happened meanwhile. Gives a reason where there is no group.
 */
export const observeEvent = async (
  run: Run,
  context: Context,
  monitored: PlannedMonitor,
  how: {
    readonly memory: Json | undefined
    /** Since when this stretch is looked at. */
    readonly since: Instant
    readonly gapAfter: Milliseconds
    readonly freshness: Freshness
  },
): Promise<Result<Observation>> => {
  const { account, calendar, service, clock } = context
  const now = clock.now()
  const [found, events] = await Promise.all([
    liveGroup(account, service, how.freshness),
    calendar.of(service.name),
  ])
  if (!found.ok) return found
  const group = found.value
  const fleet = await readTargets(account, group, how.freshness)
  await run.show(snapshot(fleet, now))
  const healthy = unitsOf(serving(fleet))
  const inService = unitsOf(active(group).filter(({ lifecycle }) => lifecycle === 'InService'))
  const before = (how.memory as Memory | undefined) ?? { seen: noObservations, last: how.since }
  const sample: Sample = [secondsOf(now, monitored.occurrence), group.desired, inService, healthy]
  const hasGap = now - before.last > how.gapAfter
  const { known, occurrence } = currentOccurrence(events, monitored)
  let { seen } = before
  if (hasGap) {
    const span = { from: before.last, to: now }
    const activities = await account.groups.activities(group.name, how.freshness)
    const reconstructedSamples = reconstructed(
      activities,
      span,
      { desired: group.desired, inService, each: unitsOf(active(group)) / Math.max(1, active(group).length) },
      monitored.occurrence,
    )
    seen = withGap(
      withSamples(seen, reconstructedSamples),
      secondsOf(span.from, monitored.occurrence),
      sample[0],
    )
  }
  seen = withSamples(seen, [sample])
  const changed = seen.samples.length !== before.seen.samples.length
  return ok({
    now,
    fleet,
    healthy,
    due: sizesWith(monitored.event.base, events, now),
    occurrence,
    moved: known !== undefined && occurrence === undefined,
    memory: { seen, last: changed || now - before.last >= minute ? now : before.last },
  })
}
