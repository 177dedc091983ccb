import type { Target } from '../domain/fleet'
import type { Freshness } from './freshness'

/** Target groups. All methods throw AwsFailure. */
export interface Traffic {
  /** Health of every target of a target group. */
  health(targetGroup: string, freshness?: Freshness): Promise<readonly Target[]>
  /** Whether any listener or rule forwards to it; a target group that none does never gets healthy. */
  inUse(targetGroup: string): Promise<boolean>
  /** Seconds that a leaving target drains, as `deregistration_delay.timeout_seconds`. */
  drainSeconds(targetGroup: string): Promise<number>
}
