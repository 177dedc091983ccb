import type { PlannedSchedule } from '../../domain/events/event'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { setMonitorTimer } from './monitor-timers'
import { calendarAfter } from './calendar'
import { applySchedule } from './apply-schedule'

/** Schedules an event, or changes it, and appoints who follows it. */
export const scheduleEvent = async (run: Run, context: Context, plan: PlannedSchedule): Promise<void> => {
  const before = await applySchedule(run, context, plan)
  const id = plan.id ?? context.operation.id
  const known = calendarAfter(before, context, plan).find((event) => event.id === id)
  if (!known) return
  await setMonitorTimer(
    run,
    context,
    known,
    before.find((event) => event.id === id),
  )
}
