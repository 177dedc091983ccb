import { eventOf, type KnownEvent, type PlannedSchedule } from '../../domain/events/event'
import type { ScheduledAction } from '../../domain/fleet/fleet'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { calendarBefore, writeToCalendar } from './calendar'
import { putEventAction, deleteAction } from './scheduled-action'
import { settleSizes } from './settle-sizes'

/** Carries out what becomes of a service's events: in the calendar first, then in AWS. Gives the calendar of before. */
export const applySchedule = async (
  run: Run,
  context: Context,
  plan: PlannedSchedule,
): Promise<readonly KnownEvent[]> => {
  const before = await calendarBefore(run, context)
  await writeToCalendar(run, context, before, plan)
  await applyActions(run, context, plan, before)
  return before
}

/**
 * Brings a group's scheduled actions to what the plan says, one call after the other: two at once on one group can
 * make AWS refuse both (reference of PutScheduledUpdateGroupAction). An event that is taken away is first taken from
 * going out, ways in stand before ways out, and are deleted last, so that the group is never left out.
 */
const applyActions = async (
  run: Run,
  context: Context,
  plan: PlannedSchedule,
  before: readonly KnownEvent[],
): Promise<void> => {
  const { group, first = [], put, remove } = plan
  const id = plan.id ?? context.operation.id
  for (const action of first) await deleteAction(run, context, group, action)
  for (const action of put) await putEventAction(run, context, group, action, id)
  for (const action of remove.filter(isScaleOut)) await deleteAction(run, context, group, action)
  await settleSizes(run, context, plan, before)
  for (const action of remove.filter((action) => !isScaleOut(action)))
    await deleteAction(run, context, group, action)
}

const isScaleOut = ({ name }: ScheduledAction): boolean => eventOf(name)?.edge === 'out'
