import type { Capacity } from '../catalogue/catalogue'
import type { Person } from '../access/person'
import type { Reason } from '../reasons/reason'
import { hour, type Instant, type Milliseconds, minute, second } from '../time/time'
import type { KnownEvent, LiveEvent } from './event'
import { type Occurrence, occurrencesOf } from './occurrences'
import type { OperationId } from '../operation/id'

/** How long before a scale-out its readiness is checked. */
const readinessLead: Milliseconds = hour

/** One time that an event is, followed from an hour before until the group is in again. */
export interface PlannedMonitor {
  readonly id: OperationId
  readonly event: LiveEvent
  /** Who scheduled it: who is called when something is not as it should be. */
  readonly by: Person
  readonly occurrence: Occurrence
  /** How many times before it nobody was there to follow. */
  readonly missed: number
  /** Whether sizes are units that instances count by their weight. */
  readonly weighted?: true
  /** How long the service's last scale-outs took at most, where there were some. */
  readonly took?: Milliseconds
}

/** What was seen of a group, as numbers that fit into a journal. Seconds count from when the group was to scale out. */
export type Sample = readonly [
  seconds: number,
  desired: number,
  inService: number,
  /** Undefined where nobody was there to look, and AWS’s scaling activities tell the rest. */
  healthy: number | null,
]

/** What a follower found out about a stretch of an event. */
export interface Observations {
  readonly [key: string]: readonly Sample[] | readonly (readonly [number, number])[]
  readonly samples: readonly Sample[]
  /** When nobody was there to look, in seconds as those of the samples. */
  readonly gaps: readonly (readonly [from: number, to: number])[]
}

export const noObservations: Observations = { samples: [], gaps: [] }

/** More points than a small chart has columns tell nothing. */
const maxSamples = 72
const maxGaps = 6

/** A stretch of an event, as its follower writes it down when it is over. */
export interface MonitorPeriod {
  readonly [key: string]: string | number | boolean | Observations | undefined
  /** What ended it: all are healthy, the start or the end has come, the event is gone, the group is in again. */
  readonly end: 'on' | 'late' | 'in' | 'gone' | 'short' | 'back'
  /** Where it is gone: it stands at another time. */
  readonly moved?: boolean
  /** When it ended, and when was looked last. */
  readonly at: Instant
  readonly last: Instant
  readonly seen: Observations
  /** Why, as JSON. */
  readonly why?: string
}

/** Adds what was seen: only what differs from the last, and so many points that a journal can hold them. */
export const withSamples = ({ samples, gaps }: Observations, more: readonly Sample[]): Observations => {
  const all = more.reduce<readonly Sample[]>((known, sample) => {
    const last = known.at(-1)
    const same = last && last[1] === sample[1] && last[2] === sample[2] && last[3] === sample[3]
    return same ? known : [...known, sample]
  }, samples)
  return { samples: all.length > maxSamples ? thinned(all) : all, gaps }
}

/** Every second point of the older half goes: what is new is news. */
const thinned = (samples: readonly Sample[]): readonly Sample[] => {
  const half = samples.length / 2
  return samples.filter((_, index) => index >= half || index % 2 === 0)
}

export const withGap = (seen: Observations, from: number, to: number): Observations => ({
  ...seen,
  gaps: [...seen.gaps, [from, to] as const].slice(-maxGaps),
})

/** The seconds of an instant since a group was to scale out. */
export const secondsOf = (at: Instant, { outAt }: Pick<Occurrence, 'outAt'>): number =>
  Math.round((at - outAt) / second)

/** What is to be made known of an event's readiness. */
export interface ReadinessReport {
  readonly at: Instant
  /** What is as it should be, as far as it was looked at. */
  readonly good: {
    readonly actions?: true
    readonly image?: string
    readonly version?: number
    readonly healthy?: number
    /** Free addresses in the group's subnets. */
    readonly addresses?: number
    /** vCPUs that the account may still launch. */
    readonly vcpus?: number
    readonly took?: Milliseconds
  }
  /** What is not, and the command that fixes it, where one does. */
  readonly bad: readonly { readonly reason: Reason; readonly mend?: string }[]
  /** What could not be looked at: never said to be fine. */
  readonly unknown: readonly Reason[]
}

/** The sizes that a group has at the most while it is out. */
export const scaledOutSizes = ({ event }: Pick<PlannedMonitor, 'event'>): Capacity => {
  const { desired, min = event.base.min, max = event.base.max, base } = event
  return { min, desired: Math.max(desired, base.desired), max: Math.max(max, desired, base.max) }
}

/**
 * The time of an event that is to be followed now, and how many before it were missed: the last that has begun to be
 * near. Undefined where there is none from `from` on.
 */
export const occurrenceToMonitor = (
  { event }: KnownEvent,
  from: Instant,
  now: Instant,
): { readonly occurrence: Occurrence; readonly missed: number } | undefined => {
  const span = { from: from - day, to: Math.max(from, now) + day }
  const due = occurrencesOf(event, span).filter(
    (one) => one.from >= from && one.outAt - readinessLead <= now + minute,
  )
  const occurrence = due.at(-1)
  return occurrence && { occurrence, missed: due.length - 1 }
}

const day: Milliseconds = 24 * hour

/** The next time of an event that nobody follows yet, after what began before an instant. */
export const nextToMonitor = (event: LiveEvent, after: Instant): Occurrence | undefined =>
  occurrencesOf(event, { from: after, to: after + 9 * day }).find((one) => one.from > after)

/** When its follower is to start. */
export const monitorAt = ({ outAt }: Occurrence): Instant => outAt - readinessLead
