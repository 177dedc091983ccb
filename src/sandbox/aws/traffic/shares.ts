import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { LoadBalancer, TargetGroup } from '../elbv2/state'
import type { View } from '../engine/simulation'
import { type Candidate, candidatesOf, crossesZones } from './candidates'
import { actionFor, listenerOf, type ClientRequest } from './rules'

/** The part of a load balancer's requests that one target gets; no `candidate` where nobody takes them. */
export interface Share {
  readonly part: number
  readonly targetGroup?: TargetGroup
  readonly candidate?: Candidate
}

/** What an ordinary customer asks for. */
const ordinary = (loadBalancer: LoadBalancer): ClientRequest => ({
  method: 'GET',
  host: loadBalancer.shape.DNSName ?? '',
  path: '/',
  query: new URLSearchParams(),
  headers: new Map(),
  cookies: new Map(),
  sourceIp: '203.0.113.7',
})

/** How a load balancer spreads many ordinary requests over targets; undefined where it answers by itself. */
export function sharesOf(at: View, loadBalancer: LoadBalancer): Share[] | undefined {
  const listener = listenerOf(at.world, loadBalancer, undefined)
  const action = listener && actionFor(at.world, listener, ordinary(loadBalancer))
  if (action && action.Type !== 'forward') return undefined
  const shares = groupsOf(at, action).flatMap(({ part, targetGroup }) =>
    targetGroup ? withinGroup(at, loadBalancer, targetGroup, part) : [{ part }],
  )
  return shares.length > 0 ? shares : [{ part: 1 }]
}

function groupsOf({ world }: View, action: Action | undefined) {
  const tuples = action?.ForwardConfig?.TargetGroups ?? []
  const sum = tuples.reduce((total, { Weight = 1 }) => total + Weight, 0)
  return tuples
    .filter(({ Weight = 1 }) => Weight > 0)
    .map(({ TargetGroupArn = '', Weight = 1 }) => ({
      part: Weight / sum,
      targetGroup: world.targetGroups.get(TargetGroupArn),
    }))
}

/** Customers reach the nodes of all zones alike; where those cross zones, all targets get the same. */
function withinGroup(at: View, loadBalancer: LoadBalancer, targetGroup: TargetGroup, part: number): Share[] {
  const zones = crossesZones(targetGroup)
    ? [undefined]
    : loadBalancer.subnets.map((subnet) => at.world.subnets.get(subnet)?.zone)
  return zones.flatMap((zone) => {
    const here = part / zones.length
    const { list } = candidatesOf(at, loadBalancer, targetGroup, zone)
    const sum = list.reduce((total, { weight }) => total + weight, 0)
    if (sum === 0) return [{ part: here, targetGroup }]
    return list.map((candidate) => ({ part: (here * candidate.weight) / sum, targetGroup, candidate }))
  })
}
