import type { Tag } from '@aws-sdk/client-auto-scaling'
import type { AutoScalingHandlers } from '../handlers'
import { validationError } from '../wire/error'
import type { World } from '../world'
import { asgPage, groupOf } from './common'

const mostTags = 50

/** Which of a tag's properties each filter looks at. */
const filters: Readonly<Record<string, (tag: GroupTagRow) => string>> = {
  'auto-scaling-group': (tag) => tag.group,
  key: (tag) => tag.key,
  value: (tag) => tag.value,
  'propagate-at-launch': (tag) => String(tag.propagate),
}

interface GroupTagRow {
  readonly group: string
  readonly key: string
  readonly value: string
  readonly propagate: boolean
}

export const groupTagHandlers = {
  /** Adds tags or overwrites them; what propagates does so to instances launched from now on only. */
  CreateOrUpdateTags(sim, input) {
    for (const tag of input.Tags) {
      const { tags, name } = groupOf(sim.world, tag.ResourceId ?? '')
      if (!tags.has(tag.Key ?? '') && tags.size >= mostTags)
        throw validationError(`The number of tags exceeds the limit of ${mostTags} for ${name}`)
    }
    for (const tag of input.Tags) {
      const { tags } = groupOf(sim.world, tag.ResourceId ?? '')
      const before = tags.get(tag.Key ?? '')
      tags.set(tag.Key ?? '', {
        value: tag.Value ?? '',
        propagate: tag.PropagateAtLaunch ?? before?.propagate ?? false,
      })
    }
    return {}
  },

  DeleteTags(sim, input) {
    for (const tag of input.Tags) groupOf(sim.world, tag.ResourceId ?? '').tags.delete(tag.Key ?? '')
    return {}
  },

  DescribeTags({ world }, input) {
    const tests = (input.Filters ?? []).map(({ Name = '', Values = [] }) => {
      const of = Object.hasOwn(filters, Name) ? filters[Name] : undefined
      if (!of) throw validationError(`Filter type ${Name} is not correct.`)
      return (row: GroupTagRow) => Values.includes(of(row))
    })
    const { items, next } = asgPage(
      rows(world).filter((row) => tests.every((test) => test(row))),
      input,
    )
    return { Tags: items.map(describe), NextToken: next }
  },
} satisfies AutoScalingHandlers

const rows = (world: World): GroupTagRow[] =>
  [...world.groups.values()].flatMap((group) =>
    [...group.tags].map(([key, { value, propagate }]) => ({ group: group.name, key, value, propagate })),
  )

const describe = (row: GroupTagRow): Tag => ({
  ResourceId: row.group,
  ResourceType: 'auto-scaling-group',
  Key: row.key,
  Value: row.value,
  PropagateAtLaunch: row.propagate,
})
