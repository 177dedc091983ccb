import type { OperationId } from '../operation/id'
import type { Operation } from '../operation/operation'
import { windowMonitorSteps } from '../steps/checks'
import { recordOf } from '../steps/records'
import type { Counts } from './proportions'
import type { Figures } from './judgement'
import { isSettled } from './minutes'
import type { ObservedMinute, TrafficMinute } from './traffic'

/** Id of the timer that begins to look at customers once a service's window is open. */
export const windowMonitorId = (service: string): string => `watch ${service}`
/** Id of the timer that takes a service back by itself. */
export const windowBackId = (service: string): string => `back ${service}`

/** What was seen of customers in a window so far. */
export type WindowSeen = {
  /** All requests since it began, as far as they were told. */
  readonly total: Counts
  readonly minutes: number
  /** The last minute that is counted in them. */
  readonly upTo: number
  /** Of the newest minutes: what was judged last. */
  readonly figures?: Figures
  /** Those minutes. */
  readonly newest?: readonly ObservedMinute[]
  /** The rights that are missing to see all that is checked; a version before wrote down one alone. */
  readonly denied?: string | readonly string[]
  /** Whether its timer was not found at the last look: gone, or firing and soon there again. */
  readonly closing?: true
}

/** The rights that are missing to see all that is checked in a window. */
export const deniedIn = ({ denied = [] }: Pick<WindowSeen, 'denied'>): readonly string[] =>
  typeof denied === 'string' ? [denied] : denied

export const nothingSeen: WindowSeen = { total: { requests: 0, errors: 0 }, minutes: 0, upTo: 0 }

/** How the look at a window's customers ended. */
export type WindowWatched = WindowSeen & {
  readonly end: 'closed' | 'bad'
  /** Why it is bad, as JSON. */
  readonly why?: string
}

/**
 * So many of the newest minutes are judged together. A version that turns bad late would hide among hours of good
 * minutes.
 */
const judgedMinutes = 10

/** The newest minutes of a version that has all the traffic, from a minute on, and how many there were before them. */
export const newestMinutes = (
  minutes: readonly TrafficMinute[],
  from: number,
  now: number,
): { readonly observed: readonly ObservedMinute[]; readonly looked: number } => {
  const settled = minutes.filter(({ at }) => at >= from && isSettled(at, now))
  const observed = settled.slice(-judgedMinutes).map((one) => ({ new: one, fraction: 1 }))
  const newest = observed.at(-1)?.new.at ?? from
  // By the clock, and not by the minutes that were told: those of a long window are not told any more.
  const looks = Math.max(observed.length, Math.round((newest - from) / 60_000) + 1)
  return { observed, looked: looks - observed.length }
}

/** What was seen, with the minutes that came on top since. */
export const withMinutes = (seen: WindowSeen, minutes: readonly TrafficMinute[]): WindowSeen => {
  const more = minutes.filter(({ at }) => at > seen.upTo)
  return {
    total: {
      requests: more.reduce((sum, one) => sum + one.requests, seen.total.requests),
      errors: more.reduce((sum, one) => sum + one.errors, seen.total.errors),
    },
    minutes: seen.minutes + more.length,
    upTo: more.at(-1)?.at ?? seen.upTo,
  }
}

/** How an operation that looks at a window stands: what was seen, and how it ended where it has. */
export const windowWatchedBy = ({
  steps,
}: Pick<Operation, 'steps'>): WindowSeen | WindowWatched | undefined => {
  const record = recordOf(steps, windowMonitorSteps.verdict)
  const known = record?.state === 'done' ? record.outcome : record?.choice
  return known as unknown as WindowSeen | WindowWatched | undefined
}

/** Whether an operation found customers to notice the version of this swap in its window. */
export const foundBad = (operation: Operation, swap: OperationId): boolean => {
  const { request } = operation
  if (request.procedure !== 'monitor-window' || request.operation !== swap) return false
  const watched = windowWatchedBy(operation)
  return watched !== undefined && 'end' in watched && watched.end === 'bad'
}
