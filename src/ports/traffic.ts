import type { Route, Target } from '../domain/fleet/fleet'
import type { Freshness } from './freshness'

/** Target groups. All methods throw AwsFailure. */
export interface Traffic {
  /** Health of every target of a target group. */
  health(targetGroup: string, freshness?: Freshness): Promise<readonly Target[]>
  /** Whether any listener or rule forwards to it; a target group that none does never gets healthy. */
  inUse(targetGroup: string): Promise<boolean>
  /** ARNs of the load balancers that forward to it. */
  loadBalancers(targetGroup: string): Promise<readonly string[]>
  /** Seconds that a leaving target drains, as `deregistration_delay.timeout_seconds`. */
  drainSeconds(targetGroup: string): Promise<number>
  /** All routes that forward to any of these target groups, those with weight 0 too. */
  routes(targetGroups: readonly string[]): Promise<readonly Route[]>
  /**
   * Sets the weights of a route: exactly these target groups. Its other actions, its conditions and its stickiness stay
   * as they are.
   */
  setWeights(route: Pick<Route, 'id' | 'kind'>, weights: Route['weights']): Promise<void>
}
