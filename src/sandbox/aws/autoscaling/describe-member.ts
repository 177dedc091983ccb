import type { Instance as InstanceShape } from '@aws-sdk/client-auto-scaling'
import type { Member } from './state'

/** An instance as its group tells it. */
export const describeMember = (member: Member) =>
  ({
    InstanceId: member.id,
    InstanceType: member.type,
    AvailabilityZone: member.zone,
    LifecycleState: member.lifecycle,
    HealthStatus: member.health,
    LaunchConfigurationName: member.configuration,
    LaunchTemplate: member.template && {
      LaunchTemplateId: member.template.id,
      LaunchTemplateName: member.template.name,
      Version: String(member.template.version),
    },
    ProtectedFromScaleIn: member.protected,
    WeightedCapacity: member.weight === 1 ? undefined : String(member.weight),
  }) satisfies InstanceShape
