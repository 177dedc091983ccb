import {
  type AutoScalingGroup,
  type AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribeLaunchConfigurationsCommand,
  DescribeLifecycleHooksCommand,
  DescribeScalingActivitiesCommand,
  type MixedInstancesPolicy,
} from '@aws-sdk/client-auto-scaling'
import { second } from '../../../domain/time/time'
import type { Activity, Group, LifecycleHook, Refresh } from '../../../domain/fleet/fleet'
import { toActivity, toGroup, toRefresh } from './group-conversion'
import type { AwsClient } from '../client/client'
import { inBatches, pages } from '../client/pages'
import { type Load, loadOne } from '../reads/batching-reader'

/** A group, and what of it no port shows but a change must keep. */
export interface GroupRead {
  readonly group: Group
  readonly mixed?: MixedInstancesPolicy
}

/** DescribeAutoScalingGroups gives 50 groups unless asked for more, at most 100, and leaves out unknown names. */
export const groupsPerCall = 100
/** More refreshes than anyone asks about: what is watched is the newest. */
const refreshesRead = 20
const activitiesRead = 100

export const loadGroups =
  (client: AutoScalingClient, aws: AwsClient): Load<GroupRead> =>
  async (names) => {
    const groups = await pages(async (NextToken) => {
      const page = await aws.read('DescribeAutoScalingGroups', () =>
        client.send(
          new DescribeAutoScalingGroupsCommand({
            AutoScalingGroupNames: [...names()],
            MaxRecords: groupsPerCall,
            NextToken,
          }),
        ),
      )
      return { items: page.AutoScalingGroups, next: page.NextToken }
    })
    return new Map(groups.map(toGroupRead).map((seen) => [seen.group.name, seen]))
  }

/** Every group there is: without names AWS gives all. */
export const allGroups = async (client: AutoScalingClient, aws: AwsClient): Promise<readonly Group[]> => {
  const groups = await pages(async (NextToken) => {
    const page = await aws.read('DescribeAutoScalingGroups', () =>
      client.send(new DescribeAutoScalingGroupsCommand({ MaxRecords: groupsPerCall, NextToken })),
    )
    return { items: page.AutoScalingGroups, next: page.NextToken }
  })
  return groups.map(toGroup)
}

/** DescribeLaunchConfigurations takes 50 names (EC2 Auto Scaling API reference). */
const configurationsPerCall = 50

/** Ids of the images that these launch configurations name. */
export const configurationImages = async (
  client: AutoScalingClient,
  aws: AwsClient,
  names: readonly string[],
): Promise<readonly string[]> =>
  inBatches(names, configurationsPerCall, async (some) => {
    const { LaunchConfigurations = [] } = await aws.read('DescribeLaunchConfigurations', () =>
      client.send(new DescribeLaunchConfigurationsCommand({ LaunchConfigurationNames: [...some] })),
    )
    return LaunchConfigurations.flatMap(({ ImageId }) => ImageId ?? [])
  })

/** The lifecycle hooks of a group; AWS tells a hook's time-out in seconds, an hour where none was set. */
export const loadHooks = async (
  client: AutoScalingClient,
  aws: AwsClient,
  name: string,
): Promise<readonly LifecycleHook[]> => {
  const { LifecycleHooks = [] } = await aws.read('DescribeLifecycleHooks', () =>
    client.send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName: name })),
  )
  return LifecycleHooks.map((hook) => ({
    name: hook.LifecycleHookName ?? '',
    on: hook.LifecycleTransition === 'autoscaling:EC2_INSTANCE_LAUNCHING' ? 'launch' : 'termination',
    timeout: (hook.HeartbeatTimeout ?? 3600) * second,
  }))
}

/**
 * The groups that carry all of these tags. Values of one filter are alternatives, filters all count (EC2 Auto Scaling
 * API reference, DescribeAutoScalingGroups); none at all would mean every group.
 */
export const loadTagged = async (
  client: AutoScalingClient,
  aws: AwsClient,
  tags: Readonly<Record<string, string>>,
): Promise<readonly Group[]> => {
  const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }))
  if (Filters.length === 0) return []
  const found = await pages(async (NextToken) => {
    const page = await aws.read('DescribeAutoScalingGroups', () =>
      client.send(new DescribeAutoScalingGroupsCommand({ Filters, MaxRecords: groupsPerCall, NextToken })),
    )
    return { items: page.AutoScalingGroups, next: page.NextToken }
  })
  return found.map(toGroup)
}

const toGroupRead = (group: AutoScalingGroup): GroupRead => ({
  group: toGroup(group),
  ...(group.MixedInstancesPolicy === undefined ? {} : { mixed: group.MixedInstancesPolicy }),
})

export const loadRefreshes = (client: AutoScalingClient, aws: AwsClient): Load<readonly Refresh[]> =>
  loadOne(async (name) => {
    const page = await aws.read('DescribeInstanceRefreshes', () =>
      client.send(
        new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name(), MaxRecords: refreshesRead }),
      ),
    )
    return (page.InstanceRefreshes ?? []).map(toRefresh)
  })

export const loadActivities = (client: AutoScalingClient, aws: AwsClient): Load<readonly Activity[]> =>
  loadOne(async (name) => {
    const page = await aws.read('DescribeScalingActivities', () =>
      client.send(
        new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name(), MaxRecords: activitiesRead }),
      ),
    )
    return (page.Activities ?? []).map(toActivity)
  })
