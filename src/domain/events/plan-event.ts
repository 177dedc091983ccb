import type { Capacity } from '../catalogue/catalogue'
import { amend } from './amend'
import { baseOf, isOn } from './base'
import {
  callsOf,
  type Edge,
  eventOf,
  isOver,
  type KnownEvent,
  type LeadFrom,
  type LiveEvent,
  type PlannedSchedule,
} from './event'
import { occurrencesOf } from './occurrences'
import { type Placed, placeEvent } from './placement'
import { instancesFor } from '../fleet/serving'
import { type HeadroomLeft, headroomProblems } from './headroom'
import { sameSizes, sizesOf } from './sizes'
import { type Entry, sizesWith, timetable } from './timetable'
import { fingerprint } from '../operation/fingerprint'
import type { Group, ScalingPolicy, ScheduledAction } from '../fleet/fleet'
import type { Plan } from '../operation/plan'
import { type Reason, reason } from '../reasons/reason'
import { type Result, failure, ok } from '../result'
import { hour, type Instant, type Milliseconds, minute, second } from '../time/time'
import type { When } from '../time/phrases/times'
import type { Planned, PlannerInput } from '../operation/planning'
import { boundsProblem } from '../fleet/plan-scale'
import type { OperationId } from '../operation/id'

/** EC2 Auto Scaling user guide, "Scheduled scaling": so many scheduled actions a group. */
const maxActions = 125
/** How far ahead an event that recurs is compared with others. */
const horizon: Milliseconds = 60 * 24 * hour
/** So soon an event may scale out while it is being taken away. */
const imminent: Milliseconds = 10 * minute

/** What is known of a group's events. */
export interface EventFacts {
  readonly group: Group
  readonly actions: readonly ScheduledAction[]
  /** The service's calendar. */
  readonly events: readonly KnownEvent[]
  readonly now: Instant
  /** Why what the group would launch is in no order, where it is not. */
  readonly launchProblem?: Reason
  /** The group's scaling policies, of all kinds. */
  readonly policies?: readonly ScalingPolicy[]
  /** What room there is, where instances may have to come. */
  readonly headroom?: HeadroomLeft
}

interface WantedEvent {
  readonly desired: number
  readonly min?: number
  readonly max?: number
  readonly name?: string
}

/** When an event is to be, and how long before its start the group must scale out. */
interface WantedTime {
  readonly when: When
  readonly lead: Milliseconds
  readonly leadFrom: LeadFrom
}

/** The plan of scheduling an event, or why that cannot be. Pure. */
export const planSchedule = (
  input: PlannerInput,
  wanted: WantedEvent,
  asked: WantedTime,
  facts: EventFacts,
): Planned => {
  const others = toCome(facts)
  const base = baseOf(facts)
  const obstacle = eventProblem(wanted, base, facts)
  if (obstacle) return failure(obstacle)
  const placed = placeEvent(asked.when, asked.lead, facts)
  if (!placed.ok) return placed
  const event = eventFrom(wanted, placed.value, base)
  const problem = sameStart(event, others)
  if (problem) return failure(problem)
  const found = amendedActions(base, [...others, { event }], facts)
  if (!found.ok) return found
  const made = found.value
  const full = tooManyActions(made, facts)
  if (full) return failure(full)
  const schedule: PlannedSchedule = {
    group: facts.group.name,
    event,
    leadFrom: asked.leadFrom,
    base,
    ...made,
    ...scaledInAgain(event, facts),
  }
  return eventPlan(input, wanted.name ?? '', schedule, warningsOf(event, asked.lead, others, facts))
}

/**
 * The plan of changing an event, in its middle too, or of putting its actions right again where nothing else is
 * asked. Pure. `asked` is absent where its time stays.
 */
export const planReschedule = (
  input: PlannerInput,
  id: OperationId,
  wanted: Partial<WantedEvent>,
  asked: WantedTime | undefined,
  facts: EventFacts,
): Planned => {
  const events = toCome(facts)
  const known = events.find((event) => event.id === id)
  if (!known) return failure(reason('unknown_event', { event: id, service: input.service.name }))
  const others = events.filter((event) => event !== known)
  const base = baseOf(facts)
  const { name, desired, min, max, times, lead } = known.event
  const whole: WantedEvent = {
    desired,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(name !== undefined && { name }),
    ...wanted,
  }
  const obstacle = eventProblem(whole, base, facts)
  if (obstacle) return failure(obstacle)
  const placed = asked ? placeEvent(asked.when, asked.lead, facts, known) : ok({ times, lead })
  if (!placed.ok) return placed
  const event = eventFrom(whole, placed.value, base)
  const problem = sameStart(event, others)
  if (problem) return failure(problem)
  const changed: KnownEvent = { ...known, event }
  const found = amendedActions(base, [...others, changed], facts)
  if (!found.ok) return found
  const made = found.value
  const full = tooManyActions(made, facts)
  if (full) return failure(full)
  const settled = made.put.length === 0 && made.remove.length === 0
  const before = sizesWith(base, events, facts.now)
  const is = sizesWith(base, [...others, changed], facts.now)
  const was = sizesOf(facts.group)
  const sets = !sameSizes(before, is) && !sameSizes(was, is)
  if (settled && !sets && JSON.stringify(event) === JSON.stringify(known.event)) {
    return failure(reason('nothing_to_do', { service: input.service.name, group: facts.group.name }))
  }
  const schedule: PlannedSchedule = {
    group: facts.group.name,
    event,
    ...(asked && { leadFrom: asked.leadFrom }),
    id,
    base,
    ...made,
    ...scaledInAgain(event, facts),
    ...(sets && { now: { was, is } }),
  }
  const warnings = warningsOf(event, asked?.lead ?? event.lead, others, facts)
  return eventPlan(input, whole.name ?? id, schedule, warnings)
}

/** The plan of taking an event away again, in its middle too. Pure. */
export const planUnschedule = (input: PlannerInput, id: OperationId, facts: EventFacts): Planned => {
  const events = toCome(facts)
  const known = events.find((event) => event.id === id)
  if (!known) return failure(reason('unknown_event', { event: id, service: input.service.name }))
  const others = events.filter((event) => event !== known)
  const base = baseOf(facts)
  const found = amendedActions(base, others, facts)
  if (!found.ok) return found
  const made = found.value
  const own = facts.actions.filter((action) => eventOf(action.name)?.id === id)
  const edge = (which: Edge) => own.filter(({ name }) => eventOf(name)?.edge === which)
  const was = sizesOf(facts.group)
  const is = sizesWith(base, others, facts.now)
  // One that is about to scale out may have done so by the time that its scale-out action is deleted.
  const on = isOn(known.event, facts.now) || isOn(known.event, facts.now + imminent)
  const schedule: PlannedSchedule = {
    group: facts.group.name,
    event: known.event,
    id,
    base,
    first: [...edge('out'), ...(made.first ?? [])],
    put: made.put,
    remove: [...edge('in'), ...made.remove],
    ...(on && { now: { was, is } }),
  }
  return eventPlan(input, known.event.name ?? id, schedule, [])
}

/**
 * What must become of a group's scheduled actions when it goes back to these sizes after its events; undefined where all
 * may stay as it is.
 */
export const planRebase = (base: Capacity, facts: EventFacts): PlannedSchedule | undefined => {
  const events = toCome(facts)
  const found = amendedActions(sizesOf(base), events, facts)
  if (events.length === 0 || !found.ok) return undefined
  const made = found.value
  const stays = events.every(({ event }) => sameSizes(event.base, base))
  if (stays && made.put.length === 0 && made.remove.length === 0) return undefined
  return { group: facts.group.name, base: sizesOf(base), ...made }
}

const toCome = ({ events, now }: EventFacts): readonly KnownEvent[] =>
  events.filter(({ event }) => !isOver(event, now))

const eventFrom = (
  { desired, min, max, name }: WantedEvent,
  { times, lead }: Placed,
  base: Capacity,
): LiveEvent => ({
  ...(name !== undefined && { name }),
  times,
  lead,
  desired,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  base,
})

/** Why a group could not scale out so far, or at all. */
const eventProblem = (
  wanted: WantedEvent,
  base: Capacity,
  { group, launchProblem }: EventFacts,
): Reason | undefined => boundsProblem({ ...group, ...base }, wanted) ?? launchProblem ?? stoppedFor(group)

/** Suspended, these keep an event from happening (EC2 Auto Scaling user guide, "Suspend and resume a process"). */
const needed = ['ScheduledActions', 'Launch', 'AddToLoadBalancer']

/** Why a group would not scale out at all, though its actions stand. */
export const stoppedFor = ({ name, suspended }: Group): Reason | undefined => {
  const stopped = suspended.filter((one) => needed.includes(one))
  return stopped.length > 0 ? reason('processes_suspended', { group: name, processes: stopped }) : undefined
}

const sameStart = ({ times }: LiveEvent, others: readonly KnownEvent[]): Reason | undefined => {
  const found = others.find(
    ({ event }) => times.kind === 'once' && event.times.kind === 'once' && event.times.from === times.from,
  )
  if (!found || times.kind !== 'once') return undefined
  return reason('event_same_start', { event: found.id, name: found.event.name, at: times.from })
}

/** What becomes of the scheduled actions when these are the events, or why that cannot be. */
const amendedActions = (
  base: Capacity,
  entries: readonly Entry[],
  { actions, now }: EventFacts,
): Result<Pick<PlannedSchedule, 'first' | 'put' | 'remove'>> => {
  const own = new Set(entries.flatMap(({ id }) => id ?? []))
  const foreign = actions.filter(({ name }) => !own.has(eventOf(name)?.id ?? ''))
  const wanted = timetable(base, entries, now, new Set(foreign.flatMap(({ startAt }) => startAt ?? [])))
  if (!wanted.ok) {
    const { one, other } = wanted.reason
    const { id, event } = one.id === undefined ? other : one
    return failure(reason('event_crosses', { event: id, name: event.name }))
  }
  return ok(amend(wanted.value, actions, own, now))
}

const tooManyActions = (
  { put }: Pick<PlannedSchedule, 'put'>,
  { group, actions }: EventFacts,
): Reason | undefined => {
  const count = actions.length + put.filter(({ was }) => was === undefined).length
  return count > maxActions
    ? reason('too_many_actions', { group: group.name, count: actions.length, most: maxActions })
    : undefined
}

const eventPlan = (
  { service }: PlannerInput,
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
    calls: callsOf(schedule),
    warnings,
  }
  return ok({ ...planned, fingerprint: fingerprint(planned) })
}

/**
 * A group's policies go on during an event, and a target tracking one scales in again what is idle before it begins, down to
 * the event's minimum (EC2 Auto Scaling user guide, "Target tracking scaling policies": a group is scaled in gradually).
 */
const scaledInAgain = (
  { min, desired, base }: LiveEvent,
  { policies = [] }: EventFacts,
): Pick<PlannedSchedule, 'scaledInBy'> => {
  const names = policies.filter(scalesIn).map(({ name }) => name)
  return (min ?? base.min) < desired && names.length > 0 ? { scaledInBy: names } : {}
}

const scalesIn = ({ type, enabled, settings }: ScalingPolicy): boolean => {
  if (!enabled || type !== 'TargetTrackingScaling') return false
  const { TargetTrackingConfiguration: tracking } = JSON.parse(settings) as {
    readonly TargetTrackingConfiguration?: { readonly DisableScaleIn?: boolean }
  }
  return tracking?.DisableScaleIn !== true
}

const warningsOf = (
  event: LiveEvent,
  lead: Milliseconds,
  others: readonly KnownEvent[],
  { actions, group, now, headroom }: EventFacts,
): readonly Reason[] => {
  const { times } = event
  const span =
    times.kind === 'once' ? { from: times.outAt, to: times.inAt } : { from: now, to: now + horizon }
  const foreign = actions.filter(
    ({ name, startAt }) =>
      eventOf(name) === undefined && startAt !== undefined && startAt >= span.from && startAt <= span.to,
  )
  const own = occurrencesOf(event, span)
  const overlapping = others.filter((known) =>
    own.some(({ outAt, inAt }) => occurrencesOf(known.event, { from: outAt, to: inAt }).length > 0),
  )
  return [
    ...(headroom
      ? [...headroomProblems(headroom, group, instancesFor(group, event.desired)), ...headroom.unknown]
      : []),
    ...(event.lead < lead ? [reason('event_late', { after: lead - event.lead })] : []),
    ...(foreign.length > 0
      ? [reason('foreign_actions', { group: group.name, names: foreign.map(({ name }) => name) })]
      : []),
    ...(overlapping.length > 0
      ? [reason('event_overlaps', { names: overlapping.map(({ id, event }) => event.name ?? id) })]
      : []),
  ]
}
