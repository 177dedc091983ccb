import type { TrafficMinute } from '../domain/analysis/traffic'
import type { Milliseconds } from '../domain/time/time'
import type { Freshness } from './freshness'

/** One side's traffic: a target group behind a load balancer, both by ARN. */
export type TrafficSource = {
  readonly loadBalancer: string
  readonly targetGroup: string
  /** The percentile of answers' times that is asked for, from 0 to 100. */
  readonly percentile?: number
}

/** So far back traffic is told. */
export const trafficHistory: Milliseconds = 90 * 60_000

/** CloudWatch's metrics of load balancers. Read for all at once; all methods throw AwsFailure. */
export interface Metrics {
  /**
   * The minutes of the last hour and a half that CloudWatch tells of, oldest first; each a minute or more after its end.
   * A minute without requests, or of which nothing is known yet, is missing.
   */
  traffic(source: TrafficSource, freshness?: Freshness): Promise<readonly TrafficMinute[]>
}
