import { defined } from '../../domain/defined'
import { scheduledActionDelay } from '../../domain/events/base'
import { occurrencesOf } from '../../domain/events/occurrences'
import { planRebase } from '../../domain/events/plan-event'
import { planScale, wantedSizes } from '../../domain/fleet/plan-scale'
import { parseReason, type Reason, reason, serializeReason } from '../../domain/reasons/reason'
import type { Request } from '../../domain/operation/request'
import { fleetSteps, healthSteps } from '../../domain/steps/fleet'
import { type Milliseconds, minute } from '../../domain/time/time'
import {
  active,
  type FleetNow,
  hasExcess,
  instancesFor,
  isServing,
  isShort,
  snapshot,
} from '../../domain/fleet/serving'
import { done, type PollResult, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { type Context, planned, type Runbook } from '../context'
import { cooldownOf, scaleAfterCooldown } from './group/cooldown'
import { eventsOf } from '../../facts/events/gather-events'
import { launchFailure } from '../../facts/fleet/launch-failures'
import { recentSuccesses } from '../../facts/recent-operations'
import { applySchedule } from '../events/apply-schedule'
import { readFleet } from '../../facts/fleet/read-fleet'
import { setGroup } from './group/set-group'
import { unhealthyReason } from '../../domain/fleet/unhealthy-reason'

type Scale = Extract<Request, { procedure: 'scale' }>

/** An event that scales out so soon, late as AWS may be, is on by the time that the group is scaled. */
const eventImminent: Milliseconds = scheduledActionDelay + minute

/** `/asg scale <service> desired=4`: other sizes now, and its instances healthy. */
export const scale: Runbook<Scale> = {
  async plan(request, context) {
    const { service, account, calendar, now } = context
    const [found, history] = await Promise.all([
      eventsOf(account, calendar, service),
      recentSuccesses(context, 'scale'),
    ])
    if (!found.ok) return found
    const known = found.value
    const { group, events } = known
    const [on] = events.flatMap(({ id, event }) =>
      occurrencesOf(event, { from: now, to: now + eventImminent }).map(({ inAt }) => ({
        id,
        name: event.name,
        inAt,
      })),
    )
    // While an event is on, the sizes are the event's: what all go back to stays.
    const schedule = on ? undefined : planRebase(wantedSizes(group, request), { ...known, now })
    const cooldown = request.afterCooldown && (await cooldownOf(account, group))
    const facts = defined({ group, schedule, on: on && defined(on), cooldown, now })
    return planScale({ service, history }, facts, request)
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
    if (schedule) await applySchedule(run, context, schedule)
    await awaitHealthy(run, context, name)
  },
}

/**
 * Waits until the group has as many instances as it wants, all serving. That they do not come is told to a person, and
 * not taken back: to take capacity away again could cost instances that serve.
 */
const awaitHealthy = async (run: Run, context: Context, group: string): Promise<void> => {
  const { timeout } = context.service.gate
  for (let round = 1; ; round += 1) {
    const seen = await run.interruptibleWait<{ readonly trouble: string }>(
      healthSteps.inService.at({ round }),
      {
        // Its own deadline comes first, so that it ends with what was seen.
        timeout: timeout * 2,
        onTimeout: () => unhealthyReason(undefined, context, { after: timeout }),
        poll: async (memory, freshness) => {
          const now = context.clock.now()
          const began = typeof memory === 'number' ? memory : now
          const fleet = await readFleet(context.account, group, freshness)
          if (!fleet) return unhealthyOutcome(reason('group_not_found', { group }))
          await run.show(snapshot(fleet, now))
          if (isSettled(fleet)) return done({ trouble: '' })
          const broken = isShort(fleet) && (await launchFailure(context, group, began))
          if (broken) return unhealthyOutcome(broken)
          if (now - began >= timeout)
            return unhealthyOutcome(unhealthyReason(fleet, context, { after: timeout }))
          const serving = active(fleet.group).filter((one) => isServing(fleet, one)).length
          return waiting({ detail: `${serving}/${instancesFor(fleet.group, fleet.group.desired)}` }, began)
        },
      },
    )
    if (seen === 'interrupted') {
      await run.pause(healthSteps.stopped.at({ round }))
      continue
    }
    run.commit()
    if (seen.trouble !== '') await run.fail(healthSteps.trouble, parseReason(seen.trouble))
    return
  }
}

const unhealthyOutcome = (why: Reason): PollResult<{ readonly trouble: string }> =>
  done({ trouble: serializeReason(why) })

const isSettled = (fleet: FleetNow): boolean => {
  const isComplete = !isShort(fleet) && !hasExcess(fleet.group)
  return isComplete && active(fleet.group).every((one) => isServing(fleet, one))
}
