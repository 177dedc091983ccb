import { type Reason, reason } from '../../domain/reasons'
import type { Instant } from '../../domain/time'
import type { Context } from '../context'

/** So many launches in a row that failed are no bad luck. */
const enough = 3

/**
 * Why launches fail, when they do: AWS tells it in the scaling activities alone. To be asked while instances
 * are missing; `since` is when the operation began to need them.
 */
export const launchFailure = async (
  context: Context,
  group: string,
  since: Instant,
): Promise<Reason | undefined> => {
  const activities = await context.account.groups.activities(group, { maxAge: 15_000 })
  const launches = activities.filter(
    (activity) =>
      activity.startedAt >= since && activity.description.startsWith('Launching a new EC2 instance'),
  )
  const ended = launches.filter(({ status }) => status === 'Failed' || status === 'Successful')
  const failures = ended.slice(0, enough)
  if (failures.length < enough || failures.some(({ status }) => status !== 'Failed')) return undefined
  const aws = failures[0]?.message ?? failures[0]?.description ?? ''
  const short = /InsufficientInstanceCapacity|sufficient .* capacity|LimitExceeded|free addresses/i.test(aws)
  return reason(short ? 'capacity_short' : 'launch_failed', { group, aws })
}
