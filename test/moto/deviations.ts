import { CreateImageCommand } from '@aws-sdk/client-ec2'
import type { SdkClients } from '../../src/adapters/aws/client/sdk-clients'
import { failure } from '../../src/domain/result'
import type { Account } from '../../src/ports/account'
import { AwsFailure } from '../../src/ports/failure'
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

/**
 * What moto does otherwise when a fleet is built and goes, so that a build or a teardown would wait in vain, or end:
 *
 * - interfaces of instances that are terminated stay, and hold their security group for good;
 * - EnableMetricsCollection for all metrics enables none that is told: what was asked for is told;
 * - CreateImage answers a snapshot TagSpecification with 500: the image alone is tagged;
 * - EC2 says `AccessDenied` where AWS says `UnauthorizedOperation` (EC2 API reference, "Error codes").
 *
 * `ec2` has the rights of the account.
 */
export const buildingDeviations = (account: Account, { ec2 }: Pick<SdkClients, 'ec2'>): Account => {
  const over = <T extends object>(port: T, some: Partial<T>): T => Object.assign(Object.create(port), some)
  const collected = new Set<string>()
  const { securityGroups, groups, images, templates } = account
  const unauthorized = (thrown: unknown) => {
    if (thrown instanceof AwsFailure && thrown.code === 'AccessDenied')
      return failure({
        code: 'unauthorized',
        wireCode: 'UnauthorizedOperation',
        words: thrown.words,
      } as const)
    throw thrown
  }
  return {
    ...account,
    securityGroups: over(securityGroups, {
      interfaces: async () => [],
      mayCreate: (group) => securityGroups.mayCreate(group).catch(unauthorized),
    }),
    templates: over(templates, {
      mayCreate: (template) => templates.mayCreate(template).catch(unauthorized),
    }),
    groups: over(groups, {
      collectMetrics: async (group) => {
        await groups.collectMetrics(group)
        collected.add(group)
      },
      describe: async (name, freshness) => {
        const found = await groups.describe(name, freshness)
        return found && collected.has(name) ? { ...found, metrics: ['GroupInServiceInstances'] } : found
      },
    }),
    images: over(images, {
      create: async ({ instance, name, description, noReboot, tags }) => {
        const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
        const made = await ec2.send(
          new CreateImageCommand({
            InstanceId: instance,
            Name: name,
            Description: description,
            NoReboot: noReboot,
            TagSpecifications: [{ ResourceType: 'image', Tags }],
          }),
        )
        return made.ImageId ?? ''
      },
    }),
  }
}
