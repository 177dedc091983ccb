import { merged } from '../../domain/analysis/minutes'
import type { TrafficMinute } from '../../domain/analysis/traffic'
import type { Checks } from '../../domain/catalogue/catalogue'
import type { Account } from '../../ports/account'
import type { Freshness } from '../../ports/freshness'
import type { TrafficSource } from '../../ports/metrics'
import type { Result } from '../../domain/result'
import { checkedRead } from '../checked-read'

/** Only Application Load Balancers tell of requests and answers. */
const tellsOfRequests = (loadBalancer: string): boolean => loadBalancer.includes(':loadbalancer/app/')

/**
 * Where the traffic of target groups is told. One that no load balancer forwards to yet will be told beside the others: at
 * the load balancers `beside`, and nowhere as long as it gets none.
 */
export const trafficSources = async (
  { traffic }: Pick<Account, 'traffic'>,
  targetGroups: readonly string[],
  checks: Checks,
  beside: readonly TrafficSource[] = [],
): Promise<readonly TrafficSource[]> => {
  if (!checks.errors && !checks.latency) return []
  const others = [...new Set(beside.map(({ loadBalancer }) => loadBalancer))]
  const found = await Promise.all(
    targetGroups.map(async (targetGroup) => {
      const own = await traffic.loadBalancers(targetGroup)
      return (own.length > 0 ? own : others).filter(tellsOfRequests).map((loadBalancer) => ({
        loadBalancer,
        targetGroup,
        ...(checks.latency && { percentile: checks.latency.percentile }),
      }))
    }),
  )
  return found.flat()
}

/** The traffic of one side, by the minute. What AWS does not tell is no data, and never a reason to go back. */
export const readTraffic = (
  { metrics }: Pick<Account, 'metrics'>,
  sources: readonly TrafficSource[],
  freshness: Freshness,
): Promise<Result<readonly TrafficMinute[]>> =>
  checkedRead(async () =>
    merged(await Promise.all(sources.map((source) => metrics.traffic(source, freshness)))),
  )

/** Which of the alarms ring now, and which CloudWatch does not know. */
export const readAlarms = ({ alarms }: Pick<Account, 'alarms'>, names: readonly string[]) =>
  checkedRead(async () => {
    if (names.length === 0) return { ringing: [], unknown: [] }
    const states = await alarms.states(names)
    return {
      ringing: names.filter((name) => states.get(name) === 'ALARM'),
      unknown: names.filter((name) => !states.has(name)),
    }
  })
