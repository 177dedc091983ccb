import { type Reason, reason } from '../../domain/reasons/reason'
import type { Instant } from '../../domain/time/time'
import type { PlanContext } from '../plan-context'

/** So many launches in a row that failed are no bad luck. */
const consecutiveFailures = 3

/**
 * Why launches fail, when they do: AWS tells it in the scaling activities alone. To be asked while instances
 * are missing; `since` is when the operation began to need them.
 */
export const launchFailure = async (
  { account }: Pick<PlanContext, 'account'>,
  group: string,
  since: Instant,
): Promise<Reason | undefined> => {
  const activities = await account.groups.activities(group, { maxAge: 15_000 })
  const launches = activities.filter(
    (activity) =>
      activity.startedAt >= since && activity.description.startsWith('Launching a new EC2 instance'),
  )
  const ended = launches.filter(({ status }) => status === 'Failed' || status === 'Successful')
  const failures = ended.slice(0, consecutiveFailures)
  if (failures.length < consecutiveFailures || failures.some(({ status }) => status !== 'Failed'))
    return undefined
  const aws = failures[0]?.message ?? failures[0]?.description ?? ''
  const capacityShort =
    /InsufficientInstanceCapacity|sufficient .* capacity|LimitExceeded|free addresses/i.test(aws)
  return reason(capacityShort ? 'capacity_short' : 'launch_failed', { group, aws })
}
