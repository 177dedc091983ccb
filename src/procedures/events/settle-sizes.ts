import { sizesSet } from '../../domain/events/amend'
import { delayedInstants } from '../../domain/events/base'
import { eventOf, type KnownEvent, type PlannedSchedule } from '../../domain/events/event'
import { sameSizes, sizesOf } from '../../domain/events/sizes'
import { sizesWith } from '../../domain/events/timetable'
import type { ScheduledAction } from '../../domain/fleet/fleet'
import { scheduleSteps } from '../../domain/steps/events'
import { type Instant } from '../../domain/time/time'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { calendarAfter } from './calendar'
import { deleteAction } from './scheduled-action'
import { setGroup } from '../fleet/group/set-group'

/**
 * Gives the group the sizes that it is to have now: those that the plan shows, or where an action of before ran, or was
 * due, while it was being replaced. One that is late and would set other sizes yet is taken away. Sizes that somebody
 * else has set are left alone unless the plan says otherwise.
 */
export const settleSizes = async (
  run: Run,
  context: Context,
  plan: PlannedSchedule,
  before: readonly KnownEvent[],
): Promise<void> => {
  const { account, clock } = context
  const after = calendarAfter(before, context, plan)
  const due = await run.record(scheduleSteps.sizesDue, async () => {
    const group = await account.groups.describe(plan.group)
    if (!group) return undefined
    const now = clock.now()
    const was = { ...sizesOf(group) }
    const is = sizesWith(plan.base, after, now)
    // What is late has not run yet, by the times of these minutes.
    const own = delayedInstants(now).some((at) => sameSizes(was, sizesWith(plan.base, before, at)))
    const late = overdueActions(await account.groups.scheduled(plan.group), plan, after, now).filter(
      (action) => !sameSizes(sizesSet(action), is),
    )
    const set = late.length > 0 || (!sameSizes(was, is) && (plan.now !== undefined || own))
    return { was, is: { ...is }, set, late: late.map((action) => ({ ...action })) }
  })
  if (!due.set) return
  for (const action of due.late) await deleteAction(run, context, plan.group, action)
  // The way back gives what would have run meanwhile.
  const last = due.late.at(-1)
  const back = last ? sizesSet(last) : due.was
  const { setSizes, sizesFollowed } = scheduleSteps
  run.undo('sizes', (undoing) => setGroup(undoing, context, setSizes, plan.group, back, sizesFollowed))
  await setGroup(run, context, setSizes, plan.group, due.is, sizesFollowed)
}

/** The actions of events that should have run already, in that order; those that the plan deletes go without that. */
const overdueActions = (
  actions: readonly ScheduledAction[],
  { first = [], remove }: PlannedSchedule,
  events: readonly KnownEvent[],
  now: Instant,
): readonly ScheduledAction[] => {
  const deleted = new Set([...first, ...remove].map(({ name }) => name))
  return actions
    .filter(({ name, recurrence }) => recurrence === undefined && !deleted.has(name))
    .filter(({ name }) => events.some(({ id }) => id === eventOf(name)?.id))
    .filter(({ startAt }) => startAt !== undefined && startAt <= now)
    .toSorted((a, b) => (a.startAt ?? 0) - (b.startAt ?? 0))
}
