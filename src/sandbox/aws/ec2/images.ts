import type { Image as ImageShape } from '@aws-sdk/client-ec2'
import type { Simulation } from '../engine/simulation'
import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { Image, Instance } from './state'
import type { World } from '../world'
import { byIds, checkId, ec2Page, stopDryRun, tagList, tagsFor } from './common'
import { usedBy } from './snapshots'
import { type Fields, select } from './filters'
import { architecture } from './instance-types'

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
  'is-public': () => ['false'],
  architecture: (image) => [image.architecture ?? architecture],
  'root-device-type': () => ['ebs'],
  'virtualization-type': () => ['hvm'],
  'owner-id': () => [],
}

export const imageHandlers = {
  DescribeImages({ world, now }, input) {
    stopDryRun(input)
    for (const id of input.ImageIds ?? []) checkId(id, 'ami', 'InvalidAMIID')
    const known = byIds(world.images, input.ImageIds, now, imageMissing)
    const own = new Set(['self', world.account])
    const mine = !input.Owners?.length || input.Owners.some((owner) => own.has(owner))
    const found = select(mine ? known : [], input.Filters, { ...fields, 'owner-id': () => [world.account] })
    const { items, next } = ec2Page(
      found.filter((image) => image.state !== 'deregistered' || input.ImageIds?.length),
      input,
      [1, 1000],
    )
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
      if (image.name === input.Name)
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
    stopDryRun(input)
    image.state = 'deregistered'
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

  DisableImageDeprecation(sim, input) {
    const image = own(sim.world, input.ImageId)
    stopDryRun(input)
    delete image.deprecatedAt
    return { Return: true }
  },
} satisfies Ec2Handlers

function own(world: World, id: string): Image {
  checkId(id, 'ami', 'InvalidAMIID')
  const image = world.images.get(id)
  if (!image) throw imageMissing(id)
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
  sim.world.snapshots.set(snapshot, {
    id: snapshot,
    volume: instance.volume,
    sizeGiB: gib,
    description: `Created by CreateImage(${instance.id}) for ${id}`,
    state: 'pending',
    startedAt: sim.now,
    endsAt: sim.now + takes,
    visibleAt: seen,
    tags: bake.snapshotTags,
  })
  const image: Image = {
    id,
    name: bake.Name,
    description: bake.Description,
    state: 'pending',
    createdAt: sim.now,
    visibleAt: seen,
    sourceInstance: instance.id,
    snapshots: [snapshot],
    tags: bake.tags,
  }
  sim.world.images.set(id, image)
  if (away > 0 && instance.state === 'running') {
    instance.downUntil = sim.now + away
    sim.emit('instance', instance)
    sim.after(away, () => sim.emit('instance', instance))
  }
  sim.afterTimed('image', id, takes, () => finish(sim, image, snapshot))
  return id
}

function finish(sim: Simulation, image: Image, snapshotId: string): void {
  if (image.state !== 'pending') return
  const snapshot = sim.world.snapshots.get(snapshotId)
  if (sim.faults.imageFails(image.name)) {
    image.state = 'failed'
    image.reason = {
      code: 'Client.SnapshotError',
      message: `Client.SnapshotError: Snapshot ${snapshotId} failed`,
    }
    if (snapshot) snapshot.state = 'error'
  } else {
    image.state = 'available'
    if (snapshot) snapshot.state = 'completed'
  }
}

function describe(world: World, image: Image): ImageShape {
  return {
    ImageId: image.id,
    Name: image.name,
    Description: image.description,
    State: image.state,
    StateReason: image.reason && { Code: image.reason.code, Message: image.reason.message },
    CreationDate: new Date(image.createdAt).toISOString(),
    OwnerId: world.account,
    ImageLocation: `${world.account}/${image.name}`,
    Public: false,
    Architecture: image.architecture ?? architecture,
    DeprecationTime:
      image.deprecatedAt === undefined ? undefined : new Date(image.deprecatedAt).toISOString(),
    ImageType: 'machine',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    EnaSupport: true,
    SourceInstanceId: image.sourceInstance,
    BlockDeviceMappings: image.snapshots.map((SnapshotId) => ({
      DeviceName: '/dev/xvda',
      Ebs: {
        SnapshotId,
        VolumeSize: gib,
        VolumeType: 'gp3',
        DeleteOnTermination: true,
        Encrypted: false,
      },
    })),
    Tags: tagList(image.tags),
  }
}
