import { taskDuration } from '../domain/durations'
import type { Operation } from '../domain/operation'
import { planSchedule } from '../domain/planning/events'
import { refusedPlan } from '../domain/planning/facts'
import type { Request } from '../domain/request'
import { type Milliseconds, minute } from '../domain/time'
import { readWhen } from '../domain/when/read'
import { timeReason } from '../domain/when/said'
import { planned, type Runbook } from './context'
import { gatherEvents } from './parts/gather-events'
import { pastOf } from './parts/past'
import { bringActions } from './parts/scheduled-actions'

type Schedule = Extract<Request, { procedure: 'schedule' }>

/** EC2 Auto Scaling user guide, "Scheduled scaling": an action may run up to two minutes late. */
const lateness: Milliseconds = 2 * minute
/** Boot and the first passing check, for a service that never scaled out yet. */
const usualBoot: Milliseconds = 4 * minute

/** `/asg schedule <service> <when> desired=10`: a live event, as scheduled actions of the group's own. */
export const schedule: Runbook<Schedule> = {
  async plan(request, desk) {
    const { service, askedAt } = desk
    const when = readWhen(request.said, { now: askedAt, zone: service.timezone })
    if (!when.ok) return refusedPlan(timeReason(when.trouble))
    const [facts, past] = await Promise.all([gatherEvents(desk), pastOf(desk, 'scale')])
    if ('code' in facts) return refusedPlan(facts)
    return planSchedule({ service, past }, request, { when: when.value, lead: leadOf(past) }, facts)
  },

  run: (run, context) => bringActions(run, context, planned(context.plan.schedule, 'schedule')),
}

/** How long before the hour a group must go out: as the service's own scale-outs took, and AWS's two minutes. */
const leadOf = (past: readonly Operation[]): Milliseconds => {
  const outs = past.filter(({ plan }) => plan?.group && plan.group.after.desired > plan.group.before.desired)
  const took = outs.flatMap((operation) => taskDuration(operation, 'health') ?? [])
  const boot = took.length > 0 ? Math.max(...took.slice(0, 10)) : usualBoot
  return Math.ceil((boot + lateness) / minute) * minute
}
