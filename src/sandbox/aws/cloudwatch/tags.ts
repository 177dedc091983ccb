import type { Tag } from '@aws-sdk/client-cloudwatch'
import type { CloudWatchHandlers } from '../handlers'
import type { Tags } from '../tag-map'
import { AwsError } from '../wire/error'
import type { World } from '../world'

/** aws: API reference, TagResource: 50 tags to an alarm. */
const mostTags = 50

export const tagsFrom = (given: readonly Tag[]): Tags =>
  new Map(given.map(({ Key = '', Value = '' }) => [Key, Value]))

/** Alarms alone carry tags here; dashboards, rules and streams do not exist. */
export const cloudWatchTagHandlers = {
  ListTagsForResource({ world }, { ResourceARN }) {
    const tags = world.alarmTags.get(nameOf(world, ResourceARN)) ?? new Map<string, string>()
    return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }
  },

  TagResource({ world }, { ResourceARN, Tags }) {
    const name = nameOf(world, ResourceARN)
    const tags = new Map([...(world.alarmTags.get(name) ?? []), ...tagsFrom(Tags)])
    if (tags.size > mostTags)
      throw new AwsError('InvalidParameterValue', `At most ${mostTags} tags can be on an alarm.`)
    world.alarmTags.set(name, tags)
    return {}
  },

  UntagResource({ world }, { ResourceARN, TagKeys }) {
    const name = nameOf(world, ResourceARN)
    const tags = new Map(world.alarmTags.get(name))
    for (const key of TagKeys) tags.delete(key)
    world.alarmTags.set(name, tags)
    return {}
  },
} satisfies CloudWatchHandlers

function nameOf(world: World, arn: string): string {
  const name = arn.split(':alarm:')[1] ?? ''
  if (world.alarms.get(name)?.AlarmArn !== arn)
    throw new AwsError('ResourceNotFoundException', `${arn} does not exist`, 404)
  return name
}
