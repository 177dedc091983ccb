import type { PutScalingPolicyType, ScalingPolicy } from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group } from './state'
import type { World } from '../world'
import { asgPage, groupOf, isSuspended, stamp } from './common'
import { adjustedCapacity } from './adjustments'
import { setDesired } from './desired'
import { dropTrackingAlarms, putTrackingAlarms } from './tracking-alarms'

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
    return { ScalingPolicies: items.map((policy) => withAlarms(world, policy)), NextToken: next }
  },

  DeletePolicy(sim, input) {
    const { group, policy } = policyOf(sim.world, input.PolicyName, input.AutoScalingGroupName)
    dropTrackingAlarms(sim, policy.Alarms ?? [])
    group.policies.delete(policy.PolicyName ?? '')
    return {}
  },

  /** Carries out a simple or step policy. Target tracking acts by its own alarms alone. */
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
    const wanted = adjustedCapacity(policy, group.desired, input.MetricValue, input.BreachThreshold)
    const bounded = Math.min(group.max, Math.max(group.min, wanted))
    const intent =
      `At ${stamp(sim.now)} a user request executed policy ${policy.PolicyName ?? ''} changing the desired ` +
      `capacity from ${group.desired} to ${bounded}.`
    setDesired(sim, group, bounded, intent)
    return {}
  },
} satisfies AutoScalingHandlers

/** "The CloudWatch alarms related to the policy": those of people's own are the ones that call it. */
function withAlarms({ alarms }: World, policy: ScalingPolicy): ScalingPolicy {
  if (policy.PolicyType === 'TargetTrackingScaling') return policy
  const calling = [...alarms.values()].filter(({ AlarmActions = [], OKActions = [] }) =>
    [...AlarmActions, ...OKActions].includes(policy.PolicyARN ?? ''),
  )
  return { ...policy, Alarms: calling.map(({ AlarmName, AlarmArn }) => ({ AlarmName, AlarmARN: AlarmArn })) }
}

/** Creates a policy or replaces the one of its name. */
export function putPolicy(sim: Simulation, group: Group, input: PutScalingPolicyType): ScalingPolicy {
  const { PolicyName = '', PolicyType = 'SimpleScaling' } = input
  check(group, input, PolicyType)
  const { account, region } = sim.world
  const before = group.policies.get(PolicyName)
  const policy: ScalingPolicy = {
    ...input,
    AutoScalingGroupName: group.name,
    PolicyType,
    Enabled: input.Enabled ?? true,
    PolicyARN:
      before?.PolicyARN ??
      `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${sim.uuid()}:autoScalingGroupName/${group.name}:policyName/${PolicyName}`,
    Alarms: [],
    StepAdjustments: input.StepAdjustments ?? [],
  }
  policy.Alarms = putTrackingAlarms(sim, group, policy, before?.Alarms ?? [])
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
    throw validationError(
      'The simulator does not scale by prediction: policies of type PredictiveScaling are refused',
    )
  }
  if (!input.AdjustmentType) throw validationError('AdjustmentType must be specified for policy type')
  if (type === 'SimpleScaling' && input.ScalingAdjustment === undefined)
    throw validationError('ScalingAdjustment must be specified for policy type SimpleScaling')
  if (type === 'StepScaling' && !input.StepAdjustments?.length)
    throw validationError('StepAdjustments must be specified for policy type StepScaling')
}

function policyOf(world: World, name: string, groupName: string | undefined) {
  const groups = groupName === undefined ? [...world.groups.values()] : [groupOf(world, groupName)]
  for (const group of groups)
    for (const policy of group.policies.values())
      if (policy.PolicyName === name || policy.PolicyARN === name) return { group, policy }
  throw validationError('PolicyName not found')
}
