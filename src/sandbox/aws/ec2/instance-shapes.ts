import type { Instance as InstanceShape } from '@aws-sdk/client-ec2'
import type { Instance, InstanceState } from './state'
import type { World } from '../world'
import { tagList } from './common'
import { architectureOf, cpuOptionsOf } from './instance-types'

/** EC2 numbers its instance states. */
export const codes: Readonly<Record<InstanceState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
}

/** Status checks are being initialised for the first two minutes of an instance. */
export function statusOf(now: number, instance: Instance) {
  const initializing = 120_000
  const Status =
    instance.state !== 'running'
      ? ('not-applicable' as const)
      : now - instance.launchedAt < initializing
        ? ('initializing' as const)
        : ('ok' as const)
  return { Status, Details: [] }
}

export function describeInstance(world: World, instance: Instance): InstanceShape {
  const alive = instance.state !== 'terminated'
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    InstanceType: instance.type as NonNullable<InstanceShape['InstanceType']>,
    State: { Code: codes[instance.state], Name: instance.state },
    StateReason: instance.stateReason && {
      Code: instance.stateReason.code,
      Message: instance.stateReason.message,
    },
    StateTransitionReason: instance.stoppedAt
      ? `User initiated (${new Date(instance.stoppedAt).toISOString().replace('T', ' ').slice(0, 19)} GMT)`
      : '',
    LaunchTime: new Date(instance.launchedAt),
    Placement: { AvailabilityZone: instance.zone, GroupName: '', Tenancy: 'default' },
    Monitoring: { State: 'disabled' },
    KeyName: instance.keyName,
    ...(alive
      ? {
          PrivateIpAddress: instance.privateIp,
          PrivateDnsName: `ip-${instance.privateIp.replaceAll('.', '-')}.${world.region}.compute.internal`,
          SubnetId: instance.subnet,
          VpcId: instance.vpc,
        }
      : {}),
    SecurityGroups: instance.securityGroups.map((id) => ({
      GroupId: id,
      GroupName: world.securityGroups.get(id)?.name,
    })),
    CpuOptions: cpuOptionsOf(instance.type),
    Architecture: architectureOf(instance.type),
    InstanceLifecycle: instance.spot ? 'spot' : undefined,
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    BlockDeviceMappings: alive
      ? [
          {
            DeviceName: '/dev/xvda',
            Ebs: {
              VolumeId: instance.volume,
              Status: 'attached',
              DeleteOnTermination: true,
              AttachTime: new Date(instance.launchedAt),
            },
          },
        ]
      : [],
    NetworkInterfaces: [],
    ProductCodes: [],
    AmiLaunchIndex: 0,
    ClientToken: instance.clientToken ?? '',
    EbsOptimized: false,
    EnaSupport: true,
    SourceDestCheck: true,
    Tags: tagList(instance.tags),
  }
}
