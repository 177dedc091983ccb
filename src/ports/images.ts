import type { Image, Instance, Snapshot } from '../domain/fleet/fleet'
import type { Freshness } from './freshness'

/** Images and the instances they are made of. All methods throw AwsFailure. */
export interface Images {
  /** Own images whose name matches exactly, or by AWS's wildcards (`*`, `?`). */
  named(pattern: string, freshness?: Freshness): Promise<readonly Image[]>
  /** Images of this exact name that others own: shared with the account, or of the accounts that are named. */
  foreign(name: string, owners: readonly string[]): Promise<readonly Image[]>
  /** Accounts that may launch an own image, `all` where it is public; none for one that is not ours or gone. */
  sharedWith(image: string): Promise<readonly string[]>
  /** The architectures of instance types, by type. Throws where one is unknown. */
  architectures(types: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
  /** The images of these ids that AWS knows; an unknown id is left out. */
  byId(ids: readonly string[], freshness?: Freshness): Promise<readonly Image[]>
  /** Instances that are not terminated and carry all these tags. */
  instancesTagged(tags: Readonly<Record<string, string>>): Promise<readonly Instance[]>
  /** The instances of these ids that AWS knows; an unknown id is left out. */
  instances(ids: readonly string[], freshness?: Freshness): Promise<readonly Instance[]>
  /** How far these snapshots have come, 0 to 100, as DescribeSnapshots tells it; undefined while it tells nothing. */
  snapshotProgress(snapshots: readonly string[]): Promise<number | undefined>
  /** Own images that carry this tag, whatever they are called. Never shared with others' reads. */
  tagged(key: string, value: string): Promise<readonly Image[]>
  /** Own images that are registered, disabled ones too, and hold any of these snapshots. */
  holding(snapshots: readonly string[]): Promise<readonly Image[]>
  /** Instances that are not terminated and were launched from any of these images. */
  instancesOf(images: readonly string[]): Promise<readonly Instance[]>
  /** The snapshots of these ids that AWS knows; an unknown id is left out. */
  snapshots(ids: readonly string[]): Promise<readonly Snapshot[]>
  /** Own snapshots that carry this tag. */
  snapshotsTagged(key: string, value: string): Promise<readonly Snapshot[]>
  /** DeregisterImage: instances that run are not touched, nothing can be launched from it any more. */
  deregister(image: string): Promise<void>
  deleteSnapshot(snapshot: string): Promise<void>
  /** CreateImage. Gives the new image's id. Tags go on the image and on its snapshots. */
  create(image: NewImage): Promise<string>
  /** Whether the right to make it is there, by EC2's dry run: nothing is made. */
  mayCreate(image: NewImage): Promise<boolean>
}

/** An image to be made of an instance. */
export interface NewImage {
  readonly instance: string
  readonly name: string
  readonly description: string
  readonly noReboot: boolean
  readonly tags: Readonly<Record<string, string>>
}
