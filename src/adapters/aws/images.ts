import { CreateImageCommand, DeleteSnapshotCommand, DeregisterImageCommand } from '@aws-sdk/client-ec2'
import type { Instance } from '../../domain/fleet'
import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import type { Freshness } from '../../ports/freshness'
import type { Images } from '../../ports/images'
import type { Clients } from './clients'
import { described, tagList } from './convert'
import { inParts } from './pages'
import {
  idsPerCall,
  imagesHolding,
  instancesLaunchedFrom,
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
import { imageAt, type SeenImage } from './image-shapes'
import type { Line } from './line'
import { Readings } from './readings'

/** Images and instances: reads by id share calls, a hundred ids to each. */
export function createImages({ ec2 }: Clients, line: Line, clock: Clock, time: RealTime): Images {
  const shared = (action: string) => () => line.shared(action)
  const images = new Readings<SeenImage>({
    clock,
    time,
    most: idsPerCall,
    load: loadImages(ec2, line),
    saved: shared('DescribeImages'),
  })
  const named = new Readings<readonly SeenImage[]>({
    clock,
    time,
    most: 1,
    load: loadNamed(ec2, line),
    saved: shared('DescribeImages'),
  })
  const instances = new Readings<Instance>({
    clock,
    time,
    most: idsPerCall,
    load: loadInstances(ec2, line),
    saved: shared('DescribeInstances'),
  })
  const tagged = new Readings<readonly Instance[]>({
    clock,
    time,
    most: 1,
    load: loadTagged(ec2, line),
    saved: shared('DescribeInstances'),
  })

  const snapshots = new Readings<SnapshotProgress>({
    clock,
    time,
    most: idsPerCall,
    load: loadSnapshots(ec2, line),
    saved: shared('DescribeSnapshots'),
  })

  const now = (image: SeenImage) => imageAt(image, clock.now())

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

    tagged: async (key, value) => (await taggedImages(ec2, line, key, value)).map(now),

    holding: async (ids) =>
      (await inParts(ids, idsPerCall, (some) => imagesHolding(ec2, line, some)))
        .filter(({ state }) => state !== 'deregistered')
        .map(now),

    instancesOf: (ids) => inParts(ids, idsPerCall, (some) => instancesLaunchedFrom(ec2, line, some)),

    snapshots: (ids) => inParts(ids, idsPerCall, (some) => snapshotsOf(ec2, line, some)),

    snapshotsTagged: (key, value) => taggedSnapshots(ec2, line, key, value),

    deregister: (image) =>
      forgetting([], async () => {
        await line.change('DeregisterImage', () => ec2.send(new DeregisterImageCommand({ ImageId: image })))
      }),

    deleteSnapshot: async (snapshot) => {
      const input = { SnapshotId: snapshot }
      await line.change('DeleteSnapshot', () => ec2.send(new DeleteSnapshotCommand(input)))
      snapshots.drop(snapshot)
    },

    create: async ({ instance, name, description, noReboot, tags }) => {
      const Tags = tagList(tags)
      return forgetting([instance], async () => {
        const made = await line.change('CreateImage', () =>
          ec2.send(
            new CreateImageCommand({
              InstanceId: instance,
              Name: name,
              Description: described(description),
              // Left out, EC2 would power the instance down and reboot it.
              NoReboot: noReboot,
              TagSpecifications: [
                { ResourceType: 'image', Tags },
                { ResourceType: 'snapshot', Tags },
              ],
            }),
          ),
        )
        return made.ImageId ?? ''
      })
    },
  }
}

/** The things of these ids that are there, in the order of the ids. */
async function those<V>(from: Readings<V>, ids: readonly string[], freshness?: Freshness): Promise<V[]> {
  // An empty id list would describe everything: no id, no call.
  const wanted = [...new Set(ids)].filter((id) => id !== '')
  const found = await Promise.all(wanted.map((id) => from.get(id, freshness)))
  return found.filter((thing) => thing !== undefined)
}
