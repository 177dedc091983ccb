import {
  AttachLoadBalancerTargetGroupsCommand,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  EnableMetricsCollectionCommand,
} from '@aws-sdk/client-auto-scaling'
import type { NewGroup } from '../../../domain/provision/resources'
import type { AwsFailure } from '../../../ports/failure'
import type { Groups } from '../../../ports/groups'
import { answered, unlessGone } from '../client/answer'
import type { AwsClient } from '../client/client'
import type { SdkClients } from '../client/sdk-clients'
import { defined } from '../../../domain/defined'
import type { CachedReads } from '../reads/cached-reads'

/** Auto Scaling says ValidationError of whatever it does not like, and which thing it does not know in its words alone. */
const notKnown = ({ code, words }: AwsFailure) =>
  code === 'ValidationError' && /does not exist|(not|cannot be) found|could not find/i.test(words)
const gone = ({ code, words }: AwsFailure) =>
  code === 'ValidationError' && /AutoScalingGroup name not found/i.test(words)

/** Groups as things that are made and deleted. */
export function createGroupLifecycle(
  { autoScaling }: SdkClients,
  aws: AwsClient,
  reads: CachedReads,
): Pick<Groups, 'create' | 'attach' | 'collectMetrics' | 'delete'> {
  const change = <T>(name: string, action: string, call: () => Promise<T>): Promise<T> =>
    reads.changing(name, () => aws.change(action, call))

  return {
    create: (group) =>
      answered({ exists: /^AlreadyExists$/, unknown: notKnown }, async () => {
        await change(group.name, 'CreateAutoScalingGroup', () =>
          autoScaling.send(new CreateAutoScalingGroupCommand(creation(group))),
        )
      }),

    attach: async (name, targetGroups) => {
      if (targetGroups.length === 0) return
      const input = { AutoScalingGroupName: name, TargetGroupARNs: [...targetGroups] }
      await change(name, 'AttachLoadBalancerTargetGroups', () =>
        autoScaling.send(new AttachLoadBalancerTargetGroupsCommand(input)),
      )
    },

    // Without a list of metrics all are meant, and no other granularity is taken (API reference, EnableMetricsCollection).
    collectMetrics: async (name) => {
      const input = { AutoScalingGroupName: name, Granularity: '1Minute' }
      await change(name, 'EnableMetricsCollection', () =>
        autoScaling.send(new EnableMetricsCollectionCommand(input)),
      )
    },

    delete: (name) =>
      answered({ 'in-use': /^(ResourceInUse|ScalingActivityInProgress)$/ }, () =>
        unlessGone(gone, () =>
          change(name, 'DeleteAutoScalingGroup', () =>
            autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: name })),
          ),
        ),
      ),
  }
}

const creation = (group: NewGroup) => ({
  AutoScalingGroupName: group.name,
  LaunchTemplate: { LaunchTemplateId: group.template.id, Version: String(group.template.pin) },
  MinSize: group.min,
  DesiredCapacity: group.desired,
  MaxSize: group.max,
  VPCZoneIdentifier: group.subnets.join(','),
  TargetGroupARNs: [...group.targetGroups],
  HealthCheckType: group.healthCheck.types.join(','),
  HealthCheckGracePeriod: group.healthCheck.graceSeconds,
  ...defined({ DefaultInstanceWarmup: group.warmup, DefaultCooldown: group.cooldown }),
  Tags: group.tags.map(({ key, value, propagate }) => ({
    ResourceId: group.name,
    ResourceType: 'auto-scaling-group',
    Key: key,
    Value: value,
    PropagateAtLaunch: propagate,
  })),
})
