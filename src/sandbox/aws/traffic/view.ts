import type { TallyView, TrafficView } from '../../protocol'
import type { World } from '../world'
import { versionOf } from './application'
import type { Capacity } from './capacity'
import type { Demand } from './demand'
import type { Ledger } from './ledger'
import type { Tally } from './tally'

/** What customers see, as the control routes and the page tell it. */
export function trafficView(
  world: World,
  now: number,
  from: {
    readonly ledger: Ledger
    readonly capacity: Capacity
    readonly demandOf: (loadBalancer: string) => Demand
  },
): TrafficView {
  return {
    now,
    loadBalancers: [...world.loadBalancers.values()].map((one) => {
      const account = from.ledger.accountOf(one.arn)
      const recent = account.recent(now)
      return {
        loadBalancer: one.shape.LoadBalancerName ?? '',
        path: `/_lb/${one.shape.LoadBalancerName ?? ''}/`,
        ...from.demandOf(one.arn),
        ...tallyView(account.all),
        versions: [...account.versions].map(([version, tally]) => ({ version, ...tallyView(tally) })),
        recent: {
          seconds: recent.seconds,
          ...tallyView(recent.all),
          versions: [...recent.versions].map(([version, tally]) => ({ version, ...tallyView(tally) })),
          instances: [...recent.instances].map(([instance, tally]) => {
            const found = world.instances.get(instance)
            return {
              instance,
              version: found ? versionOf(world, found) : '',
              cpu: found ? Math.round(from.capacity.cpuOf(found)) : 0,
              share: tally.requests / Math.max(1, recent.all.requests),
              ...tallyView(tally),
            }
          }),
        },
      }
    }),
  }
}

function tallyView(tally: Tally): TallyView {
  const [p50, p99] = [tally.times.quantile(0.5), tally.times.quantile(0.99)]
  return {
    requests: Math.round(tally.requests),
    succeeded: Math.round(tally.succeeded),
    target4xx: Math.round(tally.target4xx),
    target5xx: Math.round(tally.target5xx),
    balancer5xx: Math.round(tally.balancer5xx),
    lost: Math.ceil(tally.lost),
    lostBy: Object.fromEntries(tally.lostBy),
    ...(p50 === undefined ? {} : { p50: Math.round(p50) }),
    ...(p99 === undefined ? {} : { p99: Math.round(p99) }),
  }
}
