import type { EventTimes } from '../../domain/events/event'
import { planReschedule } from '../../domain/events/plan-event'
import { reason } from '../../domain/reasons/reason'
import { failure } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import { readChange } from '../../domain/time/phrases/change'
import { timeReason } from '../../domain/time/phrases/time-reason'
import type { ReadTime, When } from '../../domain/time/phrases/times'
import { planned, type Runbook } from '../context'
import { gatherEvents } from '../../facts/events/gather-events'
import { leadTime } from '../../facts/events/lead-time'
import { scheduleEvent } from './schedule-event'

type Reschedule = Extract<Request, { procedure: 'reschedule' }>

/**
 * `/asg reschedule <event> …`: a live event changed, in its middle too, without a moment in which neither or half of it
 * stands; where nothing is asked, its actions as they were made.
 */
export const reschedule: Runbook<Reschedule> = {
  async plan(request, context) {
    const { service, askedAt, now } = context
    const found = await gatherEvents(context)
    if (!found.ok) return found
    const facts = found.value
    const known = facts.events.find(({ id }) => id === request.event)
    if (!known) return failure(reason('unknown_event', { event: request.event, service: service.name }))
    const { times, lead: before } = known.event
    const when: ReadTime<When> =
      request.said === undefined
        ? { ok: true, value: whenOf(times) }
        : readChange(request.said, whenOf(times), askedAt)
    if (!when.ok) return failure(timeReason(when.problem))
    const { lead, leadFrom } = await leadTime(context)
    // A larger scale-out is a reason to begin it earlier, where the group is not scaled out yet.
    const longerLead = lead > before && (times.kind === 'every' || times.outAt > now)
    const asked = request.said !== undefined || longerLead ? { when: when.value, lead, leadFrom } : undefined
    return planReschedule({ service, history: [] }, request.event, request, asked, facts)
  },

  run: (run, context) => scheduleEvent(run, context, planned(context.plan.schedule, 'schedule')),
}

const whenOf = (times: EventTimes): When =>
  times.kind === 'once'
    ? { kind: 'once', from: times.from, to: times.to, zone: times.zone }
    : {
        kind: 'every',
        days: times.days,
        hour: times.hour,
        minute: times.minute,
        lasts: times.lasts,
        zone: times.zone,
      }
