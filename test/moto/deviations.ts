import type { Account } from '../../src/ports/account'
import type { Deviation } from '../contract/aws/adapters.suite'
import type { BuildingDeviation } from '../contract/aws/building.suite'

/**
 * Where moto 5.2.1 is not AWS, and the contract suite lets it be so. Nothing else is tolerated, and each of these must
 * really occur: a rule that moto has learned fails the suite until it is taken from this table.
 */
export const motoDeviations: Readonly<Partial<Record<Deviation, string>>> = {
  'image and snapshot tags': 'CreateImage answers a snapshot TagSpecification with 500',
  'unique image names': 'CreateImage accepts a name that is taken',
  'images by snapshot': 'DescribeImages answers the filter block-device-mapping.snapshot-id with 500',
  'source version': 'CreateLaunchTemplateVersion ignores SourceVersion: the version holds only what was sent',
  'client token': 'CreateLaunchTemplateVersion ignores ClientToken: asked twice, it makes two',
  'delete version': 'DeleteLaunchTemplateVersions answers 500',
  'cooldown and termination policies': 'UpdateAutoScalingGroup drops DefaultCooldown and TerminationPolicies',
  'capacity bounds': 'SetDesiredCapacity takes what is outside the limits',
  'launched version':
    'Instances[].LaunchTemplate.Version is always the current default, not what was launched',
  activities: 'DescribeScalingActivities is always empty',
  'instance refresh': 'Start-, Describe-, Cancel- and RollbackInstanceRefresh answer 500',
  'target groups come into use':
    'DescribeTargetGroups does not name the load balancer whose listener was changed to forward to it',
  'idle time-out':
    'DescribeLoadBalancerAttributes does not tell idle_timeout.timeout_seconds before it is set',
  percentiles: 'GetMetricData answers a percentile of values that were put with 500',
  quotas: 'GetServiceQuota knows quotas of VPC only',
  'disabled policies': 'PutScalingPolicy forgets Enabled: every policy is told as enabled',
  'names in a group':
    'scheduled actions and policies are kept by their name across all groups: a copy takes the first one away',
  'targets in Standby': 'instances in Standby stay registered and healthy',
  'Standby once': 'EnterStandby takes instances that stand by, and shrinks the group for them again',
  'Standby above the minimum': 'EnterStandby does not mind the minimum',
}

/** The same about building and removing a fleet. */
export const motoBuildingDeviations: Readonly<Partial<Record<BuildingDeviation, string>>> = {
  'template token': 'CreateLaunchTemplate ignores ClientToken: asked twice, its name is taken',
  'template tags': 'CreateTags on a launch template is not told by DescribeLaunchTemplates',
  'metrics collection': 'EnableMetricsCollection for all metrics enables none that is told',
  'target groups again': 'CreateTargetGroup refuses a taken name, also with the same settings',
  'load balancers again': 'CreateLoadBalancer makes a second one of the same name',
  'listeners again': 'CreateListener makes a second one for the same port',
  'interfaces of load balancers':
    'load balancers have no interfaces that DescribeNetworkInterfaces finds by their group',
  'groups that are named':
    'DeleteSecurityGroup deletes a group that a load balancer and another one’s rule need',
  'groups again': 'CreateAutoScalingGroup puts another group in the place of the one of that name',
  'groups to delete': 'DeleteAutoScalingGroup deletes a group with instances without ForceDelete',
}

/**
 * What moto cannot do at all and every move of two colors asks for: no instance refresh can be told, nor started.
 * Nothing else stands between the procedures and moto.
 */
export const colorDeviations = (account: Account): Account => ({
  ...account,
  groups: Object.assign(Object.create(account.groups), { refreshes: async () => [] }),
})

/** What moto does otherwise when a fleet goes: interfaces of instances that are terminated stay, and hold their group for good. */
export const removalDeviations = (account: Account): Account => ({
  ...account,
  securityGroups: Object.assign(Object.create(account.securityGroups), { interfaces: async () => [] }),
})
