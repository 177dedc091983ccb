import type { NetworkInterface } from '@aws-sdk/client-ec2'
import type { Ec2Handlers } from '../handlers'
import type { World } from '../world'
import { ec2Page, named, stopDryRun } from './common'
import { select } from './filters'

/** A network interface: an instance's own, or one of a load balancer. */
interface Shown {
  readonly id: string
  readonly description: string
  readonly subnet: string
  readonly securityGroups: readonly string[]
  readonly status: 'in-use' | 'available'
  readonly instance?: string
  readonly address?: string
  readonly tags: Map<string, string>
}

/** All interfaces there are. An instance's goes with it (Amazon EC2 user guide, "Elastic network interfaces"). */
export function interfacesOf(world: World): Shown[] {
  const instances = [...world.instances.values()]
    .filter(({ state }) => state !== 'terminated')
    .map((instance) => ({
      id: instance.id.replace(/^i-/, 'eni-'),
      description: '',
      subnet: instance.subnet,
      securityGroups: instance.securityGroups,
      status: 'in-use' as const,
      instance: instance.id,
      address: instance.privateIp,
      tags: new Map<string, string>(),
    }))
  const balancers = [...world.interfaces.values()].map((one) => ({ ...one, tags: new Map<string, string>() }))
  return [...instances, ...balancers]
}

export const interfaceHandlers = {
  DescribeNetworkInterfaces({ world }, input) {
    stopDryRun(input)
    const all = new Map(interfacesOf(world).map((one) => [one.id, one]))
    const known = named(
      all,
      input.NetworkInterfaceIds,
      'InvalidNetworkInterfaceID.NotFound',
      'networkInterface ID',
    )
    const found = select(known, input.Filters, {
      'network-interface-id': ({ id }) => [id],
      'group-id': ({ securityGroups }) => securityGroups,
      'subnet-id': ({ subnet }) => [subnet],
      'vpc-id': ({ subnet }) => [world.subnets.get(subnet)?.vpc],
      'availability-zone': ({ subnet }) => [world.subnets.get(subnet)?.zone],
      description: ({ description }) => [description],
      status: ({ status }) => [status],
      'interface-type': () => ['interface'],
      'requester-id': (one) => [one.instance === undefined ? 'amazon-elb' : undefined],
      'attachment.instance-id': ({ instance }) => [instance],
      'attachment.instance-owner-id': (one) => [ownerOf(world, one)],
    })
    const { items, next } = ec2Page(found, input, [5, 1000])
    return { NetworkInterfaces: items.map((one) => shape(world, one)), NextToken: next }
  },
} satisfies Ec2Handlers

/** Whose instance an interface is attached to: a load balancer's is its service's own. */
const ownerOf = (world: World, { status, instance }: Shown): string | undefined => {
  if (status === 'available') return undefined
  return instance === undefined ? 'amazon-elb' : world.account
}

/** aws: as alantech/iasql#654 shows one that outlives its load balancer: `available`, without an attachment. */
function shape(world: World, one: Shown): NetworkInterface {
  const owner = ownerOf(world, one)
  const subnet = world.subnets.get(one.subnet)
  return {
    NetworkInterfaceId: one.id,
    Description: one.description,
    InterfaceType: 'interface',
    Status: one.status,
    SubnetId: one.subnet,
    VpcId: subnet?.vpc,
    AvailabilityZone: subnet?.zone,
    OwnerId: world.account,
    RequesterManaged: one.instance === undefined,
    ...(one.instance === undefined && { RequesterId: 'amazon-elb' }),
    SourceDestCheck: true,
    PrivateIpAddress: one.address,
    Groups: one.securityGroups.map((id) => ({ GroupId: id, GroupName: world.securityGroups.get(id)?.name })),
    ...(owner !== undefined && {
      Attachment: {
        AttachmentId: one.id.replace(/^eni-/, 'eni-attach-'),
        DeviceIndex: one.instance === undefined ? 1 : 0,
        InstanceId: one.instance,
        InstanceOwnerId: owner,
        Status: 'attached' as const,
        DeleteOnTermination: one.instance !== undefined,
      },
    }),
    TagSet: [],
  }
}
