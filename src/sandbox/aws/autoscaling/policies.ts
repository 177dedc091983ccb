import type { Alarm, PutScalingPolicyType, ScalingPolicy } from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group } from './state'
import type { World } from '../world'
import { asgPage, groupOf, isSuspended, stamp } from './common'
import { setDesired } from './desired'

const mostPolicies = 50

export const policyHandlers = {
  PutScalingPolicy(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const policy = putPolicy(sim, group, input)
    return { PolicyARN: policy.PolicyARN, Alarms: policy.Alarms }
  },

  DescribePolicies({ world }, input) {
    const groups =
      input.AutoScalingGroupName === undefined
        ? [...world.groups.values()]
        : [groupOf(world, input.AutoScalingGroupName)]
    const { PolicyNames: names, PolicyTypes: types } = input
    const found = groups
      .flatMap((group) => [...group.policies.values()])
      .filter(
        (policy) =>
          (!names?.length ||
            names.includes(policy.PolicyName ?? '') ||
            names.includes(policy.PolicyARN ?? '')) &&
          (!types?.length || types.includes(policy.PolicyType ?? '')),
      )
    const { items, next } = asgPage(found, input)
    return { ScalingPolicies: items, NextToken: next }
  },

  DeletePolicy(sim, input) {
    const { group, policy } = policyOf(sim.world, input.PolicyName, input.AutoScalingGroupName)
    group.policies.delete(policy.PolicyName ?? '')
    return {}
  },

  /** Carries out a simple or step policy. Target tracking follows metrics, which the simulator has none of. */
  ExecutePolicy(sim, input) {
    const { group, policy } = policyOf(sim.world, input.PolicyName, input.AutoScalingGroupName)
    if (policy.PolicyType === 'TargetTrackingScaling')
      throw validationError('ExecutePolicy is not supported for target tracking scaling policies')
    if (input.HonorCooldown && sim.now < group.scaledAt + (policy.Cooldown ?? group.cooldown) * 1000)
      throw new AwsError(
        'ScalingActivityInProgress',
        'Scaling activity is in progress and blocks this action',
      )
    if (policy.Enabled === false || isSuspended(group, 'AlarmNotification')) return {}
    const wanted = adjusted(group, policy, adjustmentOf(policy, input.MetricValue, input.BreachThreshold))
    const bounded = Math.min(group.max, Math.max(group.min, wanted))
    const intent =
      `At ${stamp(sim.now)} a user request executed policy ${policy.PolicyName ?? ''} changing the desired ` +
      `capacity from ${group.desired} to ${bounded}.`
    setDesired(sim, group, bounded, intent)
    return {}
  },
} satisfies AutoScalingHandlers

/** Creates a policy or replaces the one of its name. */
export function putPolicy(sim: Simulation, group: Group, input: PutScalingPolicyType): ScalingPolicy {
  const { PolicyName = '', PolicyType = 'SimpleScaling' } = input
  check(group, input, PolicyType)
  const { account, region } = sim.world
  const before = group.policies.get(PolicyName)
  const id = sim.uuid()
  const policy: ScalingPolicy = {
    ...input,
    AutoScalingGroupName: group.name,
    PolicyType,
    Enabled: input.Enabled ?? true,
    PolicyARN:
      before?.PolicyARN ??
      `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${id}:autoScalingGroupName/${group.name}:policyName/${PolicyName}`,
    Alarms: before?.Alarms ?? alarmsOf(sim, group, PolicyType),
    StepAdjustments: input.StepAdjustments ?? [],
  }
  group.policies.set(PolicyName, policy)
  return policy
}

function check(group: Group, input: PutScalingPolicyType, type: string): void {
  if (!group.policies.has(input.PolicyName ?? '') && group.policies.size >= mostPolicies)
    throw new AwsError(
      'LimitExceeded',
      `You have reached the limit of ${mostPolicies} scaling policies per group`,
    )
  if (type === 'TargetTrackingScaling') {
    if (!input.TargetTrackingConfiguration)
      throw validationError(
        'TargetTrackingConfiguration must be specified for a TargetTrackingScaling policy',
      )
    const metric = input.TargetTrackingConfiguration.PredefinedMetricSpecification
    if (metric?.PredefinedMetricType === 'ALBRequestCountPerTarget' && !metric.ResourceLabel)
      throw validationError('ResourceLabel must be specified for ALBRequestCountPerTarget')
    return
  }
  if (type === 'PredictiveScaling') {
    if (!input.PredictiveScalingConfiguration?.MetricSpecifications?.length)
      throw validationError('PredictiveScalingConfiguration must be specified for a PredictiveScaling policy')
    return
  }
  if (!input.AdjustmentType) throw validationError('AdjustmentType must be specified for policy type')
  if (type === 'SimpleScaling' && input.ScalingAdjustment === undefined)
    throw validationError('ScalingAdjustment must be specified for policy type SimpleScaling')
  if (type === 'StepScaling' && !input.StepAdjustments?.length)
    throw validationError('StepAdjustments must be specified for policy type StepScaling')
}

/** Target tracking owns two alarms; the others are given theirs in CloudWatch. */
function alarmsOf(sim: Simulation, group: Group, type: string): Alarm[] {
  if (type !== 'TargetTrackingScaling') return []
  return ['AlarmHigh', 'AlarmLow'].map((kind) => {
    const AlarmName = `TargetTracking-${group.name}-${kind}-${sim.uuid()}`
    return {
      AlarmName,
      AlarmARN: `arn:aws:cloudwatch:${sim.world.region}:${sim.world.account}:alarm:${AlarmName}`,
    }
  })
}

function policyOf(world: World, name: string, groupName: string | undefined) {
  const groups = groupName === undefined ? [...world.groups.values()] : [groupOf(world, groupName)]
  for (const group of groups)
    for (const policy of group.policies.values())
      if (policy.PolicyName === name || policy.PolicyARN === name) return { group, policy }
  throw validationError('PolicyName not found')
}

function adjustmentOf(
  policy: ScalingPolicy,
  metric: number | undefined,
  threshold: number | undefined,
): number {
  if (policy.PolicyType === 'SimpleScaling') return policy.ScalingAdjustment ?? 0
  if (metric === undefined || threshold === undefined)
    throw validationError('MetricValue and BreachThreshold must be specified for a StepScaling policy')
  const over = metric - threshold
  const step = policy.StepAdjustments?.find(
    (one) =>
      over >= (one.MetricIntervalLowerBound ?? Number.NEGATIVE_INFINITY) &&
      over < (one.MetricIntervalUpperBound ?? Number.POSITIVE_INFINITY),
  )
  if (!step) throw validationError('There is no step adjustment defined for the provided breach delta')
  return step.ScalingAdjustment ?? 0
}

function adjusted(group: Group, policy: ScalingPolicy, adjustment: number): number {
  if (policy.AdjustmentType === 'ExactCapacity') return adjustment
  if (policy.AdjustmentType === 'ChangeInCapacity') return group.desired + adjustment
  const change = (group.desired * adjustment) / 100
  const whole = change > 0 ? Math.max(1, Math.floor(change)) : Math.min(-1, Math.ceil(change))
  const least = policy.MinAdjustmentMagnitude ?? 0
  return group.desired + Math.sign(whole) * Math.max(Math.abs(whole), least)
}
