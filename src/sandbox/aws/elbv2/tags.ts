import type { ElbHandlers } from '../handlers'
import { AwsError } from '../wire/error'
import type { World } from '../world'
import { loadBalancerMissing } from './load-balancers'
import { targetGroupMissing } from './routing'
import type { Tags } from '../tag-map'

export const elbTagHandlers = {
  DescribeTags({ world }, input) {
    return {
      TagDescriptions: input.ResourceArns.map((ResourceArn) => ({
        ResourceArn,
        Tags: [...tagsOn(world, ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
      })),
    }
  },

  AddTags(sim, input) {
    const found = input.ResourceArns.map((arn) => tagsOn(sim.world, arn))
    for (const tags of found) for (const { Key = '', Value = '' } of input.Tags) tags.set(Key, Value)
    return {}
  },

  RemoveTags(sim, input) {
    const found = input.ResourceArns.map((arn) => tagsOn(sim.world, arn))
    for (const tags of found) for (const key of input.TagKeys) tags.delete(key)
    return {}
  },
} satisfies ElbHandlers

function tagsOn(world: World, arn: string): Tags {
  const item =
    world.loadBalancers.get(arn) ??
    world.targetGroups.get(arn) ??
    world.listeners.get(arn) ??
    world.rules.get(arn)
  if (item) return item.tags
  if (arn.includes(':loadbalancer/')) throw loadBalancerMissing(arn)
  if (arn.includes(':targetgroup/')) throw targetGroupMissing(arn)
  if (arn.includes(':listener/')) throw new AwsError('ListenerNotFound', `Listener '${arn}' not found`)
  throw new AwsError('RuleNotFound', `Rule '${arn}' not found`)
}
