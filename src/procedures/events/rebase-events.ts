import { isOn } from '../../domain/events/base'
import type { PlannedSchedule } from '../../domain/events/event'
import { planRebase } from '../../domain/events/plan-event'
import { scheduleSteps } from '../../domain/steps/events'
import type { Run } from '../../durable/run'
import { type Context, planned } from '../context'
import { eventsOf } from '../../facts/events/gather-events'
import { applySchedule } from './apply-schedule'

/** After a group got other sizes for good: the events to come go back to those, and no more to the former. */
export const rebaseEvents = async (run: Run, context: Context): Promise<void> => {
  const { account, calendar, service, plan, clock } = context
  const recorded = await run.record(scheduleSteps.corrections, async () => {
    if ((await calendar.of(service.name)).length === 0) return ''
    const found = await eventsOf(account, calendar, service)
    if (!found.ok) return undefined
    const known = found.value
    const now = clock.now()
    const on = known.events.some(({ event }) => isOn(event, now))
    const { after } = planned(plan.group, 'group')
    const schedule = planRebase(on ? after : known.group, { ...known, now })
    return schedule ? JSON.stringify(schedule) : ''
  })
  if (recorded === '') return
  await applySchedule(run, context, JSON.parse(recorded) as PlannedSchedule)
}
