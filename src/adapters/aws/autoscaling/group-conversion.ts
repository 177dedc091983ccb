import type {
  Activity as AwsActivity,
  AutoScalingGroup,
  Instance as AwsInstance,
  InstanceRefresh,
  LaunchTemplateSpecification,
} from '@aws-sdk/client-auto-scaling'
import type {
  Activity,
  Group,
  GroupInstance,
  GroupTemplate,
  Refresh,
  TemplatePin,
} from '../../../domain/fleet/fleet'
import { second } from '../../../domain/time/time'
import { instantOf, tagsOf } from '../convert'
import { defined } from '../../../domain/defined'

/** The template that a group launches from, be it its own or within its mixed instances policy. */
const templateOf = (group: AutoScalingGroup): LaunchTemplateSpecification | undefined =>
  group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification

/**
 * A group as DescribeAutoScalingGroups tells it. Its template's version is the text that was set; where none was, the
 * default version is meant (EC2 Auto Scaling API reference, LaunchTemplateSpecification).
 */
export function toGroup(group: AutoScalingGroup): Group {
  const template = templateOf(group)
  return defined({
    name: group.AutoScalingGroupName ?? '',
    min: group.MinSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    max: group.MaxSize ?? 0,
    cooldown: group.DefaultCooldown ?? 0,
    template: template === undefined ? undefined : toTemplate(template),
    alternatives: alternativesOf(group),
    configuration: group.LaunchConfigurationName,
    mixed: group.MixedInstancesPolicy ? (true as const) : undefined,
    unitsByType: weightsOf(group),
    capacityType: group.DesiredCapacityType,
    overrideImages: overridesOf(group, 'ImageId'),
    overrideTypes: overridesOf(group, 'InstanceType'),
    warmPool: group.WarmPoolConfiguration && { size: group.WarmPoolSize ?? 0 },
    uncheckedSources: uncheckedSourcesOf(group),
    instances: (group.Instances ?? []).map(toInstance),
    targetGroups: targetGroupsOf(group),
    suspended: (group.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []),
    terminationPolicies: group.TerminationPolicies ?? [],
    healthCheck: {
      types: (group.HealthCheckType ?? '').split(',').filter((type) => type !== ''),
      graceSeconds: group.HealthCheckGracePeriod ?? 0,
    },
    warmup: group.DefaultInstanceWarmup,
    tags: tagsOf(group.Tags),
    propagated: (group.Tags ?? []).flatMap(({ Key, PropagateAtLaunch }) =>
      PropagateAtLaunch === true && Key !== undefined ? [Key] : [],
    ),
    metrics: metricsOf(group),
    zones: group.AvailabilityZones ?? [],
    subnets: (group.VPCZoneIdentifier ?? '').split(',').filter((subnet) => subnet !== ''),
    status: group.Status,
  })
}

const toTemplate = (template: LaunchTemplateSpecification): GroupTemplate => ({
  id: template.LaunchTemplateId ?? '',
  name: template.LaunchTemplateName ?? '',
  pin: toPin(template.Version),
})

/** An instance type may have a template of its own, e.g. for another architecture. */
const alternativesOf = (group: AutoScalingGroup): readonly GroupTemplate[] | undefined => {
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []
  const templates = overrides.flatMap(({ LaunchTemplateSpecification: own }) => own ?? [])
  return templates.length === 0 ? undefined : templates.map(toTemplate)
}

const overridesOf = (
  group: AutoScalingGroup,
  member: 'ImageId' | 'InstanceType',
): readonly string[] | undefined => {
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []
  const named = overrides.flatMap((override) => override[member] ?? [])
  return named.length === 0 ? undefined : named
}

const weightsOf = (group: AutoScalingGroup): Readonly<Record<string, number>> | undefined => {
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []
  const named = overrides.flatMap(({ InstanceType = '', WeightedCapacity }) =>
    WeightedCapacity === undefined ? [] : [[InstanceType, Number(WeightedCapacity)] as const],
  )
  return named.some(([, units]) => units > 1) ? Object.fromEntries(named) : undefined
}

/** Those that were attached as traffic sources count as those that were attached by their ARN alone. */
const targetGroupsOf = (group: AutoScalingGroup): readonly string[] => {
  const sources = (group.TrafficSources ?? []).filter(({ Type }) => Type === 'elbv2')
  const arns = sources.flatMap(({ Identifier }) => Identifier ?? [])
  return [...new Set([...(group.TargetGroupARNs ?? []), ...arns])]
}

/** Traffic sources whose health DescribeTargetHealth does not tell (API reference, TrafficSourceIdentifier). */
const uncheckedSourcesOf = (group: AutoScalingGroup): readonly string[] | undefined => {
  const others = (group.TrafficSources ?? []).filter(({ Type }) => Type !== undefined && Type !== 'elbv2')
  const names = new Set([
    ...(group.LoadBalancerNames ?? []),
    ...others.flatMap(({ Identifier }) => Identifier ?? []),
  ])
  return names.size === 0 ? undefined : [...names]
}

const metricsOf = ({ EnabledMetrics = [] }: AutoScalingGroup): readonly string[] | undefined =>
  EnabledMetrics.length === 0 ? undefined : EnabledMetrics.flatMap(({ Metric }) => Metric ?? [])

function toPin(version: string | undefined): TemplatePin {
  if (version === '$Latest') return version
  const number = Number(version)
  return Number.isInteger(number) && number > 0 ? number : '$Default'
}

function toInstance(instance: AwsInstance): GroupInstance {
  const version = Number(instance.LaunchTemplate?.Version)
  const units = Number(instance.WeightedCapacity)
  return defined({
    id: instance.InstanceId ?? '',
    zone: instance.AvailabilityZone ?? '',
    lifecycle: instance.LifecycleState ?? '',
    // AWS writes Healthy in one answer and HEALTHY in another.
    healthy: instance.HealthStatus?.toLowerCase() === 'healthy',
    protected: instance.ProtectedFromScaleIn ?? false,
    units: units > 1 ? units : undefined,
    templateId: instance.LaunchTemplate?.LaunchTemplateId,
    templateVersion: Number.isInteger(version) ? version : undefined,
  })
}

export function toRefresh(refresh: InstanceRefresh): Refresh {
  const wanted = refresh.DesiredConfiguration
  const bake = refresh.Preferences?.BakeTime
  const template =
    wanted?.LaunchTemplate ?? wanted?.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification
  return defined({
    id: refresh.InstanceRefreshId ?? '',
    status: refresh.Status ?? '',
    reason: refresh.StatusReason,
    startedAt: instantOf(refresh.StartTime),
    percent: refresh.PercentageComplete ?? 0,
    remaining: refresh.InstancesToUpdate ?? 0,
    templateId: template?.LaunchTemplateId,
    version: template?.Version,
    bake: bake === undefined ? undefined : bake * second,
  })
}

export const toActivity = (activity: AwsActivity): Activity =>
  defined({
    id: activity.ActivityId ?? '',
    description: activity.Description ?? '',
    cause: activity.Cause ?? '',
    status: activity.StatusCode ?? '',
    message: activity.StatusMessage,
    startedAt: instantOf(activity.StartTime),
    endedAt: activity.EndTime && instantOf(activity.EndTime),
  })
