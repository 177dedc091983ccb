import type { Capacity } from '../../domain/catalogue/catalogue'
import { defined } from '../../domain/defined'
import { delayedInstants, scheduledActionDelay } from '../../domain/events/base'
import { occurrencesOf } from '../../domain/events/occurrences'
import { planRebase } from '../../domain/events/plan-event'
import { sameSizes, sizesOf } from '../../domain/events/sizes'
import { sizesWith } from '../../domain/events/timetable'
import { planScale, wantedSizes } from '../../domain/fleet/plan-scale'
import { parseReason, type Reason, reason, serializeReason } from '../../domain/reasons/reason'
import type { Request } from '../../domain/operation/request'
import { fleetSteps, healthSteps, promotionSteps } from '../../domain/steps/fleet'
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
    run.undo('sizes', (undoing) => restoreOwnSizes(undoing, context, name, { before, after }))
    const { request } = context.operation
    if (request.procedure === 'scale' && request.afterCooldown && before.desired !== after.desired) {
      await scaleAfterCooldown(run, context, name, { before, after })
    }
    await setGroup(run, context, fleetSteps.scale, name, sizesOf(after), 'elsewhere')
    const { schedule } = context.plan
    if (schedule) await applySchedule(run, context, schedule)
    await awaitHealthy(run, context, name, after)
  },
}

/** The sizes of before, but for those that somebody else has set since: these are followed and told. */
const restoreOwnSizes = async (
  run: Run,
  context: Context,
  name: string,
  { before, after }: { readonly before: Capacity; readonly after: Capacity },
): Promise<void> => {
  const { back, others } = await run.record(fleetSteps.boundsDue, async () => {
    const group = await context.account.groups.describe(name)
    if (!group) return undefined
    const ours = (size: keyof Capacity) => [before[size], after[size]].includes(group[size])
    const size = (which: keyof Capacity) => (ours(which) ? before[which] : group[which])
    const [min, max] = [size('min'), size('max')]
    const desired = Math.max(min, Math.min(size('desired'), max))
    return { back: { min, desired, max }, others: !(ours('min') && ours('desired') && ours('max')) }
  })
  if (others)
    await run.note(
      fleetSteps.boundsFollowed,
      reason('sizes_changed', { group: name, was: sizesOf(before), is: back }),
    )
  await setGroup(run, context, fleetSteps.restoreSizes, name, back, fleetSteps.restoreFollowed)
}

/** What somebody else, a policy or an event made of the sizes meanwhile holds, and is told. */
const tellOthersSizes = async (run: Run, context: Context, name: string, wanted: Capacity): Promise<void> => {
  const is = await run.record(promotionSteps.sizesAfter, async () => {
    const [group, events] = await Promise.all([
      context.account.groups.describe(name),
      context.calendar.of(context.service.name),
    ])
    if (!group) return undefined
    // An event that begins or ends in the meantime is in the calendar: that is nobody's surprise.
    const due = delayedInstants(context.clock.now()).map((at) => sizesWith(wanted, events, at))
    const expected = due.find((sizes) => sameSizes(sizes, group)) ?? wanted
    return { was: { ...expected }, is: { ...sizesOf(group) } }
  })
  if (sameSizes(is.was, is.is)) return
  await run.note(promotionSteps.sizesFollowed, reason('sizes_changed', { group: name, ...is }))
}

/**
 * Waits until the group has as many instances as it wants, all serving. That they do not come is told to a person, and
 * not taken back: to take capacity away again could cost instances that serve.
 */
const awaitHealthy = async (run: Run, context: Context, group: string, wanted: Capacity): Promise<void> => {
  const { timeout } = context.service.gate
  for (let round = 1; ; round += 1) {
    const seen = await run.interruptibleWait<{ readonly trouble: string }>(
      healthSteps.inService.at({ round }),
      {
        // Its own deadline comes first, so that it ends with what was seen.
        timeout: timeout * 2,
        onTimeout: () => unhealthyReason(undefined, context, { after: timeout }),
        poll: async (memory, freshness, { now }) => {
          const began = typeof memory === 'number' ? memory : now
          const fleet = await readFleet(context.account, group, freshness)
          if (!fleet) return unhealthyOutcome(reason('group_not_found', { group }))
          await run.show(snapshot(fleet, context.clock.now()))
          if (isSettled(fleet)) return done({ trouble: '' })
          const broken = isShort(fleet) && (await launchFailure(context, group, run.clockTime(began)))
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
    await tellOthersSizes(run, context, group, wanted)
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
