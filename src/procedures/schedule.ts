import { planSchedule } from '../domain/planning/events'
import { refusedPlan } from '../domain/planning/facts'
import type { Request } from '../domain/request'
import { readWhen } from '../domain/when/read'
import { timeReason } from '../domain/when/said'
import { planned, type Runbook } from './context'
import { gatherEvents } from './parts/gather-events'
import { leadOf } from './parts/lead'
import { scheduleEvent } from './parts/schedule-event'

type Schedule = Extract<Request, { procedure: 'schedule' }>

/** `/asg schedule <service> <when> desired=10`: a live event, as scheduled actions of the group's own. */
export const schedule: Runbook<Schedule> = {
  async plan(request, desk) {
    const { service, askedAt } = desk
    const when = readWhen(request.said, { now: askedAt, zone: service.timezone })
    if (!when.ok) return refusedPlan(timeReason(when.trouble))
    const [facts, lead] = await Promise.all([gatherEvents(desk), leadOf(desk)])
    if ('code' in facts) return refusedPlan(facts)
    return planSchedule({ service, past: [] }, request, { when: when.value, ...lead }, facts)
  },

  run: (run, context) => scheduleEvent(run, context, planned(context.plan.schedule, 'schedule')),
}
