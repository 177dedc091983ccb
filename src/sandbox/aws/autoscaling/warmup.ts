import type { ScalingPolicy } from '@aws-sdk/client-auto-scaling'
import type { Group } from './state'

/**
 * How long a new instance is not counted by a policy, in milliseconds: its own warm-up, else the group's default one,
 * else the default cooldown.
 * aws: EC2 Auto Scaling user guide, "Available warm-up and cooldown settings", EstimatedInstanceWarmup.
 */
export const warmupOfPolicy = (group: Group, policy: ScalingPolicy): number =>
  (policy.EstimatedInstanceWarmup ?? group.defaultWarmup ?? group.cooldown) * 1000

/** The longest warm-up of a group's policies that go by metrics; without any of them the group's default one. */
export function warmupOf(group: Group): number {
  const continuous = [...group.policies.values()].filter(
    ({ PolicyType }) => PolicyType === 'TargetTrackingScaling' || PolicyType === 'StepScaling',
  )
  if (continuous.length === 0) return (group.defaultWarmup ?? 0) * 1000
  return Math.max(...continuous.map((policy) => warmupOfPolicy(group, policy)))
}
