import type { Capacity } from '../catalogue/catalogue'
import { hour, type Instant, type Milliseconds, minute } from '../time/time'
import { cronOf } from '../time/phrases/every'
import type { Edge, EventTimes, LiveEvent } from './event'
import { clockOf, daysOf, nextTime, type Occurrence, occurrencesOf, type Span } from './occurrences'
import { type Demand, freeMinute, sameSizes, sizesAt } from './sizes'
import { type Result, failure, ok } from '../result'
import type { OperationId } from '../operation/id'

/*
 * What a group's scheduled actions must say, so that its sizes are at every instant the highest of what the events
 * that are on then ask for, and those of the base while none is. Every begin and end of an event is one action, with
 * the sizes that hold from then on.
 *
 * An action that recurs sets the same sizes each time. Where an event that is once lies across one that recurs, those
 * of its times that must set other sizes are left out of it, by its start and end time, and stand as actions of their
 * own. (API reference of PutScheduledUpdateGroupAction: StartTime and EndTime are the boundaries of a Recurrence; user
 * guide, "Scheduled scaling": an action ends by itself at its end time.)
 */

/** An event as the timetable counts with it; the one that is being scheduled has no id yet. */
export interface Entry {
  readonly id?: OperationId
  readonly event: LiveEvent
}

/** An action that there must be. */
export interface Wanted {
  readonly id?: OperationId
  readonly edge: Edge
  readonly sizes: Capacity
  readonly at?: Instant
  readonly until?: Instant
  readonly recurrence?: string
  readonly timezone?: string
}

/** Two events that recur, in zones whose clocks change on different days: their sizes are not the same each week. */
export interface Clash {
  readonly one: Entry
  readonly other: Entry
}

const day: Milliseconds = 24 * hour
/** So far ahead, zones are compared: their clocks change within a year. */
const year: Milliseconds = 370 * day

const demandsIn = (entries: readonly Entry[], span: Span): readonly Demand[] =>
  entries.flatMap(({ event }) =>
    occurrencesOf(event, span).map(({ outAt, inAt }) => ({ from: outAt, to: inAt, ...asked(event) })),
  )

const asked = ({ desired, min, max }: LiveEvent) => ({
  desired,
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
})

/** The sizes that should hold at an instant. */
export const sizesWith = (base: Capacity, entries: readonly Entry[], at: Instant): Capacity =>
  sizesAt(base, demandsIn(entries, { from: at, to: at + 1 }), at)

/**
 * The first end of an event within a span, the span's beginning not included, that lowers a group of `desired` instances:
 * when, and to how many.
 */
export const scaleInWithin = (
  entries: readonly Entry[],
  desired: number,
  span: Span,
): { readonly at: Instant; readonly desired: number } | undefined =>
  entries
    .flatMap(({ event }) =>
      occurrencesOf(event, span).map(({ inAt: at }) => ({ at, ...sizesWith(event.base, entries, at) })),
    )
    .filter((then) => then.at > span.from && then.at <= span.to && then.desired < desired)
    .toSorted((a, b) => a.at - b.at)[0]

type Recurring = Entry & { readonly event: { readonly times: Extract<EventTimes, { kind: 'every' }> } }
const recurs = (entry: Entry): entry is Recurring => entry.event.times.kind === 'every'

const edges = ['out', 'in'] as const
const edgeAt = ({ outAt, inAt }: Occurrence, edge: Edge): Instant => (edge === 'out' ? outAt : inAt)

/** Every action that there must be from now on, in no order; or what makes that impossible. `taken`: minutes to avoid. */
export const timetable = (
  base: Capacity,
  entries: readonly Entry[],
  now: Instant,
  taken: ReadonlySet<Instant> = new Set(),
): Result<readonly Wanted[], Clash> => {
  const clash = clashIn(base, entries.filter(recurs), now)
  if (clash) return failure(clash)
  const once = entries.flatMap(({ id, event }): readonly Wanted[] => {
    const { times } = event
    if (times.kind === 'every') return []
    const ends = [
      { edge: 'out' as const, at: times.outAt },
      { edge: 'in' as const, at: times.inAt },
    ]
    return ends
      .filter(({ at }) => at > now)
      .map(({ edge, at }) => ({ ...named(id), edge, at, sizes: sizesWith(base, entries, at) }))
  })
  const busy = new Set([...taken, ...once.flatMap(({ at }) => at ?? [])])
  return ok([
    ...once,
    ...entries
      .filter(recurs)
      .flatMap((entry) => edges.flatMap((edge) => recurring(base, entries, entry, edge, now, busy))),
  ])
}

const named = (id: OperationId | undefined) => (id === undefined ? {} : { id })

/** Two that recur and do not have the same sizes each week, where there are such. */
const clashIn = (base: Capacity, entries: readonly Recurring[], now: Instant): Clash | undefined => {
  const zones = new Set(entries.map(({ event }) => event.times.zone))
  if (zones.size < 2) return undefined
  for (const one of entries) {
    for (const other of entries.filter(({ event }) => event.times.zone !== one.event.times.zone)) {
      const usual = new Map<string, Capacity>()
      for (const occurrence of occurrencesOf(one.event, { from: now, to: now + year })) {
        for (const edge of edges) {
          const sizes = sizesWith(base, [one, other], edgeAt(occurrence, edge))
          const key = `${edge} ${occurrence.day}`
          const before = usual.get(key) ?? sizes
          if (!sameSizes(before, sizes)) return { one, other }
          usual.set(key, sizes)
        }
      }
    }
  }
  return undefined
}

/** The actions of one edge of an event that recurs. */
const recurring = (
  base: Capacity,
  entries: readonly Entry[],
  entry: Recurring,
  edge: Edge,
  now: Instant,
  busy: Set<Instant>,
): readonly Wanted[] => {
  const always = entries.filter(recurs)
  const { times, lead } = entry.event
  const shift = edge === 'out' ? -lead : times.lasts + times.back
  const week = occurrencesOf(entry.event, { from: now + day, to: now + 9 * day })
  const first = occurrencesOf(entry.event, { from: times.since, to: times.since + 1 })[0]
  const begins = first ? edgeAt(first, edge) : now
  const usual = new Map(week.map((one) => [one.day, sizesWith(base, always, edgeAt(one, edge))]))
  return groupsOf(usual).flatMap(({ days, sizes }) => {
    const pattern = { days: daysOf(times, days, shift), ...clockOf(times, shift), zone: times.zone }
    const special = specialTimes(base, entries, entry, edge, now)
      .filter(({ occurrence }) => days.includes(occurrence.day))
      .filter((one) => !sameSizes(one.sizes, sizes))
    const leftOut = special.map(({ at }) => at)
    const common = {
      ...named(entry.id),
      edge,
      sizes,
      recurrence: cronOf({ ...times, days }, shift),
      timezone: times.zone,
    }
    return [
      ...stretches(pattern, { begins, leftOut, now }).map((stretch) => ({ ...common, ...stretch })),
      ...special.map(({ at, sizes }) => {
        const step = edge === 'out' ? -1 : 1
        const adjacent = freeMinute(at + step * minute, busy, step)
        // In the last minute before it, only its own is left.
        const free = adjacent > now ? adjacent : at
        busy.add(free)
        return { ...named(entry.id), edge, at: free, sizes }
      }),
    ]
  })
}

/** Days of the week by the sizes that they have in common. */
const groupsOf = (
  usual: ReadonlyMap<number, Capacity>,
): readonly { readonly days: readonly number[]; readonly sizes: Capacity }[] => {
  const groups: { days: number[]; sizes: Capacity }[] = []
  for (const [weekday, sizes] of [...usual].toSorted(([a], [b]) => a - b)) {
    const same = groups.find((group) => sameSizes(group.sizes, sizes))
    if (same) same.days.push(weekday)
    else groups.push({ days: [weekday], sizes })
  }
  return groups
}

/**
 * The times of an edge at which other sizes may hold than on its other days: within events that are once, and soon, while
 * one that recurs has not begun on a day of its own. With the sizes that hold then.
 */
const specialTimes = (
  base: Capacity,
  entries: readonly Entry[],
  entry: Recurring,
  edge: Edge,
  now: Instant,
) => {
  const spans = [
    { from: now, to: now + 2 * day },
    ...entries.flatMap(({ event: { times } }) =>
      times.kind === 'once' ? [{ from: times.outAt, to: times.inAt }] : [],
    ),
  ]
  const found = new Map<Instant, { occurrence: Occurrence; at: Instant; sizes: Capacity }>()
  for (const span of spans) {
    for (const occurrence of occurrencesOf(entry.event, { from: span.from, to: span.to + 1 })) {
      const at = edgeAt(occurrence, edge)
      if (at <= now || at < span.from || at >= span.to) continue
      found.set(at, { occurrence, at, sizes: sizesWith(base, entries, at) })
    }
  }
  return [...found.values()].toSorted((a, b) => a.at - b.at)
}

/** The stretches of time in which something that recurs runs: from its first time on, without those that are left out. */
const stretches = (
  pattern: Parameters<typeof nextTime>[0],
  {
    begins,
    leftOut,
    now,
  }: { readonly begins: Instant; readonly leftOut: readonly Instant[]; readonly now: Instant },
): readonly { readonly at?: Instant; readonly until?: Instant }[] => {
  const found: { at?: Instant; until?: Instant }[] = []
  let first = nextTime(pattern, Math.max(now, begins - 1))
  let natural = first === nextTime(pattern, now)
  for (const skipped of leftOut) {
    // One minute before it: it must not run then, and nothing else of it lies between.
    if (first < skipped) found.push({ ...(!natural && { at: first }), until: skipped - minute })
    first = nextTime(pattern, skipped)
    natural = false
  }
  return [...found, natural ? {} : { at: first }]
}
