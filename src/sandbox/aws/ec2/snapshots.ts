import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { Image, Snapshot } from './state'
import type { World } from '../world'
import { byIds, checkId, ec2Page, stopDryRun, tagList } from './common'
import { select } from './filters'

const snapshotMissing = (ids: string) =>
  new AwsError('InvalidSnapshot.NotFound', `The snapshot '${ids}' does not exist.`)

export const snapshotHandlers = {
  DescribeSnapshots({ world, now }, input) {
    stopDryRun(input)
    for (const id of input.SnapshotIds ?? []) checkId(id, 'snap', 'InvalidSnapshotID')
    const found = select(byIds(world.snapshots, input.SnapshotIds, now, snapshotMissing), input.Filters, {
      'snapshot-id': (snapshot) => [snapshot.id],
      status: (snapshot) => [snapshot.state],
      description: (snapshot) => [snapshot.description],
      'volume-id': (snapshot) => [snapshot.volume],
      'owner-id': () => [world.account],
    })
    const { items, next } = ec2Page(found, input, [5, 1000])
    return {
      Snapshots: items.map((snapshot) => ({
        SnapshotId: snapshot.id,
        VolumeId: snapshot.volume,
        VolumeSize: snapshot.sizeGiB,
        Description: snapshot.description,
        State: snapshot.state,
        Progress: `${progressOf(snapshot, now)}%`,
        StartTime: new Date(snapshot.startedAt),
        OwnerId: world.account,
        Encrypted: false,
        Tags: tagList(snapshot.tags),
      })),
      NextToken: next,
    }
  },

  DeleteSnapshot(sim, input) {
    checkId(input.SnapshotId, 'snap', 'InvalidSnapshotID')
    if (!sim.world.snapshots.has(input.SnapshotId)) throw snapshotMissing(input.SnapshotId)
    const image = usedBy(sim.world, input.SnapshotId)
    if (image)
      throw new AwsError(
        'InvalidSnapshot.InUse',
        `The snapshot ${input.SnapshotId} is currently in use by ${image.id}`,
      )
    stopDryRun(input)
    sim.world.snapshots.delete(input.SnapshotId)
    return {}
  },
} satisfies Ec2Handlers

/** A registered image that has this snapshot. */
export function usedBy(world: World, id: string): Image | undefined {
  for (const image of world.images.values())
    if (image.state !== 'deregistered' && image.snapshots.includes(id)) return image
  return undefined
}

/** How much of a snapshot is done, in whole percent. */
export function progressOf(snapshot: Snapshot, now: number): number {
  if (snapshot.state === 'completed') return 100
  const span = snapshot.endsAt - snapshot.startedAt
  if (span <= 0) return 99
  return Math.min(99, Math.max(0, Math.floor(((now - snapshot.startedAt) / span) * 100)))
}
