import { defined } from '../domain/defined'
import { lateness } from '../domain/events/base'
import { occurrencesOf } from '../domain/events/occurrences'
import { planRebase } from '../domain/planning/events'
import { planScale, sizesWished } from '../domain/planning/scale'
import { parseReason, type Reason, reason, serializeReason } from '../domain/reasons'
import type { Request } from '../domain/request'
import { fleetSteps, healthSteps } from '../domain/steps/fleet'
import { type Milliseconds, minute } from '../domain/time'
import { active, type FleetNow, isServing, isShort, snapshot } from '../domain/serving'
import { done, type Look, waiting } from '../durable/look'
import type { Run } from '../durable/run'
import { type Context, planned, type Runbook } from './context'
import { cooldownOf, scaleAfterCooldown } from './parts/cooldown'
import { eventsOf } from './parts/gather-events'
import { launchFailure } from './parts/launch-failures'
import { pastOf } from './parts/past'
import { bringSchedule } from './parts/scheduled-actions'
import { see } from './parts/see'
import { setGroup } from './parts/set-group'
import { unhealthy } from './parts/unhealthy'

type Scale = Extract<Request, { procedure: 'scale' }>

/** An event that goes out so soon, late as AWS may be, is on by the time that the group is scaled. */
const brink: Milliseconds = lateness + minute

/** `/asg scale <service> desired=4`: other sizes now, and its instances healthy. */
export const scale: Runbook<Scale> = {
  async plan(request, desk) {
    const { service, account, calendar, now } = desk
    const [found, past] = await Promise.all([eventsOf(account, calendar, service), pastOf(desk, 'scale')])
    if (!found.ok) return found
    const known = found.value
    const { group, events } = known
    const [on] = events.flatMap(({ id, event }) =>
      occurrencesOf(event, { from: now, to: now + brink }).map(({ inAt }) => ({
        id,
        name: event.name,
        inAt,
      })),
    )
    // While an event is on, the sizes are the event's: what all go back to stays.
    const schedule = on ? undefined : planRebase(sizesWished(group, request), { ...known, now })
    const cooldown = request.afterCooldown && (await cooldownOf(account, group))
    const facts = defined({ group, schedule, on: on && defined(on), cooldown, now })
    return planScale({ service, past }, facts, request)
  },

  async run(run, context) {
    const { name, before, after } = planned(context.plan.group, 'group')
    const back = { min: before.min, desired: before.desired, max: before.max }
    run.undo('sizes', (undoing) => setGroup(undoing, context, fleetSteps.restoreSizes, name, back))
    const { request } = context.operation
    if (request.procedure === 'scale' && request.afterCooldown && before.desired !== after.desired) {
      await scaleAfterCooldown(run, context, name, { before, after })
    }
    await setGroup(run, context, fleetSteps.scale, name, {
      min: after.min,
      desired: after.desired,
      max: after.max,
    })
    const { schedule } = context.plan
    if (schedule) await bringSchedule(run, context, schedule)
    await becomeHealthy(run, context, name)
  },
}

/**
 * Waits until the group has as many instances as it wants, all serving. That they do not come is told to a person, and
 * not taken back: to take capacity away again could cost instances that serve.
 */
const becomeHealthy = async (run: Run, context: Context, group: string): Promise<void> => {
  const { timeout } = context.service.gate
  for (let turn = 1; ; turn += 1) {
    const seen = await run.interruptibleWait<{ readonly trouble: string }>(
      healthSteps.inService.at({ round: turn }),
      {
        // Its own deadline comes first, so that it ends with what was seen.
        within: timeout * 2,
        late: () => unhealthy(undefined, context, { after: timeout }),
        look: async (memory, freshness) => {
          const now = context.clock.now()
          const began = typeof memory === 'number' ? memory : now
          const fleet = await see(context.account, group, freshness)
          if (!fleet) return troubled(reason('group_not_found', { group }))
          await run.show(snapshot(fleet, now))
          if (isSettled(fleet)) return done({ trouble: '' })
          const broken = isShort(fleet) && (await launchFailure(context, group, began))
          if (broken) return troubled(broken)
          if (now - began >= timeout) return troubled(unhealthy(fleet, context, { after: timeout }))
          const serving = active(fleet.group).filter((one) => isServing(fleet, one)).length
          return waiting({ detail: `${serving}/${fleet.group.desired}` }, began)
        },
      },
    )
    if (seen === 'interrupted') {
      await run.hold(healthSteps.stopped.at({ round: turn }))
      continue
    }
    run.commit()
    if (seen.trouble !== '') await run.fail(healthSteps.trouble, parseReason(seen.trouble))
    return
  }
}

const troubled = (why: Reason): Look<{ readonly trouble: string }> => done({ trouble: serializeReason(why) })

const isSettled = (fleet: FleetNow): boolean => {
  const present = active(fleet.group)
  return present.length === fleet.group.desired && present.every((one) => isServing(fleet, one))
}
