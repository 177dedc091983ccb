import type { EventTimes } from '../domain/events/event'
import { planReschedule } from '../domain/planning/events'
import { reason } from '../domain/reasons'
import { failure } from '../domain/result'
import type { Request } from '../domain/request'
import { readChange } from '../domain/when/change'
import { timeReason } from '../domain/when/said'
import type { Understood, When } from '../domain/when/times'
import { planned, type Runbook } from './context'
import { gatherEvents } from './parts/gather-events'
import { leadOf } from './parts/lead'
import { scheduleEvent } from './parts/schedule-event'

type Reschedule = Extract<Request, { procedure: 'reschedule' }>

/**
 * `/asg reschedule <event> …`: a live event changed, in its middle too, without a moment in which neither or half of it
 * stands; where nothing is asked, its actions as they were made.
 */
export const reschedule: Runbook<Reschedule> = {
  async plan(request, desk) {
    const { service, askedAt, now } = desk
    const found = await gatherEvents(desk)
    if (!found.ok) return found
    const facts = found.value
    const known = facts.events.find(({ id }) => id === request.event)
    if (!known) return failure(reason('unknown_event', { event: request.event, service: service.name }))
    const { times, lead: before } = known.event
    const when: Understood<When> =
      request.said === undefined
        ? { ok: true, value: whenOf(times) }
        : readChange(request.said, whenOf(times), askedAt)
    if (!when.ok) return failure(timeReason(when.trouble))
    const { lead, leadFrom } = await leadOf(desk)
    // A longer way to go is a reason to go out earlier, where the group is not out yet.
    const early = lead > before && (times.kind === 'every' || times.outAt > now)
    const asked = request.said !== undefined || early ? { when: when.value, lead, leadFrom } : undefined
    return planReschedule({ service, past: [] }, request.event, request, asked, facts)
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
