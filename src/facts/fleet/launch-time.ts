import { isLaunch } from '../../domain/fleet/launch-hooks'
import type { Milliseconds } from '../../domain/time/time'
import type { Account } from '../../ports/account'

/** So many of the newest launches tell how long one takes. */
const lookedAt = 10

/**
 * How long launches of a group took of late, until their instances were in service: the median. AWS's activity of a launch
 * goes on while lifecycle hooks hold the instance (API reference, Activity: StatusCode MidLifecycleAction), and is kept for
 * six weeks. Undefined where none tells.
 */
export const usualLaunchTime = async (
  { groups }: Pick<Account, 'groups'>,
  name: string,
): Promise<Milliseconds | undefined> => {
  const times = (await groups.activities(name))
    .filter((activity) => isLaunch(activity) && activity.status === 'Successful')
    .flatMap(({ startedAt, endedAt }) => (endedAt === undefined ? [] : [endedAt - startedAt]))
    .slice(0, lookedAt)
    .toSorted((a, b) => a - b)
  return times[Math.floor(times.length / 2)]
}
