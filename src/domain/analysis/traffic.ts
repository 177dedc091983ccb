import type { Instant } from '../time/time'
import type { Counts } from './proportions'

/** What a load balancer measured of one side's traffic in one minute. */
export type TrafficMinute = Counts & {
  /** When the minute began. */
  readonly at: Instant
  /** The percentile of the answers' times that the checks name, in milliseconds; absent where it was not measured. */
  readonly latency?: number
  /** Requests for each target. */
  readonly load?: number
}

/** One minute in which the new version took traffic. */
export type ObservedMinute = {
  /** The target group with the new version: of it alone, or of both mixed. */
  readonly new: TrafficMinute
  /** The old version's own target group in the same minute, where it has one. */
  readonly old?: TrafficMinute
  /** Which part of the targets in `new` are of the new version: 1 where all are. */
  readonly fraction: number
}

/** What a verdict goes by. */
export interface Evidence {
  /** The old version before anything was changed: the last hour, oldest first. */
  readonly before: readonly TrafficMinute[]
  /** Oldest first, each minute once. */
  readonly observed: readonly ObservedMinute[]
  /** How many minutes were looked at before those that are observed, where only the newest are. */
  readonly looked?: number
}
