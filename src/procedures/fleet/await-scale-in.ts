import { scheduledActionDelay } from '../../domain/events/base'
import { scaleInWithin } from '../../domain/events/timetable'
import type { Group } from '../../domain/fleet/fleet'
import { hasExcess } from '../../domain/fleet/serving'
import { reason } from '../../domain/reasons/reason'
import { fleetSteps } from '../../domain/steps/fleet'
import type { Step } from '../../domain/steps/step'
import { hour, type Instant, type Milliseconds, minute } from '../../domain/time/time'
import { done, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { Context } from '../context'

/*
 * AWS scales in by its termination policies, oldest launch template first (EC2 Auto Scaling user guide, "Control which
 * instances terminate"), whether or not those that are left serve already. So nothing new is launched shortly before
 * the end of an event: the old ones would go and leave newcomers that still boot.
 */

/** How long before a scale-in none is launched: as long as an instance may take to get healthy, within reason. */
const launchTime = ({ service }: Context): Milliseconds => Math.min(service.gate.timeout, 15 * minute)

/**
 * When an event's end, of those after `after`, lowers a group of `desired` instances next, where that is too soon for
 * new ones; a scheduled action may run late.
 */
export const scaleInSoon = async (
  context: Context,
  desired: number,
  after: Instant = 0,
): Promise<Instant | undefined> => {
  const now = context.clock.now()
  const events = await context.calendar.of(context.service.name)
  const from = Math.max(now - scheduledActionDelay, after)
  return scaleInWithin(events, desired, { from, to: Math.max(from, now + launchTime(context)) })?.at
}

/** Waits until an event's end, where that is soon, has lowered the group and AWS has taken whom it takes. */
export const awaitScaleIn = async (
  run: Run,
  context: Context,
  group: Pick<Group, 'name' | 'desired'>,
  step: Step<'wait'>,
): Promise<void> => {
  await run.wait<true>(step, {
    timeout: launchTime(context) + hour,
    onTimeout: () => reason('timed_out', { step: step.label }),
    poll: async (memory, freshness) => {
      const known = typeof memory === 'number' ? memory : undefined
      const at = known ?? (await scaleInSoon(context, group.desired))
      if (at === undefined || context.clock.now() >= at + scheduledActionDelay) return done(true as const)
      const now = await context.account.groups.describe(group.name, freshness)
      if (!now || (now.desired < group.desired && !hasExcess(now))) return done(true as const)
      if (known === undefined)
        await run.note(fleetSteps.scaleInFirst, reason('scale_in_first', { group: group.name, at }))
      return waiting(undefined, at)
    },
  })
}
