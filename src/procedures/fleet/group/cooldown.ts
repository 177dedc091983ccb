import type { Capacity } from '../../../domain/catalogue/catalogue'
import type { Group } from '../../../domain/fleet/fleet'
import { reason } from '../../../domain/reasons/reason'
import { fleetSteps } from '../../../domain/steps/fleet'
import { hour, type Instant, second } from '../../../domain/time/time'
import { again, done, waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { AwsFailure } from '../../../ports/failure'
import type { Account } from '../../../ports/account'
import type { Freshness } from '../../../ports/freshness'
import type { Context } from '../../context'
import { setGroup } from './set-group'

/** Until when a group's cooldown lasts: from the end of its last scaling activity on (user guide, "Scaling cooldowns"). */
export const cooldownOf = async (
  account: Account,
  { name, cooldown }: Pick<Group, 'name' | 'cooldown'>,
  freshness: Freshness = { maxAge: 15 * second },
): Promise<Instant> => {
  const activities = await account.groups.activities(name, freshness)
  const ended = activities.flatMap(({ status, endedAt }) => (status === 'Successful' ? (endedAt ?? []) : []))
  return Math.max(0, ...ended) + cooldown * second
}

/** A cooldown may be begun anew meanwhile by what others do. */
const cooldownTimeout = 2 * hour

/** Sets the desired capacity once the group's cooldown is over; the bounds are made wide enough for it before. */
export const scaleAfterCooldown = async (
  run: Run,
  context: Context,
  name: string,
  { before, after }: { readonly before: Capacity & { readonly cooldown: number }; readonly after: Capacity },
): Promise<void> => {
  const { account, clock } = context
  const bounds = { min: Math.min(before.min, after.min), max: Math.max(before.max, after.max) }
  await setGroup(run, context, fleetSteps.setBounds, name, bounds, 'elsewhere')
  await run.wait(fleetSteps.cooldown, {
    timeout: cooldownTimeout,
    interval: 30 * second,
    onTimeout: () => reason('timed_out', { step: fleetSteps.cooldown.label, after: cooldownTimeout }),
    poll: async (_, freshness) => {
      const until = await cooldownOf(account, { name, cooldown: before.cooldown }, freshness)
      return clock.now() >= until ? done(true) : waiting(undefined, undefined, until)
    },
  })
  await run.step(fleetSteps.setDesired, {
    choose: () => ({ group: name, desired: after.desired }),
    observe: async ({ desired }) =>
      (await account.groups.describe(name))?.desired === desired ? true : undefined,
    act: async ({ desired }) => {
      try {
        await account.groups.setDesired(name, desired, { afterCooldown: true })
      } catch (failure) {
        // Another activity has ended since, and its cooldown begun.
        if (failure instanceof AwsFailure && failure.code === 'ScalingActivityInProgress') return again
        throw failure
      }
      return waiting()
    },
  })
}
