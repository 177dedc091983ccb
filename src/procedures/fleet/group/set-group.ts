import type { Capacity } from '../../../domain/catalogue/catalogue'
import type { Group } from '../../../domain/fleet/fleet'
import { sizesOf } from '../../../domain/events/sizes'
import { reason } from '../../../domain/reasons/reason'
import type { Step } from '../../../domain/steps/step'
import { waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import type { GroupChange } from '../../../ports/groups'
import type { Context } from '../../context'

/** What a step goes by, beside what it sets; in journals of before that was written down it is absent. */
type Before = Capacity & { readonly cooldown: number; readonly pin: string | number | undefined }

/** Where it is told that somebody else's sizes were followed; `elsewhere`: by the procedure itself, later on. */
type Told = Step<'note'> | 'elsewhere'

/**
 * Sets fields of the group to fixed values, once: UpdateAutoScalingGroup, skipped where they stand so already. With `told`,
 * sizes that somebody else sets between what was seen when that was decided and the look that finds it done are followed:
 * AWS compares nothing itself, and to act again would undo them.
 */
export const setGroup = async (
  run: Run,
  context: Context,
  step: Step<'step', 'group'>,
  name: string,
  change: GroupChange,
  told?: Told,
): Promise<void> => {
  const { groups } = context.account
  const outcome = await run.step(step, {
    choose: async () => {
      const group = told && (await groups.describe(name))
      const template = change.template && { ...change.template }
      return { group: name, ...change, template, before: group && beforeOf(group) }
    },
    observe: async ({ before }) => {
      const group = await groups.describe(name)
      if (!group) return undefined
      const wanted = withOthersSizes(group, change, before)
      if (!isInPlace(group, wanted)) return undefined
      return wanted === change
        ? true
        : { was: { ...sizesOf({ ...group, ...sizesIn(change) }) }, is: { ...sizesOf(group) } }
    },
    act: async ({ before }) => {
      const group = before && (await groups.describe(name))
      await groups.update(name, group ? withOthersSizes(group, change, before) : change)
      return waiting()
    },
  })
  if (typeof outcome === 'object' && typeof told === 'object')
    await run.note(told, reason('sizes_changed', { group: name, ...outcome }))
}

const beforeOf = ({ min, desired, max, cooldown, template }: Group) => ({
  ...sizesOf({ min, desired, max }),
  cooldown,
  pin: template?.pin,
})

const sizeNames = ['min', 'desired', 'max'] as const

const sizesIn = (change: GroupChange): Partial<Capacity> =>
  Object.fromEntries(sizeNames.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name]]])))

/**
 * Whether the change has been made: a field is as it sets it and was not before. Not by the desired capacity, which
 * policies set as well.
 */
const isMade = (group: Group, change: GroupChange, before: Before): boolean =>
  (change.min !== undefined && change.min !== before.min && change.min === group.min) ||
  (change.max !== undefined && change.max !== before.max && change.max === group.max) ||
  (change.cooldown !== undefined &&
    change.cooldown !== before.cooldown &&
    change.cooldown === group.cooldown) ||
  (change.template !== undefined &&
    change.template.pin !== before.pin &&
    change.template.pin === group.template?.pin)

/**
 * A change with the sizes that are neither as it sets them nor as they were before it: somebody else's, beside which its
 * own are brought within what AWS allows. One call sets all fields: where it has been made, all that differs is somebody else's.
 */
const withOthersSizes = (group: Group, change: GroupChange, before: Before | undefined): GroupChange => {
  if (!before) return change
  const made = isMade(group, change, before)
  const others = new Set(
    sizeNames.filter(
      (name) =>
        change[name] !== undefined && group[name] !== change[name] && (made || group[name] !== before[name]),
    ),
  )
  if (others.size === 0) return change
  const of = (name: keyof Capacity): number =>
    others.has(name) ? group[name] : (change[name] ?? group[name])
  const desired = of('desired')
  const min = others.has('min') || !others.has('desired') ? of('min') : Math.min(of('min'), desired)
  const max = others.has('max') || !others.has('desired') ? of('max') : Math.max(of('max'), desired)
  const sizes = { min, desired: Math.max(min, Math.min(desired, max)), max }
  const own = sizeNames.filter((name) => change[name] !== undefined)
  return { ...change, ...Object.fromEntries(own.map((name) => [name, sizes[name]])) }
}

const isInPlace = (group: Group, change: GroupChange): boolean =>
  (change.min === undefined || group.min === change.min) &&
  (change.desired === undefined || group.desired === change.desired) &&
  (change.max === undefined || group.max === change.max) &&
  (change.cooldown === undefined || group.cooldown === change.cooldown) &&
  (change.template === undefined || group.template?.pin === change.template.pin) &&
  (change.terminationPolicies === undefined ||
    group.terminationPolicies.join() === change.terminationPolicies.join())
