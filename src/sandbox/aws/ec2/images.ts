import type { DescribeImagesRequest, Image as ImageShape } from '@aws-sdk/client-ec2'
import type { Simulation } from '../engine/simulation'
import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { Image, Instance } from './state'
import type { World } from '../world'
import { byIds, checkId, ec2Page, stopDryRun, tagList, tagsFor } from './common'
import { usedBy } from './snapshots'
import { type Fields, select } from './filters'
import { mayLaunch, ownerOf } from './image-access'
import { architectureOf } from './instance-types'
import { rootDevice } from './launch'

const nameRule = /^[A-Za-z0-9 ()[\]./\-'@_]{3,128}$/
/** How long a deregistered image is still listed and keeps its name: "briefly", in EC2's words. */
const lingers = 30_000
const gib = 8

const imageMissing = (ids: string) =>
  new AwsError('InvalidAMIID.NotFound', `The image id '[${ids}]' does not exist`)

const fields: Fields<Image> = {
  'image-id': (image) => [image.id],
  name: (image) => [image.name],
  description: (image) => [image.description],
  state: (image) => [image.state],
  'source-instance-id': (image) => [image.sourceInstance],
  'block-device-mapping.snapshot-id': (image) => image.snapshots,
  'creation-date': (image) => [new Date(image.createdAt).toISOString()],
  'image-type': () => ['machine'],
  'is-public': (image) => [String(image.permissions.has('all'))],
  architecture: (image) => [image.architecture ?? 'x86_64'],
  'root-device-type': () => ['ebs'],
  'virtualization-type': () => ['hvm'],
  'owner-id': () => [],
}

export const imageHandlers = {
  DescribeImages({ world, now }, input) {
    stopDryRun(input)
    for (const id of input.ImageIds ?? []) checkId(id, 'ami', 'InvalidAMIID')
    const visible = new Map([...world.images].filter(([, image]) => mayLaunch(world, image)))
    const known = byIds(visible, input.ImageIds, now, imageMissing)
    const owners = input.Owners?.map((owner) => (owner === 'self' ? world.account : owner)) ?? []
    const found = select(
      known.filter((image) => isListed(world, image, input, now)),
      input.Filters,
      { ...fields, 'owner-id': (image) => [ownerOf(world, image)] },
    ).filter(
      (image) =>
        (owners.length === 0 || owners.includes(ownerOf(world, image))) && isExecutable(world, image, input),
    )
    const { items, next } = ec2Page(found, input, [1, 1000])
    return { Images: items.map((image) => describe(world, image)), NextToken: next }
  },

  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html */
  CreateImage(sim, input) {
    checkId(input.InstanceId, 'i', 'InvalidInstanceID')
    const instance = sim.world.instances.get(input.InstanceId)
    if (!instance)
      throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${input.InstanceId}' does not exist`)
    if (!['running', 'stopping', 'stopped'].includes(instance.state))
      throw new AwsError(
        'InvalidParameterValue',
        `Instance '${instance.id}' is not 'running', 'stopping' or 'stopped'`,
      )
    if (!nameRule.test(input.Name))
      throw new AwsError(
        'InvalidAMIName.Malformed',
        "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'",
      )
    for (const image of sim.world.images.values())
      if (image.name === input.Name && ownerOf(sim.world, image) === sim.world.account)
        throw new AwsError(
          'InvalidAMIName.Duplicate',
          `AMI name ${input.Name} is already in use by AMI ${image.id}`,
        )
    const allowed = ['image', 'snapshot']
    const tags = tagsFor(input.TagSpecifications, 'image', allowed)
    const snapshotTags = tagsFor(input.TagSpecifications, 'snapshot', allowed)
    stopDryRun(input)
    return { ImageId: bake(sim, instance, { ...input, tags, snapshotTags, reboot: input.NoReboot !== true }) }
  },

  DeregisterImage(sim, input) {
    const image = own(sim.world, input.ImageId)
    if (image.protected)
      throw new AwsError(
        'OperationNotPermitted',
        `The AMI ${image.id} has deregistration protection enabled. Disable deregistration protection and try again.`,
      )
    stopDryRun(input)
    image.state = 'deregistered'
    sim.emit('image', image)
    sim.after(lingers, () => sim.world.images.delete(image.id))
    if (!input.DeleteAssociatedSnapshots) return { Return: true }
    return {
      Return: true,
      DeleteSnapshotResults: image.snapshots.map((SnapshotId) => {
        const shared = usedBy(sim.world, SnapshotId) !== undefined
        if (!shared) sim.world.snapshots.delete(SnapshotId)
        return { SnapshotId, ReturnCode: shared ? ('skipped' as const) : ('success' as const) }
      }),
    }
  },

  /** EC2 rounds the time to the minute; the image stays usable. Its owner goes on seeing it. */
  EnableImageDeprecation(sim, input) {
    const image = own(sim.world, input.ImageId)
    const at = new Date(input.DeprecateAt).getTime()
    if (!(at > sim.now))
      throw new AwsError('InvalidParameterValue', 'The deprecation date must be in the future.')
    stopDryRun(input)
    image.deprecatedAt = Math.round(at / 60_000) * 60_000
    return { Return: true }
  },

  /** aws: DisableImage: no launches, no launch permissions, and not listed unless asked for. */
  DisableImage(sim, input) {
    const image = own(sim.world, input.ImageId)
    stopDryRun(input)
    image.state = 'disabled'
    image.permissions.clear()
    sim.emit('image', image)
    return { Return: true }
  },

  EnableImage(sim, input) {
    const image = own(sim.world, input.ImageId)
    stopDryRun(input)
    if (image.state === 'disabled') image.state = 'available'
    return { Return: true }
  },

  EnableImageDeregistrationProtection(sim, input) {
    const image = own(sim.world, input.ImageId)
    stopDryRun(input)
    image.protected = input.WithCooldown ? 'enabled-with-cooldown' : 'enabled'
    return { Return: image.protected }
  },

  DisableImageDeregistrationProtection(sim, input) {
    const image = own(sim.world, input.ImageId)
    stopDryRun(input)
    delete image.protected
    return { Return: 'disabled' }
  },

  /** Launch permissions alone. aws: ModifyImageAttribute. */
  ModifyImageAttribute(sim, input) {
    const image = own(sim.world, input.ImageId)
    const { Add = [], Remove = [] } = input.LaunchPermission ?? {}
    if (image.state === 'disabled')
      throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${image.id}' is disabled`)
    stopDryRun(input)
    for (const { UserId, Group } of Add) image.permissions.add(Group ?? UserId ?? '')
    for (const { UserId, Group } of Remove) image.permissions.delete(Group ?? UserId ?? '')
    return {}
  },

  DisableImageDeprecation(sim, input) {
    const image = own(sim.world, input.ImageId)
    stopDryRun(input)
    delete image.deprecatedAt
    return { Return: true }
  },
} satisfies Ec2Handlers

/**
 * Whether a listing shows an image that one may launch: disabled ones where asked for; deprecated ones of others where
 * asked for or named (API reference, DescribeImages, IncludeDeprecated and IncludeDisabled).
 */
function isListed(world: World, image: Image, input: DescribeImagesRequest, now: number): boolean {
  const named = (input.ImageIds?.length ?? 0) > 0
  if (image.state === 'deregistered') return named
  if (image.state === 'disabled') return named || (input.IncludeDisabled ?? false)
  const deprecated = image.deprecatedAt !== undefined && image.deprecatedAt <= now
  return !deprecated || named || (input.IncludeDeprecated ?? false) || ownerOf(world, image) === world.account
}

/** aws: DescribeImages, ExecutableUsers: with an explicit launch permission; `self` this account, `all` everybody. */
function isExecutable(
  world: World,
  image: Image,
  { ExecutableUsers: users }: DescribeImagesRequest,
): boolean {
  if (!users?.length) return true
  return users.some((user) => image.permissions.has(user === 'self' ? world.account : user))
}

function own(world: World, id: string): Image {
  checkId(id, 'ami', 'InvalidAMIID')
  const image = world.images.get(id)
  if (!image || !mayLaunch(world, image)) throw imageMissing(id)
  if (ownerOf(world, image) !== world.account)
    throw new AwsError('AuthFailure', `Not authorized for image:${id}`)
  if (image.state === 'deregistered')
    throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${image.id}' is no longer available`)
  return image
}

interface Bake {
  readonly Name: string
  readonly Description?: string | undefined
  readonly tags: Map<string, string>
  readonly snapshotTags: Map<string, string>
  readonly reboot: boolean
}

/** Starts an image of an instance. EC2 takes the source down for a while unless it is told not to. */
export function bake(sim: Simulation, instance: Instance, bake: Bake): string {
  const id = sim.newId('ami')
  const snapshot = sim.newId('snap')
  const away = bake.reboot ? sim.draw('imageReboot') : 0
  const takes = sim.draw('imageBake') + away
  const seen = sim.now + sim.draw('visibility')
  const devices = instance.devices.map(({ name, sizeGiB }) => ({
    name,
    sizeGiB,
    snapshot: sim.newId('snap'),
  }))
  const snapshots = [{ snapshot, sizeGiB: gib }, ...devices]
  for (const one of snapshots)
    sim.world.snapshots.set(one.snapshot, {
      id: one.snapshot,
      volume: one.snapshot === snapshot ? instance.volume : one.snapshot.replace('snap-', 'vol-'),
      sizeGiB: one.sizeGiB,
      description: `Created by CreateImage(${instance.id}) for ${id}`,
      state: 'pending',
      startedAt: sim.now,
      endsAt: sim.now + takes,
      visibleAt: seen,
      tags: new Map(bake.snapshotTags),
    })
  const image: Image = {
    id,
    name: bake.Name,
    description: bake.Description,
    state: 'pending',
    createdAt: sim.now,
    visibleAt: seen,
    sourceInstance: instance.id,
    snapshots: snapshots.map((one) => one.snapshot),
    devices,
    // Its own type says what it can run: an image is of the source's architecture.
    ...(architectureOf(instance.type) === 'arm64' && { architecture: 'arm64' as const }),
    permissions: new Set(),
    tags: bake.tags,
  }
  sim.world.images.set(id, image)
  if (away > 0 && instance.state === 'running') {
    instance.downUntil = sim.now + away
    sim.emit('instance', instance)
    sim.after(away, () => sim.emit('instance', instance))
  }
  sim.afterTimed('image', id, takes, () => finish(sim, image))
  return id
}

function finish(sim: Simulation, image: Image): void {
  if (image.state !== 'pending') return
  const failed = sim.faults.imageFails(image.name)
  for (const id of image.snapshots) {
    const snapshot = sim.world.snapshots.get(id)
    if (snapshot) snapshot.state = failed ? 'error' : 'completed'
  }
  if (failed) {
    const [first = ''] = image.snapshots
    image.state = 'failed'
    image.reason = {
      code: 'Client.SnapshotError',
      message: `Client.SnapshotError: Snapshot ${first} failed`,
    }
  } else image.state = 'available'
  sim.emit('image', image)
}

function describe(world: World, image: Image): ImageShape {
  return {
    ImageId: image.id,
    Name: image.name,
    Description: image.description,
    State: image.state,
    StateReason: image.reason && { Code: image.reason.code, Message: image.reason.message },
    CreationDate: new Date(image.createdAt).toISOString(),
    OwnerId: ownerOf(world, image),
    ImageLocation: `${ownerOf(world, image)}/${image.name}`,
    Public: image.permissions.has('all'),
    DeregistrationProtection: image.protected ?? 'disabled',
    Architecture: image.architecture ?? 'x86_64',
    DeprecationTime:
      image.deprecatedAt === undefined ? undefined : new Date(image.deprecatedAt).toISOString(),
    ImageType: 'machine',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceName: rootDevice,
    RootDeviceType: 'ebs',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    EnaSupport: true,
    SourceInstanceId: image.sourceInstance,
    BlockDeviceMappings: [
      { name: rootDevice, sizeGiB: gib, snapshot: image.snapshots[0] },
      ...(image.devices ?? []),
    ].map(({ name, sizeGiB, snapshot }) => ({
      DeviceName: name,
      Ebs: {
        SnapshotId: snapshot,
        VolumeSize: sizeGiB,
        VolumeType: 'gp3',
        DeleteOnTermination: true,
        Encrypted: image.encrypted ?? false,
      },
    })),
    Tags: tagList(image.tags),
  }
}
