import type { ScalingPolicy, StepAdjustment } from '@aws-sdk/client-auto-scaling'
import { validationError } from '../wire/error'

/** What a simple or step policy changes a capacity to, before the group's limits. */
export function adjustedCapacity(
  policy: ScalingPolicy,
  capacity: number,
  metric: number | undefined,
  threshold: number | undefined,
): number {
  const adjustment = adjustmentOf(policy, metric, threshold)
  if (policy.AdjustmentType === 'ExactCapacity') return adjustment
  if (policy.AdjustmentType === 'ChangeInCapacity') return capacity + adjustment
  const change = (capacity * adjustment) / 100
  if (change === 0) return capacity
  // "Values greater than 1 are rounded down. Values between 0 and 1 are rounded to 1", and so below zero.
  const whole = change > 0 ? Math.max(1, Math.floor(change)) : Math.min(-1, Math.ceil(change))
  return capacity + Math.sign(whole) * Math.max(Math.abs(whole), policy.MinAdjustmentMagnitude ?? 0)
}

function adjustmentOf(
  policy: ScalingPolicy,
  metric: number | undefined,
  threshold: number | undefined,
): number {
  if (policy.PolicyType === 'SimpleScaling') return policy.ScalingAdjustment ?? 0
  if (metric === undefined || threshold === undefined)
    throw validationError('MetricValue and BreachThreshold must be specified for a StepScaling policy')
  const step = policy.StepAdjustments?.find((one) => covers(one, metric - threshold))
  if (!step) throw validationError('There is no step adjustment defined for the provided breach delta')
  return step.ScalingAdjustment ?? 0
}

/**
 * "If the metric value is above the breach threshold, the lower bound is inclusive and the upper bound is exclusive. If
 * the metric value is below the breach threshold, the lower bound is exclusive and the upper bound is inclusive."
 * aws: EC2 Auto Scaling user guide, "Step adjustments for step scaling".
 */
function covers(
  {
    MetricIntervalLowerBound: lower = Number.NEGATIVE_INFINITY,
    MetricIntervalUpperBound: upper = Number.POSITIVE_INFINITY,
  }: StepAdjustment,
  over: number,
): boolean {
  return over >= 0 ? over >= lower && over < upper : over > lower && over <= upper
}
