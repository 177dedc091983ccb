import type { Route, Target } from '../domain/fleet/fleet'
import type { Freshness } from './freshness'

interface ShortDrain {
  /** The target group's name. */
  readonly name: string
  readonly drain: number
  readonly idle: number
}

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
  /**
   * Those of the target groups that drain for less time than their load balancer lets a connection be silent, both in
   * seconds: an answer that takes longer is cut off when its target leaves.
   */
  shortDrains(targetGroups: readonly string[]): Promise<readonly ShortDrain[]>
  /** All routes that forward to any of these target groups, those with weight 0 too. */
  routes(targetGroups: readonly string[]): Promise<readonly Route[]>
  /**
   * Sets the weights of a route: exactly these target groups. Its other actions, its conditions and its stickiness stay
   * as they are.
   */
  setWeights(route: Pick<Route, 'id' | 'kind'>, weights: Route['weights']): Promise<void>
}
