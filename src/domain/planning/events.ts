import type { Capacity } from '../catalogue'
import {
  type EventTimes,
  eventOf,
  type KnownEvent,
  type LiveEvent,
  type PlannedAction,
  type PlannedSchedule,
} from '../events/event'
import { occurrences, overlap, type Span } from '../events/occurrences'
import { type Demand, freeMinute, sameSizes, sizesAt, sizesOf } from '../events/sizes'
import { fingerprint } from '../fingerprint'
import type { Group, ScheduledAction } from '../fleet'
import type { OperationId } from '../operation'
import type { Plan } from '../plan'
import { type Reason, reason } from '../reasons'
import { hour, type Instant, type Milliseconds, minute, second } from '../time'
import { cronOf } from '../when/every'
import type { Every, When } from '../when/times'
import { type Planned, refusedPlan, type Scope } from './facts'
import { boundsTrouble } from './scale'

/** EC2 Auto Scaling user guide, "Scheduled scaling": so many scheduled actions a group. */
const mostActions = 125
/** How far ahead events that recur are compared with others. */
const horizon: Milliseconds = 60 * 24 * hour

/** What is known of a group's events. */
export interface EventFacts {
  readonly group: Group
  readonly actions: readonly ScheduledAction[]
  readonly events: readonly KnownEvent[]
  readonly now: Instant
  /** Why what the group would launch is in no order, where it is not. */
  readonly launchTrouble?: Reason
}

interface Wish {
  readonly desired: number
  readonly min?: number
  readonly max?: number
  readonly name?: string
}

/** The plan of scheduling an event, or why that cannot be. Pure. */
export const planSchedule = (
  scope: Scope,
  wish: Wish,
  asked: { readonly when: When; readonly lead: Milliseconds },
  facts: EventFacts,
): Planned => {
  const { group, actions, events } = facts
  const base = baseOf(facts)
  const trouble = boundsTrouble({ ...group, ...base }, wish) ?? facts.launchTrouble
  if (trouble) return refusedPlan(trouble)
  if (actions.length + 2 > mostActions) {
    return refusedPlan(
      reason('too_many_actions', { group: group.name, count: actions.length, most: mostActions }),
    )
  }
  const placed = place(asked.when, asked.lead, facts)
  if ('code' in placed) return refusedPlan(placed)
  const { times, lead } = placed
  const conflict = conflictOf(times, facts)
  if (conflict) return refusedPlan(conflict)

  const { desired, min, max, name } = wish
  const event: LiveEvent = {
    ...(name !== undefined && { name }),
    times,
    lead,
    desired,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    base,
  }
  const own = demandOf(event)
  const demands = [...demandsOf(events), ...own]
  const [out, back] = edges(event, base, demands)
  const others = corrected(facts, base, demands)
  const schedule: PlannedSchedule = { group: group.name, event, put: [back, ...others, out], remove: [] }
  return finished(scope, wish.name ?? '', schedule, warningsOf(event, asked.lead, facts))
}

/** The plan of taking an event away again, in its middle too. Pure. */
export const planUnschedule = (scope: Scope, id: OperationId, facts: EventFacts): Planned => {
  const known = facts.events.find((event) => event.id === id)
  if (!known) return refusedPlan(reason('unknown_event', { event: id, service: scope.service.name }))
  const base = baseOf(facts)
  const others = facts.events.filter((event) => event !== known)
  const demands = demandsOf(others)
  const remove = facts.actions.filter((action) => eventOf(action.name)?.id === id)
  const was = sizesOf(facts.group)
  const is = sizesAt(base, [...demands, ...others.flatMap((other) => nowOn(other, facts.now))], facts.now)
  const on = nowOn(known, facts.now).length > 0 && !sameSizes(was, is)
  const schedule: PlannedSchedule = {
    group: facts.group.name,
    event: known.event,
    id,
    put: corrected({ ...facts, events: others }, base, demands),
    remove,
    ...(on && { now: { was, is } }),
  }
  return finished(scope, known.event.name ?? id, schedule, [])
}

const finished = (
  { service }: Scope,
  version: string,
  schedule: PlannedSchedule,
  warnings: readonly Reason[],
): Planned => {
  const planned: Omit<Plan, 'fingerprint'> = {
    service: service.name,
    version,
    schedule,
    confirm: true,
    tasks: [{ name: 'schedule', expected: 5 * second }],
    calls: [
      ...(schedule.remove.length > 0 ? ['DeleteScheduledAction'] : []),
      ...(schedule.put.length > 0 ? ['PutScheduledUpdateGroupAction'] : []),
      ...(schedule.now ? ['UpdateAutoScalingGroup'] : []),
    ],
    warnings,
  }
  return { ok: true, plan: { ...planned, fingerprint: fingerprint(planned) } }
}

/** The sizes while no event is on: the group's own now, or those that were written down before the one that is on. */
const baseOf = ({ group, events, now }: EventFacts): Capacity => {
  const on = events.findLast((known) => nowOn(known, now).length > 0)
  return on ? on.event.base : sizesOf(group)
}

const demandOf = ({ times, desired, min, max }: LiveEvent): readonly Demand[] =>
  times.kind === 'every'
    ? []
    : [
        {
          from: times.outAt,
          to: times.inAt,
          desired,
          ...(min !== undefined && { min }),
          ...(max !== undefined && { max }),
        },
      ]

/** What events that happen once ask; those that recur never lie across others. */
const demandsOf = (events: readonly KnownEvent[]): readonly Demand[] =>
  events.flatMap(({ event }) => demandOf(event))

/** When the group is out for an event, within a span of time. */
export const spansOf = ({ times, lead }: LiveEvent, within: Span): readonly Span[] => {
  if (times.kind === 'once') {
    const span = { from: times.outAt, to: times.inAt }
    return overlap(span, within) ? [span] : []
  }
  const wider = { from: within.from, to: within.to + lead }
  return occurrences(times, wider)
    .map(({ from, to }) => ({ from: from - lead, to }))
    .filter((span) => overlap(span, within))
}

const nowOn = ({ event }: KnownEvent, now: Instant): readonly Demand[] =>
  spansOf(event, { from: now, to: now + 1 }).map((span) => ({ ...span, ...sizesAsked(event) }))

const sizesAsked = ({ desired, min, max }: LiveEvent) => ({
  desired,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
})

interface Placed {
  readonly times: EventTimes
  readonly lead: Milliseconds
}

/** When the group goes out and in: on minutes that no other action of the group begins at. */
const place = (when: When, lead: Milliseconds, { actions, now }: EventFacts): Placed | Reason => {
  const taken = new Set(actions.flatMap(({ startAt }) => startAt ?? []))
  const soonest = Math.ceil((now + minute) / minute) * minute
  if (when.kind === 'every') return placeEvery(when, lead, taken, now)
  const early = Math.floor((when.from - lead) / minute) * minute
  const wanted = Math.max(early, soonest)
  if (when.from < soonest) return reason('time_past', { at: when.from })
  const before = freeMinute(wanted, taken, -1)
  const outAt = before < soonest ? freeMinute(wanted, taken, 1) : before
  const inAt = freeMinute(Math.ceil(when.to / minute) * minute, new Set([...taken, outAt]), 1)
  const { from, to, zone } = when
  return { times: { kind: 'once', from, to, zone, outAt, inAt }, lead: from - outAt }
}

const placeEvery = (every: Every, lead: Milliseconds, taken: ReadonlySet<Instant>, now: Instant): Placed => {
  const spans = occurrences(every, { from: now, to: now + 15 * 24 * hour })
  const free = (edge: (span: Span) => Instant): boolean => spans.every((span) => !taken.has(edge(span)))
  let [before, after] = [lead, 0]
  while (!free((span) => span.from - before)) before += minute
  while (!free((span) => span.to + after)) after += minute
  const lasts = every.lasts + after
  return {
    times: { kind: 'every', ...every, lasts, out: cronOf(every, -before), in: cronOf(every, lasts) },
    lead: before,
  }
}

/** Another event that this one cannot stand beside. */
const conflictOf = (times: EventTimes, { events, now }: EventFacts): Reason | undefined => {
  for (const { id, event } of events) {
    if (times.kind === 'once' && event.times.kind === 'once' && times.from === event.times.from) {
      return reason('event_same_start', { event: id, name: event.name, at: times.from })
    }
    if (times.kind === 'once' && event.times.kind === 'once') continue
    // The sizes of what recurs are the same each time, so nothing else can be on meanwhile.
    const within =
      times.kind === 'once' ? { from: times.outAt, to: times.inAt } : { from: now, to: now + horizon }
    const theirs = spansOf(event, within)
    const ours =
      times.kind === 'once'
        ? [within]
        : occurrences(times, within).map(({ from, to }) => ({ from: from - 15 * minute, to }))
    const met = theirs.find((span) => ours.some((one) => overlap(span, one)))
    if (met) return reason('event_crosses', { event: id, name: event.name, at: met.from })
  }
  return undefined
}

/** The two actions of an event. */
const edges = (
  event: LiveEvent,
  base: Capacity,
  demands: readonly Demand[],
): readonly [PlannedAction, PlannedAction] => {
  const { times } = event
  if (times.kind === 'once') {
    return [
      { edge: 'out', at: times.outAt, sizes: sizesAt(base, demands, times.outAt) },
      { edge: 'in', at: times.inAt, sizes: sizesAt(base, demands, times.inAt) },
    ]
  }
  const out = sizesAt(base, [{ from: 0, to: 1, ...sizesAsked(event) }], 0)
  return [
    { edge: 'out', recurrence: times.out, timezone: times.zone, sizes: out },
    { edge: 'in', recurrence: times.in, timezone: times.zone, sizes: base },
  ]
}

/** The actions of the other events that must set other sizes than they do. */
const corrected = (
  { events, actions }: EventFacts,
  base: Capacity,
  demands: readonly Demand[],
): readonly PlannedAction[] =>
  events.flatMap(({ id, event }) =>
    actions.flatMap((action): readonly PlannedAction[] => {
      const found = eventOf(action.name)
      if (found?.id !== id || event.times.kind === 'every' || action.startAt === undefined) return []
      const was = { min: action.min ?? 0, desired: action.desired ?? 0, max: action.max ?? 0 }
      const sizes = sizesAt(base, demands, action.startAt)
      return sameSizes(was, sizes) ? [] : [{ event: id, edge: found.edge, at: action.startAt, sizes, was }]
    }),
  )

const warningsOf = (
  event: LiveEvent,
  lead: Milliseconds,
  { actions, events, group, now }: EventFacts,
): readonly Reason[] => {
  const { times } = event
  const within =
    times.kind === 'once' ? { from: times.outAt, to: times.inAt } : { from: now, to: now + horizon }
  const foreign = actions.filter(
    ({ name, startAt }) =>
      eventOf(name) === undefined && startAt !== undefined && startAt >= within.from && startAt <= within.to,
  )
  const beside = events.filter((known) => times.kind === 'once' && spansOf(known.event, within).length > 0)
  return [
    ...(event.lead < lead ? [reason('event_late', { after: lead - event.lead })] : []),
    ...(foreign.length > 0
      ? [reason('foreign_actions', { group: group.name, names: foreign.map(({ name }) => name) })]
      : []),
    ...(beside.length > 0
      ? [reason('event_overlaps', { names: beside.map(({ id, event }) => event.name ?? id) })]
      : []),
  ]
}
