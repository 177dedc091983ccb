import type { LaunchTemplateBlockDeviceMappingRequest, RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { Simulation } from '../engine/simulation'
import { AwsError } from '../wire/error'
import { freeAddresses, vcpuQuota, vcpusInUse, vcpusOf } from './room'
import type { Device, Image, Instance } from './state'
import type { World } from '../world'
import { checkId } from './common'
import { defaultGroupOf, securityGroupOf } from './security-group-lookup'
import { mayLaunch } from './image-access'
import { architectureOf } from './instance-types'
import type { Tags } from '../tag-map'

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
  /** The template's, on top of the image's. */
  readonly devices?: readonly LaunchTemplateBlockDeviceMappingRequest[]
  readonly spot?: boolean
}

/** The root device of every image here. */
export const rootDevice = '/dev/xvda'

const terminatedStays = 3_600_000

/** Launches one instance, pending at first. Throws what RunInstances answers where it cannot be. */
export function launchInstance(sim: Simulation, order: LaunchOrder): Instance {
  const { world } = sim
  const image = launchable(world, order)
  const devices = devicesOf(world, image, order.devices ?? [])
  const subnet = world.subnets.get(order.subnet)
  if (!subnet)
    throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${order.subnet}' does not exist`)
  for (const id of order.securityGroups) checkId(id, 'sg', 'InvalidGroupId')
  for (const id of order.securityGroups)
    if (securityGroupOf(world, id, sim.now).vpc !== subnet.vpc)
      throw new AwsError(
        'InvalidParameter',
        `Security group ${id} and subnet ${subnet.id} belong to different networks.`,
      )
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
    devices,
    spot: order.spot ?? false,
    securityGroups: order.securityGroups.length > 0 ? order.securityGroups : usualGroup(world, subnet.vpc),
    keyName: order.keyName,
    launchedAt: sim.now,
    visibleAt: sim.now + sim.draw('visibility'),
    tags: order.tags,
    clientToken: order.clientToken,
    protectedFromTermination: order.protectedFromTermination ?? false,
    diesOf: sim.faults.killsPending(world, { group: order.group, imageId: image.id }),
    broken: sim.faults.breaksInstance(world, { group: order.group, imageId: image.id }),
    downUntil: 0,
  }
  world.instances.set(instance.id, instance)
  boot(sim, instance)
  return instance
}

/** aws: Amazon EC2 user guide, "Default security groups": what names none is in its VPC's own. */
const usualGroup = (world: World, vpc: string): readonly string[] => {
  const group = defaultGroupOf(world, vpc)
  return group ? [group.id] : []
}

function boot(sim: Simulation, instance: Instance): void {
  sim.afterTimed('boot', instance.id, sim.draw('boot'), () => {
    if (instance.state !== 'pending') return
    if (instance.diesOf !== undefined) {
      const [code = ''] = instance.diesOf.split(':')
      terminateInstance(sim, instance, { code, message: instance.diesOf })
      return
    }
    instance.state = 'running'
    sim.emit('instance', instance)
  })
}

/** Stops a running instance: what a warm pool does with those that it keeps. */
export function stopInstance(sim: Simulation, instance: Instance): void {
  if (instance.state !== 'running') return
  instance.state = 'stopping'
  sim.emit('instance', instance)
  sim.after(sim.draw('shutDown'), () => {
    if (instance.state !== 'stopping') return
    instance.state = 'stopped'
    sim.emit('instance', instance)
  })
}

/** Starts a stopped instance again. */
export function startInstance(sim: Simulation, instance: Instance): void {
  instance.state = 'pending'
  sim.emit('instance', instance)
  boot(sim, instance)
}

/** The image of a launch. Throws EC2's errors where it cannot be launched so. */
function launchable(world: World, { imageId, type }: LaunchOrder): Image {
  const image = world.images.get(imageId)
  if (!image || image.state === 'deregistered' || !mayLaunch(world, image))
    throw new AwsError('InvalidAMIID.NotFound', `The image id '[${imageId}]' does not exist`)
  if (image.state !== 'available')
    throw new AwsError(
      'InvalidAMIID.Unavailable',
      `The AMI ID ${image.id} is ${image.state}, and cannot be run`,
    )
  const wanted = image.architecture ?? 'x86_64'
  if (architectureOf(type) !== wanted)
    throw new AwsError(
      'InvalidParameterValue',
      `The architecture '${architectureOf(type)}' of the specified instance type does not match the architecture ` +
        `'${wanted}' of the specified AMI. Specify an instance type and an AMI that have matching ` +
        'architectures, and try again.',
    )
  return image
}

/** The volumes beside the root: the image's, with the template's over them (user guide, "Block device mappings"). */
function devicesOf(
  world: World,
  image: Image,
  mappings: readonly LaunchTemplateBlockDeviceMappingRequest[],
): Device[] {
  const devices = new Map((image.devices ?? []).map((device) => [device.name, device]))
  for (const { DeviceName: name = '', Ebs, NoDevice } of mappings) {
    if (NoDevice !== undefined) devices.delete(name)
    if (!Ebs || name === rootDevice) continue
    const before = devices.get(name)
    const snapshot = Ebs.SnapshotId ?? before?.snapshot
    if (snapshot !== undefined && !world.snapshots.has(snapshot))
      throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${snapshot}' does not exist.`)
    if (snapshot === undefined && Ebs.VolumeSize === undefined)
      throw new AwsError('MissingParameter', 'The request must contain the parameter size or snapshotId')
    devices.set(name, {
      name,
      snapshot,
      sizeGiB: Ebs.VolumeSize ?? world.snapshots.get(snapshot ?? '')?.sizeGiB ?? before?.sizeGiB ?? 8,
    })
  }
  return [...devices.values()]
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
