import {
  CreateImageCommand,
  type CreateImageCommandInput,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
} from '@aws-sdk/client-ec2'
import type { Instance } from '../../../domain/fleet/fleet'
import type { Clock } from '../../../ports/clock'
import type { RealTime } from '../../../ports/real-time'
import type { Freshness } from '../../../ports/freshness'
import type { Images, NewImage } from '../../../ports/images'
import type { SdkClients } from '../client/sdk-clients'
import { described, tagList } from '../convert'
import { inBatches } from '../client/pages'
import {
  architecturesOf,
  foreignImages,
  idsPerCall,
  imagesHolding,
  instancesLaunchedFrom,
  launchPermissions,
  loadImages,
  loadInstances,
  loadNamed,
  loadSnapshots,
  loadTagged,
  type SnapshotProgress,
  snapshotsOf,
  taggedImages,
  taggedSnapshots,
  tagKey,
} from './image-reads'
import { isPermitted } from './dry-run'
import { imageAt, type ImageRead } from './image-conversion'
import type { AwsClient } from '../client/client'
import { BatchingReader } from '../reads/batching-reader'

/** Images and instances: reads by id share calls, a hundred ids to each. */
export function createImages({ ec2 }: SdkClients, aws: AwsClient, clock: Clock, time: RealTime): Images {
  const shared = (action: string) => () => aws.shared(action)
  const images = new BatchingReader<ImageRead>({
    clock,
    time,
    maxKeys: idsPerCall,
    load: loadImages(ec2, aws),
    onShared: shared('DescribeImages'),
  })
  const named = new BatchingReader<readonly ImageRead[]>({
    clock,
    time,
    maxKeys: 1,
    load: loadNamed(ec2, aws),
    onShared: shared('DescribeImages'),
  })
  const instances = new BatchingReader<Instance>({
    clock,
    time,
    maxKeys: idsPerCall,
    load: loadInstances(ec2, aws),
    onShared: shared('DescribeInstances'),
  })
  const tagged = new BatchingReader<readonly Instance[]>({
    clock,
    time,
    maxKeys: 1,
    load: loadTagged(ec2, aws),
    onShared: shared('DescribeInstances'),
  })

  const snapshots = new BatchingReader<SnapshotProgress>({
    clock,
    time,
    maxKeys: idsPerCall,
    load: loadSnapshots(ec2, aws),
    onShared: shared('DescribeSnapshots'),
  })

  const now = (image: ImageRead) => imageAt(image, clock.now())

  /** Makes a change after which what was read of images, and of these instances, is true no more. */
  const forgetting = async <T>(about: readonly string[], change: () => Promise<T>): Promise<T> => {
    const forget = () => {
      images.drop()
      named.drop()
      for (const instance of about) instances.drop(instance)
    }
    forget()
    try {
      return await change()
    } finally {
      forget()
    }
  }

  return {
    named: async (pattern, freshness) =>
      // An empty filter would match nothing and cost a call all the same.
      pattern === '' ? [] : ((await named.get(pattern, freshness)) ?? []).map(now),

    foreign: async (name, owners) =>
      name === '' ? [] : (await foreignImages(ec2, aws, name, owners)).map(now),

    sharedWith: (image) => launchPermissions(ec2, aws, image),

    architectures: (types) =>
      // Without a type all would be told.
      types.length === 0 ? Promise.resolve(new Map()) : architecturesOf(ec2, aws, types),

    byId: async (ids, freshness) => (await those(images, ids, freshness)).map(now),

    instances: (ids, freshness) => those(instances, ids, freshness),

    instancesTagged: async (tags) =>
      // Without a tag every instance of the account would match.
      Object.keys(tags).length === 0 ? [] : ((await tagged.get(tagKey(tags))) ?? []),

    snapshotProgress: async (ids) => {
      const percents = (await those(snapshots, ids)).map(({ percent }) => percent)
      const sum = percents.reduce((total, percent) => total + percent, 0)
      return percents.length === 0 ? undefined : sum / percents.length
    },

    tagged: async (key, value) => (await taggedImages(ec2, aws, key, value)).map(now),

    holding: async (ids) =>
      (await inBatches(ids, idsPerCall, (some) => imagesHolding(ec2, aws, some)))
        .filter(({ state }) => state !== 'deregistered')
        .map(now),

    instancesOf: (ids) => inBatches(ids, idsPerCall, (some) => instancesLaunchedFrom(ec2, aws, some)),

    snapshots: (ids) => inBatches(ids, idsPerCall, (some) => snapshotsOf(ec2, aws, some)),

    snapshotsTagged: (key, value) => taggedSnapshots(ec2, aws, key, value),

    deregister: (image) =>
      forgetting([], async () => {
        await aws.change('DeregisterImage', () => ec2.send(new DeregisterImageCommand({ ImageId: image })))
      }),

    deleteSnapshot: async (snapshot) => {
      const input = { SnapshotId: snapshot }
      await aws.change('DeleteSnapshot', () => ec2.send(new DeleteSnapshotCommand(input)))
      snapshots.drop(snapshot)
    },

    create: async (image) =>
      forgetting([image.instance], async () => {
        const made = await aws.change('CreateImage', () => ec2.send(new CreateImageCommand(creation(image))))
        return made.ImageId ?? ''
      }),

    mayCreate: (image) =>
      isPermitted(() =>
        aws.read('CreateImage', () => ec2.send(new CreateImageCommand({ ...creation(image), DryRun: true }))),
      ),
  }
}

const creation = ({ instance, name, description, noReboot, tags }: NewImage): CreateImageCommandInput => {
  const Tags = tagList(tags)
  return {
    InstanceId: instance,
    Name: name,
    Description: described(description),
    // Left out, EC2 would power the instance down and reboot it.
    NoReboot: noReboot,
    TagSpecifications: [
      { ResourceType: 'image', Tags },
      { ResourceType: 'snapshot', Tags },
    ],
  }
}

/** The things of these ids that are there, in the order of the ids. */
async function those<V>(
  from: BatchingReader<V>,
  ids: readonly string[],
  freshness?: Freshness,
): Promise<V[]> {
  // An empty id list would describe everything: no id, no call.
  const wanted = [...new Set(ids)].filter((id) => id !== '')
  const found = await Promise.all(wanted.map((id) => from.get(id, freshness)))
  return found.filter((thing) => thing !== undefined)
}
