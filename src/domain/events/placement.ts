import type { ScheduledAction } from '../fleet/fleet'
import { reason } from '../reasons/reason'
import { type Result, failure, ok } from '../result'
import { hour, type Instant, type Milliseconds, minute } from '../time/time'
import type { Every, When } from '../time/phrases/times'
import { eventOf, type EventTimes, isOver, type KnownEvent } from './event'
import { clockChanges, leavesOut, showsTwice } from './clock-changes'
import { occurrencesOf } from './occurrences'
import { freeMinute } from './sizes'

export interface Placed {
  readonly times: EventTimes
  readonly lead: Milliseconds
}

interface Among {
  readonly actions: readonly ScheduledAction[]
  readonly events: readonly KnownEvent[]
  readonly now: Instant
}

const day: Milliseconds = 24 * hour
/** So far ahead the clocks of a zone are looked at: they change on other dates each year, in most at the same hours. */
const changesAhead: Milliseconds = 3 * 366 * day
/** So far one that recurs is compared with what else the group has to do. */
const fortnight: Milliseconds = 15 * day
/**
 * So many minutes lie between an edge of an event that recurs and any other: where one of its times must set other sizes,
 * an action of its own stands beside it, a minute off.
 */
const minutesApart = 2

/**
 * When the group scales out and in for an event: on minutes at which no other action of the group begins. `changed` is the
 * event whose place it takes.
 */
export const placeEvent = (
  when: When,
  lead: Milliseconds,
  among: Among,
  changed?: KnownEvent,
): Result<Placed> => {
  const others = {
    ...among,
    actions: among.actions.filter(({ name }) => eventOf(name)?.id !== changed?.id || changed === undefined),
    events: among.events.filter((known) => known.id !== changed?.id && !isOver(known.event, among.now)),
  }
  return when.kind === 'every'
    ? ok(placeEvery(when, lead, others, changed))
    : placeOnce(when, lead, others, changed)
}

const placeOnce = (
  when: Extract<When, { kind: 'once' }>,
  lead: Milliseconds,
  { actions, events, now }: Among,
  changed: KnownEvent | undefined,
): Result<Placed> => {
  const { from, to, zone } = when
  const before = changed?.event.times
  const out = before?.kind === 'once' && before.from === from ? before.outAt : undefined
  const taken = new Set([
    ...actions.flatMap(({ startAt }) => startAt ?? []),
    ...edgesNear(events, from - day, to + day),
  ])
  const inAt = (outAt: Instant) => freeMinute(Math.ceil(to / minute) * minute, new Set([...taken, outAt]), 1)
  // The group is out for it already: only its end can change.
  if (out !== undefined && out <= now) {
    if (to <= now) return failure(reason('time_past', { at: to }))
    return ok({ times: { kind: 'once', from, to, zone, outAt: out, inAt: inAt(out) }, lead: from - out })
  }
  const soonest = Math.ceil((now + minute) / minute) * minute
  if (from < soonest) return failure(reason('time_past', { at: from }))
  const wanted = Math.max(Math.floor((from - lead) / minute) * minute, soonest)
  const earlier = freeMinute(wanted, taken, -1)
  const outAt = earlier < soonest ? freeMinute(wanted, taken, 1) : earlier
  return ok({ times: { kind: 'once', from, to, zone, outAt, inAt: inAt(outAt) }, lead: from - outAt })
}

/** The minutes at the edges of events that recur, and around them. */
const edgesNear = (events: readonly KnownEvent[], from: Instant, to: Instant): readonly Instant[] =>
  events
    .filter(({ event }) => event.times.kind === 'every')
    .flatMap(({ event }) => occurrencesOf(event, { from, to }))
    .flatMap(({ outAt, inAt }) => [...around(outAt), ...around(inAt)])

const around = (at: Instant): readonly Instant[] =>
  Array.from({ length: 2 * minutesApart + 1 }, (_, index) => at + (index - minutesApart) * minute)

const placeEvery = (
  every: Every,
  wanted: Milliseconds,
  { actions, events, now }: Among,
  changed: KnownEvent | undefined,
): Placed => {
  const taken = new Set([
    ...actions.flatMap(({ startAt }) => (startAt === undefined ? [] : around(startAt))),
    ...edgesNear(events, now, now + fortnight),
  ])
  const span = { from: now, to: now + fortnight }
  const all = (lead: Milliseconds, back: Milliseconds) => {
    const times = { kind: 'every' as const, ...every, back, since: 0 }
    return occurrencesOf({ times, lead }, span)
  }
  const free = (edge: 'outAt' | 'inAt', lead: Milliseconds, back: Milliseconds): boolean =>
    all(lead, back).every((occurrence) => !taken.has(occurrence[edge]))
  // aws: Scheduled scaling for Amazon EC2 Auto Scaling. What a recurrence means in an hour that the clocks leave out or
  // show twice is not documented: neither edge lies in one that is left out, nor both in one that comes twice.
  const changes = clockChanges(every.zone, { from: now, to: now + changesAhead })
  const isThere = (shift: Milliseconds): boolean => !changes.some((date) => leavesOut(date, every, shift))
  const areApart = (lead: Milliseconds, back: Milliseconds): boolean =>
    !changes.some((date) => showsTwice(date, every, -lead) && showsTwice(date, every, every.lasts + back))
  let [lead, back] = [wanted, 0]
  while (!free('outAt', lead, back) || !isThere(-lead)) lead += minute
  while (!free('inAt', lead, back) || !isThere(every.lasts + back) || !areApart(lead, back)) back += minute
  const found = all(lead, back)
  const [on] = found.filter(({ outAt }) => outAt <= now + minute)
  const next = found.find(({ outAt }) => outAt > now + minute)
  // One that is on goes on, where it begins as it did before.
  const continues = on && changed && occurrencesOf(changed.event, span).some(({ from }) => from === on.from)
  const since = (continues ? on : next)?.outAt ?? now
  return { times: { kind: 'every', ...every, back, since }, lead }
}
