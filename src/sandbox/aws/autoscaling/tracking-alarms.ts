import type { Alarm, PutScalingPolicyType, ScalingPolicy } from '@aws-sdk/client-auto-scaling'
import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { putAlarm } from '../cloudwatch/alarms'
import type { Simulation } from '../engine/simulation'
import type { Group } from './state'

/** "About 10 % below the target": the threshold of the alarm that scales in. */
const lowShare = 0.9

/**
 * The two alarms of a target tracking policy: above the target for three minutes, well below it for fifteen. A policy that
 * is put again keeps their names. Without scale-in there is no low one.
 */
export function putTrackingAlarms(
  sim: Simulation,
  group: Group,
  policy: ScalingPolicy,
  before: readonly Alarm[],
): Alarm[] {
  const configuration = policy.TargetTrackingConfiguration
  if (!configuration) return []
  const target = configuration.TargetValue ?? 0
  const kinds = configuration.DisableScaleIn ? (['AlarmHigh'] as const) : (['AlarmHigh', 'AlarmLow'] as const)
  const kept = kinds.map((kind) => {
    const known = before.find(({ AlarmName }) => AlarmName?.includes(`-${kind}-`))?.AlarmName
    const name = known ?? `TargetTracking-${group.name}-${kind}-${sim.uuid()}`
    const high = kind === 'AlarmHigh'
    putAlarm(sim, name, {
      ...metricOf(group, configuration),
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.PolicyARN ?? ''}.`,
      AlarmActions: [policy.PolicyARN ?? ''],
      ComparisonOperator: high ? 'GreaterThanThreshold' : 'LessThanThreshold',
      Threshold: high ? target : target * lowShare,
      EvaluationPeriods: high ? 3 : 15,
    })
    return {
      AlarmName: name,
      AlarmARN: `arn:aws:cloudwatch:${sim.world.region}:${sim.world.account}:alarm:${name}`,
    }
  })
  const gone = before.filter((one) => !kept.some(({ AlarmName }) => AlarmName === one.AlarmName))
  dropTrackingAlarms(sim, gone)
  return kept
}

/** "Deletes them when no longer needed." */
export function dropTrackingAlarms({ world }: Simulation, alarms: readonly Alarm[]): void {
  for (const { AlarmName = '' } of alarms)
    if (AlarmName.startsWith('TargetTracking-')) world.alarms.delete(AlarmName)
}

type Configuration = NonNullable<PutScalingPolicyType['TargetTrackingConfiguration']>

/** aws: API reference, PredefinedMetricSpecification; of a request count the sum is the one per target. */
function metricOf(group: Group, configuration: Configuration): MetricAlarm {
  const custom = configuration.CustomizedMetricSpecification
  if (custom) {
    if (custom.Metrics?.length) return { Metrics: custom.Metrics.map(asQuery) }
    const { MetricName, Namespace, Dimensions, Statistic, Period = 60 } = custom
    return { MetricName, Namespace, Dimensions, Statistic, Period }
  }
  const { PredefinedMetricType, ResourceLabel = '' } = configuration.PredefinedMetricSpecification ?? {}
  if (PredefinedMetricType === 'ALBRequestCountPerTarget') {
    const [, balancer = '', targetGroup = ''] = /^(.*)\/(targetgroup\/.*)$/.exec(ResourceLabel) ?? []
    return {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'RequestCountPerTarget',
      Dimensions: [
        { Name: 'TargetGroup', Value: targetGroup },
        { Name: 'LoadBalancer', Value: balancer },
      ],
      Statistic: 'Sum',
      Period: 60,
    }
  }
  const names: Readonly<Record<string, string>> = {
    ASGAverageCPUUtilization: 'CPUUtilization',
    ASGAverageNetworkIn: 'NetworkIn',
    ASGAverageNetworkOut: 'NetworkOut',
  }
  return {
    Namespace: 'AWS/EC2',
    MetricName: names[PredefinedMetricType ?? ''],
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: group.name }],
    Statistic: 'Average',
    Period: 60,
  }
}

type TrackedQuery = NonNullable<
  NonNullable<Configuration['CustomizedMetricSpecification']>['Metrics']
>[number]

function asQuery({ Id, Expression, MetricStat, Label, ReturnData, Period }: TrackedQuery): MetricDataQuery {
  return {
    Id,
    Expression,
    Label,
    ReturnData,
    ...(MetricStat && {
      MetricStat: { Metric: MetricStat.Metric, Stat: MetricStat.Stat, Period: Period ?? 60 },
    }),
  }
}
