import type { AutoScalingGroup, Filter } from '@aws-sdk/client-auto-scaling'
import type { AutoScalingHandlers } from '../handlers'
import { validationError } from '../wire/error'
import type { Group } from './state'
import type { World } from '../world'
import { asgPage, isWarmed, warmMembers } from './common'
import { describeMember } from './describe-member'
import { describeMixed } from './mixed'
import { specification } from './template'
import { describeWarmPool } from './warm-pool'

export const describeHandlers = {
  DescribeAutoScalingGroups({ world }, input) {
    const names = input.AutoScalingGroupNames?.length ? new Set(input.AutoScalingGroupNames) : undefined
    const tests = (input.Filters ?? []).map(testOf)
    const found = [...world.groups.values()].filter(
      (group) => (!names || names.has(group.name)) && tests.every((test) => test(group)),
    )
    const { items, next } = asgPage(found, input)
    return { AutoScalingGroups: items.map((group) => describeGroup(world, group)), NextToken: next }
  },

  DescribeAutoScalingInstances({ world }, input) {
    const ids = input.InstanceIds?.length ? new Set(input.InstanceIds) : undefined
    const found = [...world.groups.values()].flatMap((group) =>
      [...group.members.values()]
        .filter((member) => !ids || ids.has(member.id))
        .map((member) => ({ group, member })),
    )
    const { items, next } = asgPage(found, input, 50, 50)
    return {
      AutoScalingInstances: items.map(({ group, member }) => ({
        ...describeMember(member),
        AvailabilityZone: member.zone,
        AutoScalingGroupName: group.name,
        // Upper case here and `Healthy` in groups, as AWS's own samples show.
        HealthStatus: member.health.toUpperCase(),
      })),
      NextToken: next,
    }
  },
} satisfies AutoScalingHandlers

/** Case-sensitive; a filter is passed by any of its values. */
function testOf({ Name = '', Values = [] }: Filter): (group: Group) => boolean {
  const wanted = new Set(Values)
  if (Name.startsWith('tag:')) {
    const key = Name.slice('tag:'.length)
    return (group) => {
      const tag = group.tags.get(key)
      return tag !== undefined && wanted.has(tag.value)
    }
  }
  if (Name === 'tag-key') return (group) => [...group.tags.keys()].some((key) => wanted.has(key))
  if (Name === 'tag-value') return (group) => [...group.tags.values()].some((tag) => wanted.has(tag.value))
  throw validationError(
    `Filter type ${Name} is not correct. Allowed Filter types are: tag-key tag-value tag:<key>`,
  )
}

function describeGroup(world: World, group: Group): AutoScalingGroup {
  const zones = [...new Set(group.subnets.map((id) => world.subnets.get(id)?.zone ?? ''))]
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    ...launchedFrom(group),
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: group.cooldown,
    DefaultInstanceWarmup: group.defaultWarmup,
    AvailabilityZones: zones,
    LoadBalancerNames: namesOf(group, 'elb'),
    TargetGroupARNs: namesOf(group, 'elbv2'),
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.grace,
    Instances: [...group.members.values()].filter((member) => !isWarmed(member)).map(describeMember),
    CreatedTime: new Date(group.createdAt),
    SuspendedProcesses: [...group.suspended].map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    VPCZoneIdentifier: group.subnets.join(','),
    EnabledMetrics: [...group.metrics].map((Metric) => ({ Metric, Granularity: '1Minute' })),
    Tags: [...group.tags].map(([Key, tag]) => ({
      ResourceId: group.name,
      ResourceType: 'auto-scaling-group',
      Key,
      Value: tag.value,
      PropagateAtLaunch: tag.propagate,
    })),
    TerminationPolicies: group.terminationPolicies,
    NewInstancesProtectedFromScaleIn: group.protectNew,
    DesiredCapacityType: group.capacityType,
    WarmPoolConfiguration: group.warmPool && describeWarmPool(group.warmPool),
    WarmPoolSize: group.warmPool && warmMembers(group).length,
    ServiceLinkedRoleARN: `arn:aws:iam::${world.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    CapacityRebalance: group.capacityRebalance || undefined,
    MaxInstanceLifetime: group.maxInstanceLifetime,
    TrafficSources: group.attachments.map(({ arn, type }) => ({ Identifier: arn, Type: type })),
    Status: group.deleting ? 'Delete in progress' : undefined,
    InstanceMaintenancePolicy: group.maintenance && {
      MinHealthyPercentage: group.maintenance.min,
      MaxHealthyPercentage: group.maintenance.max,
    },
    ...group.echoed,
  }
}

/** Exactly one of the three (API reference, AutoScalingGroup). */
function launchedFrom({ template }: Group) {
  if (template.configuration !== undefined) return { LaunchConfigurationName: template.configuration }
  if (template.mixed) return { MixedInstancesPolicy: describeMixed(template, template.mixed) }
  return { LaunchTemplate: specification(template) }
}

const namesOf = (group: Group, wanted: Group['attachments'][number]['type']) =>
  group.attachments.filter(({ type }) => type === wanted).map(({ arn }) => arn)
