import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { Simulation } from '../engine/simulation'
import { AwsError } from '../wire/error'
import { freeAddresses, vcpuQuota, vcpusInUse, vcpusOf } from './room'
import type { Instance } from './state'
import type { Tags } from '../world'
import { checkId } from './common'
import { architecture } from './instance-types'

/** What it takes to launch one instance. */
export interface LaunchOrder {
  readonly imageId: string
  readonly type: string
  readonly subnet: string
  readonly securityGroups: readonly string[]
  readonly keyName?: string | undefined
  readonly tags: Tags
  readonly group?: string | undefined
  readonly clientToken?: string | undefined
  readonly protectedFromTermination?: boolean
}

const terminatedStays = 3_600_000

/** Launches one instance, pending at first. Throws what RunInstances answers where it cannot be. */
export function launchInstance(sim: Simulation, order: LaunchOrder): Instance {
  const { world } = sim
  const image = world.images.get(order.imageId)
  if (!image || image.state === 'deregistered')
    throw new AwsError('InvalidAMIID.NotFound', `The image id '[${order.imageId}]' does not exist`)
  if (image.state !== 'available')
    throw new AwsError(
      'InvalidAMIID.Unavailable',
      `The AMI ID ${image.id} is ${image.state}, and cannot be run`,
    )
  if (image.architecture !== undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `The architecture '${architecture}' of the specified instance type does not match the architecture ` +
        `'${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching ` +
        'architectures, and try again.',
    )
  const subnet = world.subnets.get(order.subnet)
  if (!subnet)
    throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${order.subnet}' does not exist`)
  for (const id of order.securityGroups) checkId(id, 'sg', 'InvalidGroupId')
  for (const id of order.securityGroups)
    if (!world.securityGroups.has(id))
      throw new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`)
  if (freeAddresses(world, sim.faults, subnet) === 0)
    throw new AwsError(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
    )
  const quota = vcpuQuota(sim.faults)
  if (vcpusInUse(world) + vcpusOf(order.type) > quota)
    throw new AwsError(
      'VcpuLimitExceeded',
      `You have requested more vCPU capacity than your current vCPU limit of ${quota} allows for the instance ` +
        'bucket that the specified instance type belongs to. Please visit ' +
        'http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.',
    )
  if (sim.faults.capacityShort(subnet.zone))
    throw new AwsError(
      'InsufficientInstanceCapacity',
      `We currently do not have sufficient ${order.type} capacity in the Availability Zone you requested ` +
        `(${subnet.zone}). Our system will be working on provisioning additional capacity.`,
      500,
    )
  const instance: Instance = {
    id: sim.newId('i'),
    state: 'pending',
    imageId: image.id,
    type: order.type,
    subnet: subnet.id,
    vpc: subnet.vpc,
    zone: subnet.zone,
    privateIp: addressIn(subnet.cidr, sim.chance()),
    volume: sim.newId('vol'),
    securityGroups: order.securityGroups,
    keyName: order.keyName,
    launchedAt: sim.now,
    visibleAt: sim.now + sim.draw('visibility'),
    tags: order.tags,
    clientToken: order.clientToken,
    protectedFromTermination: order.protectedFromTermination ?? false,
    broken: sim.faults.breaksInstance(world, { group: order.group, imageId: image.id }),
    downUntil: 0,
  }
  world.instances.set(instance.id, instance)
  sim.afterTimed('boot', instance.id, sim.draw('boot'), () => {
    if (instance.state !== 'pending') return
    instance.state = 'running'
    sim.emit('instance', instance)
  })
  return instance
}

type Wearing = Pick<RequestLaunchTemplateData, 'SecurityGroups' | 'SecurityGroupIds' | 'NetworkInterfaces'>

/**
 * The security groups of an instance in a subnet, as ids. Names are for the default VPC alone, and with network
 * interfaces the groups are theirs (EC2 API reference, RunInstances, SecurityGroup and NetworkInterface).
 */
export function securityGroupsOf(data: Wearing): readonly string[] {
  const { SecurityGroups: names = [], SecurityGroupIds: ids = [], NetworkInterfaces: interfaces = [] } = data
  if (interfaces.length > 0 && names.length + ids.length > 0)
    throw new AwsError(
      'InvalidParameterCombination',
      'Network interfaces and an instance-level security groups may not be specified on the same request',
    )
  if (names.length > 0)
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter groupName cannot be used with the parameter subnet',
    )
  return interfaces.length > 0 ? interfaces.flatMap(({ Groups = [] }) => Groups) : ids
}

/** Begins an instance's end. An instance that is ending already stays as it is. */
export function terminateInstance(
  sim: Simulation,
  instance: Instance,
  reason = {
    code: 'Client.UserInitiatedShutdown',
    message: 'Client.UserInitiatedShutdown: User initiated shutdown',
  },
): void {
  if (instance.state === 'shutting-down' || instance.state === 'terminated') return
  instance.state = 'shutting-down'
  instance.stateReason = reason
  instance.stoppedAt = sim.now
  sim.emit('instance', instance)
  sim.after(sim.draw('shutDown'), () => {
    instance.state = 'terminated'
    sim.emit('instance', instance)
    sim.after(terminatedStays, () => sim.world.instances.delete(instance.id))
  })
}

/** Whether the application on an instance answers requests now. */
export function answers(instance: Instance | undefined, now: number): boolean {
  return instance?.state === 'running' && !instance.broken && instance.downUntil <= now
}

/** An address in a /24 or wider block; the first four and the last are AWS's own. */
function addressIn(cidr: string, chance: number): string {
  const [network = '10.0.0.0'] = cidr.split('/')
  const parts = network.split('.')
  return [...parts.slice(0, 3), String(4 + Math.floor(chance * 250))].join('.')
}
