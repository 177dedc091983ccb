import type { Activity } from '../fleet/fleet'
import type { Instant } from '../time/time'
import { type Sample, secondsOf } from './monitoring'
import type { Occurrence, Span } from './occurrences'

/** `At 2026-03-02T10:54:12Z … changing the desired capacity from 2 to 10.`: how AWS tells the cause of an activity. */
const desiredChange =
  /At (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z) (?:(?! At \d).)*?changing the desired capacity from (\d+) to (\d+)/gs

interface Change {
  readonly at: Instant
  readonly desired?: { readonly from: number; readonly to: number }
  readonly inService?: 1 | -1
}

const changesIn = (activities: readonly Activity[]): readonly Change[] => [
  ...new Map(
    activities
      .flatMap(({ cause }) => [...cause.matchAll(desiredChange)])
      .map(([, at = '', from, to]) => [
        `${at} ${from} ${to}`,
        { at: Date.parse(at), desired: { from: Number(from), to: Number(to) } },
      ]),
  ).values(),
  ...activities.flatMap((activity): readonly Change[] => {
    const { description, status, startedAt, endedAt } = activity
    if (description.startsWith('Launching') && status === 'Successful' && endedAt !== undefined)
      return [{ at: endedAt, inService: 1 }]
    return description.startsWith('Terminating') && status !== 'Cancelled' && status !== 'Failed'
      ? [{ at: startedAt, inService: -1 }]
      : []
  }),
]

/**
 * What a group's scaling activities tell of a stretch of time in which nobody looked, backwards from what is seen at its
 * end: desired capacity and instances in service. Which of those were healthy, nothing tells. Undefined where the
 * activities do not reach back so far.
 */
export const reconstructed = (
  activities: readonly Activity[],
  { from, to }: Span,
  /** `each` is what an instance counts, on the average. */
  end: { readonly desired: number; readonly inService: number; readonly each?: number },
  occurrence: Occurrence,
): readonly Sample[] => {
  const changes = changesIn(activities)
    .filter(({ at }) => at > from && at <= to)
    .toSorted((a, b) => b.at - a.at)
  let { desired, inService } = end
  const found: Sample[] = []
  for (const change of changes) {
    found.push([secondsOf(change.at, occurrence), desired, Math.round(inService), null])
    if (change.desired) desired = change.desired.from
    if (change.inService) inService = Math.max(0, inService - change.inService * (end.each || 1))
  }
  return [[secondsOf(from, occurrence), desired, Math.round(inService), null], ...found.toReversed()]
}

/** Launches that failed within a stretch of time: how many, and AWS’s words for the last of them. */
export const failedLaunches = (
  activities: readonly Activity[],
  { from, to }: Span,
): { readonly count: number; readonly aws?: string } => {
  const failed = activities.filter(
    ({ description, status, startedAt }) =>
      description.startsWith('Launching') && status === 'Failed' && startedAt >= from && startedAt <= to,
  )
  const [last] = failed
  const aws = last?.message ?? last?.description
  return { count: failed.length, ...(aws !== undefined && { aws }) }
}
