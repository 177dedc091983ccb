import type { Instance } from '../ec2/state'
import { answers } from '../ec2/launch'
import type { LoadBalancer, Target, TargetGroup } from '../elbv2/state'
import { targetKey } from '../elbv2/target-health'
import type { View } from '../engine/simulation'

/** A target that new requests may be sent to. */
export interface Candidate {
  readonly key: string
  readonly target: Target
  readonly instance: Instance | undefined
  /** Its part beside the others': 1, less while it starts slowly. */
  readonly weight: number
  /** Whether its application takes connections now. */
  readonly answers: boolean
}

/** What a target group offers to new requests. */
export interface Candidates {
  readonly list: readonly Candidate[]
  /** The healthy ones are fewer than the group's threshold, so that the unhealthy ones get requests too. */
  readonly failsOpen: boolean
}

/**
 * The targets of a group that a load balancer sends new requests to, in the zones that it is enabled in: the
 * healthy ones, or all that are registered where too few are healthy. Those that drain get none.
 * aws: Application Load Balancers, "Target group health", routing failover; "Registered targets"; "Slow start mode".
 */
export function candidatesOf(
  { world, now }: View,
  loadBalancer: LoadBalancer,
  targetGroup: TargetGroup,
  zone?: string,
): Candidates {
  const zones = new Set(loadBalancer.subnets.map((subnet) => world.subnets.get(subnet)?.zone))
  const reachable = [...targetGroup.targets.values()].filter((target) => {
    if (target.state === 'draining') return false
    if (target.state === 'unused' && !stillRouted(target, now)) return false
    const at = world.instances.get(target.instance)?.zone
    return at === undefined || (zone === undefined ? zones.has(at) : at === zone)
  })
  const healthy = reachable.filter((target) => target.state === 'healthy' || stillRouted(target, now))
  const failsOpen = reachable.length > 0 && tooFew(targetGroup, healthy.length, reachable.length)
  const list = (failsOpen ? reachable : healthy).map((target) => {
    const instance = world.instances.get(target.instance)
    return {
      key: targetKey(target.instance, target.port),
      target,
      instance,
      weight: slowStartWeight(target, now),
      answers: answers(instance, now),
    }
  })
  return { list, failsOpen }
}

/** A target that died while it was healthy gets requests until the health checks have noticed. */
const stillRouted = (target: Target, now: number) => (target.routedUntil ?? 0) > now

function tooFew(targetGroup: TargetGroup, healthy: number, registered: number): boolean {
  const setting = (name: string) =>
    Number(
      targetGroup.attributes.get(
        `target_group_health.unhealthy_state_routing.minimum_healthy_targets.${name}`,
      ),
    )
  const [count, percentage] = [setting('count'), setting('percentage')]
  return (
    (Number.isFinite(count) && healthy < count) ||
    (Number.isFinite(percentage) && healthy * 100 < percentage * registered)
  )
}

/** "The load balancer linearly increases the number of requests that it can send to a target in slow start mode." */
function slowStartWeight({ slowStart }: Target, now: number): number {
  if (!slowStart || now >= slowStart.until) return 1
  return Math.max(0.01, (now - slowStart.from) / (slowStart.until - slowStart.from))
}

/** Whether each load balancer node sends to the targets of all zones. An ALB does, unless a target group says no. */
export const crossesZones = (targetGroup: TargetGroup) =>
  targetGroup.attributes.get('load_balancing.cross_zone.enabled') !== 'false'
