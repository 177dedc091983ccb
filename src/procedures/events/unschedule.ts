import { planUnschedule } from '../../domain/events/plan-event'
import type { Request } from '../../domain/operation/request'
import { scheduleSteps } from '../../domain/steps/events'
import { planned, type Runbook } from '../context'
import { cancelMonitorTimer } from './monitor-timers'
import { removeFromCalendar } from './calendar'
import { eventsOf } from '../../facts/events/gather-events'
import { applySchedule } from './apply-schedule'

type Unschedule = Extract<Request, { procedure: 'unschedule' }>

/** `/asg unschedule <event>`: a live event taken away again, in its middle too. Actions of others are never touched. */
export const unschedule: Runbook<Unschedule> = {
  async plan(request, context) {
    const { account, calendar, service, now } = context
    const found = await eventsOf(account, calendar, service)
    if (!found.ok) return found
    const known = found.value
    return planUnschedule({ service, history: [] }, request.event, { now, ...known })
  },

  async run(run, context) {
    const schedule = planned(context.plan.schedule, 'schedule')
    await applySchedule(run, context, schedule)
    await cancelMonitorTimer(run, context, planned(schedule.id, 'event'))
    await removeFromCalendar(run, context, scheduleSteps.strikeCalendar, planned(schedule.id, 'event'))
  },
}
