import type { Json } from '../../../domain/json'
import {
  nothingSeen,
  type PlannedFollow,
  type Sample,
  type Seen,
  secondsOf,
  withGap,
  withSamples,
} from '../../../domain/events/following'
import type { KnownEvent } from '../../../domain/events/event'
import { type Occurrence, occurrencesOf } from '../../../domain/events/occurrences'
import { rebuilt } from '../../../domain/events/rebuild'
import { sizesWith } from '../../../domain/events/timetable'
import type { Capacity } from '../../../domain/catalogue'
import { active, type FleetNow, serving, snapshot } from '../../../domain/serving'
import { type Instant, type Milliseconds, minute } from '../../../domain/time'
import type { Run } from '../../../durable/run'
import type { Freshness } from '../../../ports/freshness'
import type { Context } from '../../context'
import { liveGroup } from '../live-group'
import { seeTargets } from '../see'
import { type Result, ok } from '../../../domain/result'

/** What a follower remembers between two looks; the same when nothing was seen that is new. */
interface Memory {
  readonly [key: string]: Json | undefined
  readonly seen: Seen
  /** When it looked last, to a minute. */
  readonly last: Instant
}

/** What one look came to. */
export interface Observation {
  readonly now: Instant
  readonly fleet: FleetNow
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
export const stillThere = (
  events: readonly KnownEvent[],
  { id, occurrence: { from } }: PlannedFollow,
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
export const observe = async (
  run: Run,
  context: Context,
  follow: PlannedFollow,
  how: {
    readonly memory: Json | undefined
    /** Since when this stretch is looked at. */
    readonly since: Instant
    readonly rarely: Milliseconds
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
  const fleet = await seeTargets(account, group, how.freshness)
  await run.show(snapshot(fleet, now))
  const healthy = serving(fleet).length
  const inService = active(group).filter(({ lifecycle }) => lifecycle === 'InService').length
  const before = (how.memory as Memory | undefined) ?? { seen: nothingSeen, last: how.since }
  const sample: Sample = [secondsOf(now, follow.occurrence), group.desired, inService, healthy]
  const away = now - before.last > how.rarely
  const { known, occurrence } = stillThere(events, follow)
  let { seen } = before
  if (away) {
    const span = { from: before.last, to: now }
    const activities = await account.groups.activities(group.name, how.freshness)
    const told = rebuilt(activities, span, { desired: group.desired, inService }, follow.occurrence)
    seen = withGap(withSamples(seen, told), secondsOf(span.from, follow.occurrence), sample[0])
  }
  seen = withSamples(seen, [sample])
  const changed = seen.samples.length !== before.seen.samples.length
  return ok({
    now,
    fleet,
    healthy,
    due: sizesWith(follow.event.base, events, now),
    occurrence,
    moved: known !== undefined && occurrence === undefined,
    memory: { seen, last: changed || now - before.last >= minute ? now : before.last },
  })
}
