import { CreateImageCommand } from '@aws-sdk/client-ec2'
import type { Instance } from '../../domain/fleet'
import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import type { Freshness } from '../../ports/freshness'
import type { Images } from '../../ports/images'
import type { Clients } from './clients'
import { described, tagList } from './convert'
import {
  idsPerCall,
  loadImages,
  loadInstances,
  loadNamed,
  loadSnapshots,
  loadTagged,
  type SnapshotProgress,
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

    create: async ({ instance, name, description, noReboot, tags }) => {
      const Tags = tagList(tags)
      const forget = () => {
        images.drop()
        named.drop()
        instances.drop(instance)
      }
      forget()
      try {
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
      } finally {
        forget()
      }
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
