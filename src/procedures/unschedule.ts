import { planUnschedule } from '../domain/planning/events'
import { refusedPlan } from '../domain/planning/facts'
import type { Request } from '../domain/request'
import { planned, type Runbook } from './context'
import { gatherEvents } from './parts/gather-events'
import { bringActions } from './parts/scheduled-actions'

type Unschedule = Extract<Request, { procedure: 'unschedule' }>

/** `/asg unschedule <event>`: a live event taken away again, in its middle too. Actions of others are never touched. */
export const unschedule: Runbook<Unschedule> = {
  async plan(request, desk) {
    const facts = await gatherEvents(desk)
    if ('code' in facts) return refusedPlan(facts)
    return planUnschedule({ service: desk.service, past: [] }, request.event, facts)
  },

  run: (run, context) => bringActions(run, context, planned(context.plan.schedule, 'schedule')),
}
