import type { Ec2Handlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { World } from '../world'
import { ec2Page, stopDryRun } from './common'
import { select } from './filters'
import type { Tags } from '../tag-map'

const mostResources = 1000
const mostTags = 50

interface Taggable {
  readonly id: string
  readonly type: string
  readonly tags: Tags
}

/** The kinds of resources that carry EC2 tags. */
const kinds = {
  image: 'images',
  snapshot: 'snapshots',
  instance: 'instances',
  'launch-template': 'templates',
  vpc: 'vpcs',
  subnet: 'subnets',
  'security-group': 'securityGroups',
} as const satisfies Record<string, keyof World>

/** EC2's code for an id of this kind that it does not know. */
const missing: Readonly<Record<string, string>> = {
  ami: 'InvalidAMIID.NotFound',
  snap: 'InvalidSnapshot.NotFound',
  i: 'InvalidInstanceID.NotFound',
  lt: 'InvalidLaunchTemplateId.NotFound',
  vpc: 'InvalidVpcID.NotFound',
  subnet: 'InvalidSubnetID.NotFound',
  sg: 'InvalidGroup.NotFound',
  sgr: 'InvalidSecurityGroupRuleId.NotFound',
}

export const tagHandlers = {
  CreateTags(sim, input) {
    if (input.Resources.length > mostResources)
      throw new AwsError(
        'InvalidParameterValue',
        `At most ${mostResources} resources can be tagged in one call.`,
      )
    const found = input.Resources.map((id) => taggable(sim.world, id))
    for (const { Key = '' } of input.Tags)
      if (Key.startsWith('aws:'))
        throw new AwsError(
          'InvalidParameterValue',
          "Tag keys starting with 'aws:' are reserved for internal use",
        )
    for (const { tags, id } of found) {
      const keys = new Set([...tags.keys(), ...input.Tags.map((tag) => tag.Key ?? '')])
      if ([...keys].filter((key) => !key.startsWith('aws:')).length > mostTags)
        throw new AwsError('TagLimitExceeded', `More than ${mostTags} tags on ${id}.`)
    }
    stopDryRun(input)
    for (const { tags } of found) for (const { Key = '', Value = '' } of input.Tags) tags.set(Key, Value)
    return {}
  },

  DeleteTags(sim, input) {
    const found = input.Resources.map((id) => taggable(sim.world, id))
    stopDryRun(input)
    for (const { tags } of found) {
      const doomed = input.Tags ?? [...tags.keys()].map((Key) => ({ Key, Value: undefined }))
      for (const { Key = '', Value } of doomed)
        if (!Key.startsWith('aws:') && (Value === undefined || tags.get(Key) === Value)) tags.delete(Key)
    }
    return {}
  },

  DescribeTags({ world }, input) {
    stopDryRun(input)
    const all = Object.entries(kinds).flatMap(([type, kind]) =>
      [...world[kind].values()].flatMap((item) =>
        [...item.tags].map(([key, value]) => ({
          id: item.id,
          type,
          key,
          value,
          tags: new Map([[key, value]]),
        })),
      ),
    )
    const found = select(all, input.Filters, {
      'resource-id': (tag) => [tag.id],
      'resource-type': (tag) => [tag.type],
      key: (tag) => [tag.key],
      value: (tag) => [tag.value],
    })
    const { items, next } = ec2Page(found, input, [5, 1000])
    return {
      Tags: items.map(({ id, type, key, value }) => ({
        ResourceId: id,
        ResourceType: type as keyof typeof kinds,
        Key: key,
        Value: value,
      })),
      NextToken: next,
    }
  },
} satisfies Ec2Handlers

function taggable(world: World, id: string): Taggable {
  for (const [type, kind] of Object.entries(kinds)) {
    const item = world[kind].get(id)
    if (item) return { id, type, tags: item.tags }
  }
  const rule = [...world.securityGroups.values()].flatMap(({ rules }) => rules).find((one) => one.id === id)
  if (rule) return { id, type: 'security-group-rule', tags: (rule.tags ??= new Map()) }
  const known = missing[id.split('-')[0] ?? '']
  if (known) throw new AwsError(known, `The ID '${id}' does not exist`)
  throw new AwsError('InvalidID', `The ID '${id}' is not valid`)
}
