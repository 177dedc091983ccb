import { putPolicy } from '../../src/sandbox/aws/autoscaling/policies'
import { putAlarm } from '../../src/sandbox/aws/cloudwatch/alarms'
import type { Aws } from '../../src/sandbox/aws'

const groupName = 'Web-ASG'
const stepName = 'quiet'

/** Requests a minute to each target below which one instance goes. */
const quietBelow = 30_000

/**
 * A step policy on `Web-ASG` beside its target tracking one, of people's own: by an alarm that looks at one minute, it
 * takes an instance away while few requests come to each.
 */
export const stepsDownWhenQuiet = ({ world, simulation }: Aws): void => {
  const group = world.groups.get(groupName)
  const targetGroup = [...world.targetGroups.values()].find(
    ({ shape }) => shape.TargetGroupName === 'Web-TG',
  )?.arn
  const loadBalancer = [...world.loadBalancers.values()].find(
    ({ shape }) => shape.LoadBalancerName === 'Web-ALB',
  )?.arn
  if (!group || !targetGroup || !loadBalancer) throw new Error('the seed has no web')
  const policy = putPolicy(simulation, group, {
    AutoScalingGroupName: groupName,
    PolicyName: stepName,
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    EstimatedInstanceWarmup: 60,
    StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }],
  })
  putAlarm(simulation, stepName, {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'RequestCountPerTarget',
    Dimensions: [
      { Name: 'TargetGroup', Value: targetGroup.slice(targetGroup.indexOf('targetgroup/')) },
      { Name: 'LoadBalancer', Value: loadBalancer.replace(/^.*:loadbalancer\//, '') },
    ],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: quietBelow,
    ComparisonOperator: 'LessThanThreshold',
    AlarmActions: [policy.PolicyARN ?? ''],
  })
}

/** How the policies of `Web-ASG` stand: whether each takes instances away. */
export const scalingIn = ({ world }: Pick<Aws, 'world'>): Readonly<Record<string, boolean>> =>
  Object.fromEntries(
    [...(world.groups.get(groupName)?.policies.values() ?? [])].map(
      ({ PolicyName = '', Enabled, TargetTrackingConfiguration: tracking }) => [
        PolicyName,
        Enabled !== false && tracking?.DisableScaleIn !== true,
      ],
    ),
  )
