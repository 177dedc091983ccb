import { planUnschedule } from '../domain/planning/events'
import type { Request } from '../domain/request'
import { scheduleSteps } from '../domain/steps/events'
import { planned, type Runbook } from './context'
import { cancelFollow } from './parts/appoint-follow'
import { strikeFromCalendar } from './parts/calendar'
import { eventsOf } from './parts/gather-events'
import { bringSchedule } from './parts/scheduled-actions'

type Unschedule = Extract<Request, { procedure: 'unschedule' }>

/** `/asg unschedule <event>`: a live event taken away again, in its middle too. Actions of others are never touched. */
export const unschedule: Runbook<Unschedule> = {
  async plan(request, desk) {
    const { account, calendar, service, now } = desk
    const found = await eventsOf(account, calendar, service)
    if (!found.ok) return found
    const known = found.value
    return planUnschedule({ service, past: [] }, request.event, { now, ...known })
  },

  async run(run, context) {
    const schedule = planned(context.plan.schedule, 'schedule')
    await bringSchedule(run, context, schedule)
    await cancelFollow(run, context, planned(schedule.id, 'event'))
    await strikeFromCalendar(run, context, scheduleSteps.strikeCalendar, planned(schedule.id, 'event'))
  },
}
