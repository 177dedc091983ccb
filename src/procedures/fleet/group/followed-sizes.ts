import type { Capacity } from '../../../domain/catalogue/catalogue'
import { delayedInstants } from '../../../domain/events/base'
import { sameSizes, sizesOf } from '../../../domain/events/sizes'
import { sizesWith } from '../../../domain/events/timetable'
import { reason } from '../../../domain/reasons/reason'
import type { Step } from '../../../domain/steps/step'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import type { GroupSnapshot } from './snapshot-group'

/** Where the sizes are written down, and that others had changed them; `target`: what the plan makes of the group. */
interface Following {
  readonly due: Step<'record'>
  readonly followed: Step<'note'>
  readonly target: Capacity
}

type PlainData<T> = { readonly [K in keyof T]: T[K] }

/** The sizes, and where somebody else's were followed, those that were due and what they are instead. */
type Found = {
  readonly found: PlainData<Capacity>
  readonly told?: { readonly was: PlainData<Capacity>; readonly is: PlainData<Capacity> } | undefined
}

/**
 * The sizes that a group is handed back with: those that are due by the plan and by the events that are on. What
 * somebody else has set while the operation ran is followed and told, not undone. Undefined where the group is gone.
 */
export const followedSizes = async (
  run: Run,
  context: Context,
  before: GroupSnapshot,
  { due: step, followed, target }: Following,
): Promise<Capacity> => {
  const written = await run.record<Found | PlainData<Capacity>>(step, async () => {
    const [group, events] = await Promise.all([
      context.account.groups.describe(before.name),
      context.calendar.of(context.service.name),
    ])
    if (!group) return undefined
    const now = context.clock.now()
    const due = sizesWith(target, events, now)
    const { minAfterEvent: min = before.min, maxAfterEvent: max = before.max } = before
    // Scheduled actions of events run late: what was due in these minutes is nobody's change.
    const recent = delayedInstants(now).flatMap((at) => [
      sizesWith({ min, desired: min, max }, events, at),
      sizesWith(target, events, at),
    ])
    const mins = [before.min, ...recent.map((sizes) => sizes.min)]
    const maxima = [before.max, ...recent.map((sizes) => sizes.max)]
    const least = Math.min(before.desired, ...recent.map(({ desired }) => desired))
    const followsMin = !mins.includes(group.min)
    const followsMax =
      group.max < Math.min(...maxima) || group.max > Math.max(...maxima, highest(context, before))
    const followsDesired = group.desired < least
    const sizes = {
      min: followsMin ? group.min : due.min,
      max: followsMax ? group.max : due.max,
    }
    // A scale-out in the meantime outlives the operation; what the operation itself added is gone by now.
    const desired = followsDesired ? group.desired : Math.max(group.desired, due.desired)
    const is = { ...sizes, desired: Math.max(sizes.min, Math.min(desired, sizes.max)) }
    const follows = followsMin || followsMax || followsDesired
    return { found: is, told: follows && !sameSizes(is, due) ? { was: { ...due }, is } : undefined }
  })
  // Journals of before what others change was followed hold the sizes alone.
  if (!('found' in written)) return sizesOf(written)
  const { found, told } = written
  if (told)
    await run.note(followed, reason('sizes_changed', { group: before.name, was: told.was, is: told.is }))
  return sizesOf(found)
}

/** The highest maximum that the operation itself may have set: it makes room for new instances beside the old. */
const highest = ({ plan }: Context, before: GroupSnapshot): number =>
  Math.max(planned(plan.group, 'group').peak, before.desired + (before.units ?? before.desired))
