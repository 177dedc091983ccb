import { isLaunch, launchHookNames } from '../../domain/fleet/launch-hooks'
import type { Activity } from '../../domain/fleet/fleet'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { Instant } from '../../domain/time/time'
import type { Plan } from '../../domain/operation/plan'
import type { PlanContext } from '../plan-context'

/** So many launches in a row that failed are no bad luck. */
const consecutiveFailures = 3

/** AWS's words for a launch whose lifecycle action nobody completed in its time. */
const hookTimedOut = 'abandoned: Heartbeat Timeout'

/**
 * A launch whose instance died while it was pending, or that a hook abandoned, is Cancelled and says why; one that
 * somebody called off says nothing.
 */
const hasFailed = ({ status, message }: Activity): boolean =>
  status === 'Failed' || (status === 'Cancelled' && message !== undefined)

/**
 * Why launches fail, when they do: AWS tells it in the scaling activities alone. To be asked while instances
 * are missing; `since` is when the operation began to need them.
 */
export const launchFailure = async (
  { account, plan }: Pick<PlanContext, 'account'> & { readonly plan?: Plan },
  group: string,
  since: Instant,
): Promise<Reason | undefined> => {
  const activities = await account.groups.activities(group, { maxAge: 15_000 })
  const launches = activities.filter((activity) => activity.startedAt >= since && isLaunch(activity))
  const timedOut = launches.find(({ message }) => message?.includes(hookTimedOut))
  if (timedOut) {
    const [instance] = /i-[0-9a-f]+/.exec(timedOut.description) ?? []
    const hooks = launchHookNames(plan, group)
    const aws = timedOut.message
    return reason('hook_waits', { group, hooks, instances: instance === undefined ? [] : [instance], aws })
  }
  const ended = launches.filter((activity) => activity.status === 'Successful' || hasFailed(activity))
  const failures = ended.slice(0, consecutiveFailures)
  if (failures.length < consecutiveFailures || !failures.every(hasFailed)) return undefined
  const aws = failures[0]?.message ?? failures[0]?.description ?? ''
  const capacityShort =
    /InsufficientInstanceCapacity|sufficient .* capacity|LimitExceeded|free addresses/i.test(aws)
  return reason(capacityShort ? 'capacity_short' : 'launch_failed', { group, aws })
}
