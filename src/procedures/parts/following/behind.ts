import { type PlannedFollow } from '../../../domain/events/following'
import { failedLaunches } from '../../../domain/events/rebuild'
import { type Reason, reason } from '../../../domain/reasons'
import type { Context } from '../../context'
import type { Observation } from './observe'

/** Why an event has fewer healthy instances than it asks for: not gone out, launches that fail, targets that are sick. */
export const whyBehind = async (
  { account }: Context,
  { occurrence }: PlannedFollow,
  { fleet, healthy, due, now }: Observation,
): Promise<Reason> => {
  const { group } = fleet
  const [wanted, { name, desired }] = [due.desired, group]
  const failures = failedLaunches(await account.groups.activities(name, { maxAge: 15_000 }), {
    from: occurrence.outAt,
    to: now,
  })
  if (desired < wanted) return reason('event_not_out', { group: name, desired, wanted, aws: failures.aws })
  const sick = [...fleet.targets.values()]
    .flat()
    .find(({ state }) => state !== 'healthy' && state !== 'draining')
  const because = failures.aws === undefined ? sick?.reason : undefined
  return reason('event_behind', { group: name, healthy, wanted, because, aws: failures.aws })
}
