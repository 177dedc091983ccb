import type { PlannedSchedule } from '../../domain/events/event'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { appointFollow } from './appoint-follow'
import { calendarAfter } from './calendar'
import { bringSchedule } from './scheduled-actions'

/** Schedules an event, or changes it, and appoints who follows it. */
export const scheduleEvent = async (run: Run, context: Context, plan: PlannedSchedule): Promise<void> => {
  const before = await bringSchedule(run, context, plan)
  const id = plan.id ?? context.operation.id
  const known = calendarAfter(before, context, plan).find((event) => event.id === id)
  if (!known) return
  await appointFollow(
    run,
    context,
    known,
    before.find((event) => event.id === id),
  )
}
