import type { Group } from '../../../domain/fleet/fleet'
import type { Step } from '../../../domain/steps/step'
import { waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import type { Context } from '../../context'
import type { GroupSnapshot } from './snapshot-group'

/** From what was seen when it was decided to what is wanted; `from` is absent in journals of before it was written down. */
interface Resizing {
  readonly from: number | undefined
  readonly desired: number
  /** Whether the group as it is now still allows it, looked at just before acting: where not, the next look decides. */
  readonly stillRight?: (group: Group) => boolean
}

/**
 * Sets the desired capacity, with room for it below the maximum, where it is still what it was when that was decided.
 * AWS compares nothing itself. Gives false where somebody else, or an event that began or ended, was first: the next
 * look decides anew.
 */
export const setDesired = async (
  run: Run,
  context: Context,
  step: Step<'step', 'group'>,
  { name, max: before }: Pick<GroupSnapshot, 'name' | 'max'>,
  { from, desired, stillRight = () => true }: Resizing,
): Promise<boolean> => {
  const { groups } = context.account
  const outcome = await run.step(step, {
    choose: async () => {
      const max = (await groups.describe(name))?.max ?? before
      const room = (from === undefined || desired > from) && desired > max
      return { group: name, ...(from !== undefined && { from }), desired, ...(room && { max: desired }) }
    },
    observe: async () => {
      const group = await groups.describe(name)
      if (!group) return undefined
      const { desired: now } = group
      if (now === desired) return true
      if (from === undefined || now === from) return stillRight(group) ? undefined : overtaken
      // Where others have gone further in the same direction, what was wanted is in it.
      const further = desired > from ? now > desired : now < desired
      return further ? true : overtaken
    },
    act: async ({ max }) => {
      await groups.update(name, { desired, ...(max !== undefined && { max }) })
      return waiting()
    },
  })
  return outcome !== overtaken
}

/** What a step came to that somebody else was faster than. */
const overtaken = 'overtaken'
