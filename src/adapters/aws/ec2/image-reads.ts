import {
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  type DescribeImagesRequest,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  type DescribeInstancesRequest,
  DescribeSnapshotsCommand,
  type DescribeSnapshotsRequest,
  type EC2Client,
  type _InstanceType as InstanceType,
} from '@aws-sdk/client-ec2'
import type { Instance, Snapshot } from '../../../domain/fleet/fleet'
import { literal } from '../convert'
import { type ImageRead, toImage, toInstance, toSnapshot } from './image-conversion'
import { type AwsClient, refusedWith } from '../client/client'
import { pages } from '../client/pages'
import { type Load, loadOne } from '../reads/batching-reader'
import { canonicalJson } from '../../../domain/json'

/** Far below what EC2 takes in one call, and enough to share one call among all who bake. */
export const idsPerCall = 100

/** "No such image", instance or snapshot, and ids that cannot be one (Amazon EC2 API reference, Error codes). */
const unknown = /^Invalid(AMIID|InstanceID|Snapshot|SnapshotID)\.(NotFound|Malformed|Unavailable)$/

/**
 * Images of this exact name that others own: shared with this account, or owned by accounts that are named
 * (API reference, DescribeImages, ExecutableUsers and Owners).
 */
export const foreignImages = async (
  client: EC2Client,
  aws: AwsClient,
  name: string,
  owners: readonly string[],
): Promise<readonly ImageRead[]> => {
  const Filters = [{ Name: 'name', Values: [literal(name)] }]
  const [shared, owned] = await Promise.all([
    describeImages(client, aws, () => ({ ExecutableUsers: ['self'], Filters, MaxResults: 1000 })),
    owners.length === 0
      ? []
      : describeImages(client, aws, () => ({ Owners: [...owners], Filters, MaxResults: 1000 })),
  ])
  return [...new Map([...shared, ...owned].map((image) => [image.id, image])).values()]
}

/** What EC2 answers for an image that is not one's own. */
const notOwn = /^(AuthFailure|InvalidAMIID\.(NotFound|Unavailable))$/

/** Accounts that may launch an own image, `all` where it is public (API reference, DescribeImageAttribute). */
export const launchPermissions = async (
  client: EC2Client,
  aws: AwsClient,
  image: string,
): Promise<readonly string[]> => {
  try {
    const { LaunchPermissions = [] } = await aws.read('DescribeImageAttribute', () =>
      client.send(new DescribeImageAttributeCommand({ ImageId: image, Attribute: 'launchPermission' })),
    )
    return LaunchPermissions.flatMap(({ UserId, Group, OrganizationArn, OrganizationalUnitArn }) => {
      const who = UserId ?? Group ?? OrganizationArn ?? OrganizationalUnitArn
      return who === undefined ? [] : [who]
    })
  } catch (error) {
    if (refusedWith(error, notOwn)) return []
    throw error
  }
}

/** Architectures that instance types have. */
export const architecturesOf = async (
  client: EC2Client,
  aws: AwsClient,
  types: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { InstanceTypes = [] } = await aws.read('DescribeInstanceTypes', () =>
    client.send(new DescribeInstanceTypesCommand({ InstanceTypes: types as InstanceType[] })),
  )
  return new Map(
    InstanceTypes.map(({ InstanceType: type = '', ProcessorInfo }) => [
      type,
      ProcessorInfo?.SupportedArchitectures ?? [],
    ]),
  )
}

/** Own images whose name fits the pattern; AWS shows deprecated ones to their owner too. */
export const loadNamed = (client: EC2Client, aws: AwsClient): Load<readonly ImageRead[]> =>
  loadOne((pattern) =>
    describeImages(client, aws, () => ({
      Owners: ['self'],
      // A disabled image keeps its name.
      IncludeDisabled: true,
      Filters: [{ Name: 'name', Values: [pattern()] }],
      MaxResults: 1000,
    })),
  )

/** By id an image of anybody is found, if it is visible to us: a template may launch a public one. */
export const loadImages =
  (client: EC2Client, aws: AwsClient): Load<ImageRead> =>
  (ids) =>
    known(ids, (some) => describeImages(client, aws, () => ({ ImageIds: [...some()] })))

export const loadInstances =
  (client: EC2Client, aws: AwsClient): Load<Instance> =>
  (ids) =>
    known(ids, (some) => describeInstances(client, aws, () => ({ InstanceIds: [...some()] })))

/** A tag's filter, the value taken literally. */
const tagged = (key: string, value: string) => ({ Name: `tag:${key}`, Values: [literal(value)] })

/** Own images that carry a tag, whatever their name and state. */
export const taggedImages = (client: EC2Client, aws: AwsClient, key: string, value: string) =>
  describeImages(client, aws, () => ({ Owners: ['self'], Filters: [tagged(key, value)], MaxResults: 1000 }))

/** Own images, disabled ones too, that hold any of these snapshots (a hundred at most). */
export const imagesHolding = (client: EC2Client, aws: AwsClient, snapshots: readonly string[]) =>
  describeImages(client, aws, () => ({
    Owners: ['self'],
    // Disabled images are left out of listings unless asked for (EC2 user guide, "Disable an AMI").
    IncludeDisabled: true,
    Filters: [{ Name: 'block-device-mapping.snapshot-id', Values: [...snapshots] }],
    MaxResults: 1000,
  }))

/** States of an instance that is not gone. Terminated ones stay visible for about an hour. */
const present = {
  Name: 'instance-state-name',
  Values: ['pending', 'running', 'shutting-down', 'stopping', 'stopped'],
}

/** Instances launched from any of these images (a hundred at most). */
export const instancesLaunchedFrom = (client: EC2Client, aws: AwsClient, images: readonly string[]) =>
  describeInstances(client, aws, () => ({
    Filters: [{ Name: 'image-id', Values: [...images] }, present],
    MaxResults: 1000,
  }))

/** Snapshots of these ids that EC2 knows. */
export const snapshotsOf = async (
  client: EC2Client,
  aws: AwsClient,
  ids: readonly string[],
): Promise<readonly Snapshot[]> => {
  const found = await known(
    () => ids,
    (some) => describeSnapshots(client, aws, () => ({ SnapshotIds: [...some()] })),
  )
  return [...found.values()]
}

/** Own snapshots that carry a tag. */
export const taggedSnapshots = (client: EC2Client, aws: AwsClient, key: string, value: string) =>
  describeSnapshots(client, aws, () => ({
    OwnerIds: ['self'],
    Filters: [tagged(key, value)],
    MaxResults: 1000,
  }))

export interface SnapshotProgress {
  readonly id: string
  /** 0 to 100. */
  readonly percent: number
}

/** AWS writes the progress as text, `45%`, and leaves it empty before there is any. */
export const loadSnapshots =
  (client: EC2Client, aws: AwsClient): Load<SnapshotProgress> =>
  (ids) =>
    known(ids, async (some) => {
      const { Snapshots = [] } = await aws.read('DescribeSnapshots', () =>
        client.send(new DescribeSnapshotsCommand({ SnapshotIds: [...some()] })),
      )
      return Snapshots.flatMap(({ SnapshotId: id = '', Progress }) => {
        const percent = Number.parseInt(Progress ?? '', 10)
        return Number.isNaN(percent) ? [] : [{ id, percent }]
      })
    })

/** Instances with all the tags of the key but terminated ones. */
export const loadTagged = (client: EC2Client, aws: AwsClient): Load<readonly Instance[]> =>
  loadOne((key) =>
    describeInstances(client, aws, () => ({
      Filters: [...Object.entries(tagsFrom(key())).map(([name, value]) => tagged(name, value)), present],
      MaxResults: 1000,
    })),
  )

/** Tags as the key that their reading is kept by. */
export const tagKey = (tags: Readonly<Record<string, string>>): string => canonicalJson(tags)
const tagsFrom = (key: string) => JSON.parse(key) as Readonly<Record<string, string>>

const describeImages = (client: EC2Client, aws: AwsClient, choose: () => DescribeImagesRequest) =>
  pages(async (NextToken) => {
    const page = await aws.read('DescribeImages', () =>
      client.send(new DescribeImagesCommand({ ...choose(), NextToken })),
    )
    return { items: page.Images?.map(toImage), next: page.NextToken }
  })

const describeInstances = (client: EC2Client, aws: AwsClient, choose: () => DescribeInstancesRequest) =>
  pages(async (NextToken) => {
    const page = await aws.read('DescribeInstances', () =>
      client.send(new DescribeInstancesCommand({ ...choose(), NextToken })),
    )
    const instances = page.Reservations?.flatMap(({ Instances = [] }) => Instances)
    return { items: instances?.map(toInstance), next: page.NextToken }
  })

const describeSnapshots = (client: EC2Client, aws: AwsClient, choose: () => DescribeSnapshotsRequest) =>
  pages(async (NextToken) => {
    const page = await aws.read('DescribeSnapshots', () =>
      client.send(new DescribeSnapshotsCommand({ ...choose(), NextToken })),
    )
    return { items: page.Snapshots?.map(toSnapshot), next: page.NextToken }
  })

/**
 * The things of these ids that EC2 knows. One unknown id fails the whole call, so those that EC2 names are left out and
 * the rest is asked for again; where it names none, one by one.
 */
async function known<V extends { readonly id: string }>(
  ids: () => readonly string[],
  describe: (ids: () => readonly string[]) => Promise<readonly V[]>,
): Promise<ReadonlyMap<string, V>> {
  try {
    return new Map((await describe(ids)).map((thing) => [thing.id, thing]))
  } catch (error) {
    if (!refusedWith(error, unknown)) throw error
    const all = ids()
    const mentioned = new Set(error.words.split(/[^\w-]+/))
    const rest = all.filter((id) => !mentioned.has(id))
    if (all.length === 1 || rest.length === 0) return new Map()
    const parts = rest.length < all.length ? [rest] : all.map((id) => [id])
    const found = await Promise.all(parts.map((part) => known(() => part, describe)))
    return new Map(found.flatMap((some) => [...some]))
  }
}
