import type { Image, Instance } from '../domain/fleet'
import type { Freshness } from './freshness'

/** Images and the instances they are made of. All methods throw AwsFailure. */
export interface Images {
  /** Own images whose name matches exactly, or by AWS's wildcards (`*`, `?`). */
  named(pattern: string, freshness?: Freshness): Promise<readonly Image[]>
  /** The images of these ids that AWS knows; an unknown id is left out. */
  byId(ids: readonly string[], freshness?: Freshness): Promise<readonly Image[]>
  /** Instances that are not terminated and carry all these tags. */
  instancesTagged(tags: Readonly<Record<string, string>>): Promise<readonly Instance[]>
  /** The instances of these ids that AWS knows; an unknown id is left out. */
  instances(ids: readonly string[], freshness?: Freshness): Promise<readonly Instance[]>
  /** How far these snapshots have come, 0 to 100, as DescribeSnapshots tells it; undefined while it tells nothing. */
  snapshotProgress(snapshots: readonly string[]): Promise<number | undefined>
  /** CreateImage. Gives the new image's id. Tags go on the image and on its snapshots. */
  create(image: {
    readonly instance: string
    readonly name: string
    readonly description: string
    readonly noReboot: boolean
    readonly tags: Readonly<Record<string, string>>
  }): Promise<string>
}
