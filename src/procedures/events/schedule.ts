import { planSchedule } from '../../domain/events/plan-event'
import type { Request } from '../../domain/operation/request'
import { readWhen } from '../../domain/time/phrases/read'
import { timeReason } from '../../domain/time/phrases/time-reason'
import { planned, type Runbook } from '../context'
import { gatherEvents } from '../../facts/events/gather-events'
import { leadTime } from '../../facts/events/lead-time'
import { scheduleEvent } from './schedule-event'
import { failure } from '../../domain/result'

type Schedule = Extract<Request, { procedure: 'schedule' }>

/** `/asg schedule <service> <when> desired=10`: a live event, as scheduled actions of the group's own. */
export const schedule: Runbook<Schedule> = {
  async plan(request, context) {
    const { service, askedAt } = context
    const when = readWhen(request.said, { now: askedAt, zone: service.timezone })
    if (!when.ok) return failure(timeReason(when.problem))
    const [found, lead] = await Promise.all([gatherEvents(context), leadTime(context)])
    if (!found.ok) return found
    return planSchedule({ service, history: [] }, request, { when: when.value, ...lead }, found.value)
  },

  run: (run, context) => scheduleEvent(run, context, planned(context.plan.schedule, 'schedule')),
}
