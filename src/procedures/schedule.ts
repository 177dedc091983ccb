import { planSchedule } from '../domain/planning/events'
import type { Request } from '../domain/request'
import { readWhen } from '../domain/when/read'
import { timeReason } from '../domain/when/said'
import { planned, type Runbook } from './context'
import { gatherEvents } from './parts/gather-events'
import { leadOf } from './parts/lead'
import { scheduleEvent } from './parts/schedule-event'
import { failure } from '../domain/result'

type Schedule = Extract<Request, { procedure: 'schedule' }>

/** `/asg schedule <service> <when> desired=10`: a live event, as scheduled actions of the group's own. */
export const schedule: Runbook<Schedule> = {
  async plan(request, desk) {
    const { service, askedAt } = desk
    const when = readWhen(request.said, { now: askedAt, zone: service.timezone })
    if (!when.ok) return failure(timeReason(when.trouble))
    const [found, lead] = await Promise.all([gatherEvents(desk), leadOf(desk)])
    if (!found.ok) return found
    return planSchedule({ service, past: [] }, request, { when: when.value, ...lead }, found.value)
  },

  run: (run, context) => scheduleEvent(run, context, planned(context.plan.schedule, 'schedule')),
}
