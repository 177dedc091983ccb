import type { Image as AwsImage, Instance as AwsInstance, Snapshot as AwsSnapshot } from '@aws-sdk/client-ec2'
import type { Image, Instance, Snapshot } from '../../../domain/fleet/fleet'
import type { Instant } from '../../../domain/time/time'
import { instantOf, tagsOf } from '../convert'
import { defined } from '../../../domain/defined'

/** What an image is but for whether it is deprecated, which the passing of time changes. */
export type ImageRead = Omit<Image, 'deprecated'> & { readonly deprecatedAt?: Instant }

/** Why an image failed stands nowhere but in its StateReason, even after a CreateImage that was answered well. */
export const toImage = (image: AwsImage): ImageRead =>
  defined({
    id: image.ImageId ?? '',
    name: image.Name ?? '',
    owner: image.OwnerId,
    rootDevice: image.RootDeviceName,
    state: image.State ?? '',
    createdAt: instantOf(image.CreationDate),
    architecture: image.Architecture,
    snapshots: (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []),
    sizeGiB: sizeOf(image),
    tags: tagsOf(image.Tags),
    stateReason: image.StateReason?.Message ?? image.StateReason?.Code,
    deprecatedAt: image.DeprecationTime === undefined ? undefined : instantOf(image.DeprecationTime),
  })

/** The image as it is at this instant. */
export const imageAt = ({ deprecatedAt, ...image }: ImageRead, now: Instant): Image => ({
  ...image,
  deprecated: deprecatedAt !== undefined && deprecatedAt <= now,
})

export const toInstance = (instance: AwsInstance): Instance =>
  defined({
    id: instance.InstanceId ?? '',
    state: instance.State?.Name ?? '',
    imageId: instance.ImageId ?? '',
    launchedAt: instantOf(instance.LaunchTime),
    type: instance.InstanceType ?? '',
    architecture: instance.Architecture,
    vpc: instance.VpcId,
    tags: tagsOf(instance.Tags),
  })

const sizeOf = ({ BlockDeviceMappings: volumes = [] }: AwsImage): number | undefined => {
  const sizes = volumes.flatMap(({ Ebs }) => Ebs?.VolumeSize ?? [])
  return sizes.length === 0 ? undefined : sizes.reduce((sum, size) => sum + size, 0)
}

export const toSnapshot = (snapshot: AwsSnapshot): Snapshot => ({
  id: snapshot.SnapshotId ?? '',
  state: snapshot.State ?? '',
  startedAt: instantOf(snapshot.StartTime),
  sizeGiB: snapshot.VolumeSize ?? 0,
  tags: tagsOf(snapshot.Tags),
})
