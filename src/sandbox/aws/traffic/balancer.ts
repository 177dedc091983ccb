import type { Action, TargetGroupTuple } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { LoadBalancer, TargetGroup } from '../elbv2/state'
import type { View } from '../engine/simulation'
import { type Candidate, candidatesOf, crossesZones } from './candidates'
import { boundTo } from './cookies'
import { Turns } from './turns'

/** Where a request goes, and the bonds that its answer makes; no `candidate` where nobody can take it. */
interface Choice {
  readonly targetGroup?: TargetGroup
  readonly candidate?: Candidate
  readonly bonds: readonly { readonly cookie: string; readonly to: string; readonly seconds: number }[]
}

/** One load balancer's choices: it remembers whose turn it is. */
export class Balancer {
  private readonly groupTurns = new Turns<string>()
  private readonly targetTurns = new Map<string, Turns<string>>()
  private nodes = 0

  constructor(
    private readonly loadBalancer: LoadBalancer,
    /** How many requests a target has in flight. */
    private readonly outstanding: (targetGroup: TargetGroup, key: string) => number,
  ) {}

  /** Chooses a target group by weight or by the client's bond, and in it a target. */
  choose(at: View, action: Action, cookies: ReadonlyMap<string, string>): Choice {
    const tuples = action.ForwardConfig?.TargetGroups ?? []
    const sticky = action.ForwardConfig?.TargetGroupStickinessConfig
    const bound = sticky?.Enabled ? boundTo(cookies, 'AWSALBTG', at.now) : undefined
    const tuple = tuples.find((one) => one.TargetGroupArn === bound) ?? this.byWeight(tuples)
    const targetGroup = at.world.targetGroups.get(tuple?.TargetGroupArn ?? '')
    if (!targetGroup) return { bonds: [] }
    const { candidate, bonds } = this.chooseTarget(at, targetGroup, cookies)
    const groupBond = { cookie: 'AWSALBTG', to: targetGroup.arn, seconds: sticky?.DurationSeconds ?? 3600 }
    return {
      targetGroup,
      ...(candidate && { candidate }),
      bonds: sticky?.Enabled ? [groupBond, ...bonds] : bonds,
    }
  }

  /** A weight of 0 gets none; an unhealthy group keeps its share, as AWS fails over to no other one. */
  private byWeight(tuples: readonly TargetGroupTuple[]): TargetGroupTuple | undefined {
    return this.groupTurns.next(
      tuples,
      (one) => one.TargetGroupArn ?? '',
      (one) => one.Weight ?? 1,
    )
  }

  private chooseTarget(
    at: View,
    targetGroup: TargetGroup,
    cookies: ReadonlyMap<string, string>,
  ): Pick<Choice, 'candidate' | 'bonds'> {
    const { list } = candidatesOf(at, this.loadBalancer, targetGroup, this.nodeZone(at, targetGroup))
    const stickiness = stickinessOf(targetGroup)
    const bound = stickiness && boundTo(cookies, stickiness.cookie, at.now)
    const candidate = list.find((one) => one.key === bound) ?? this.byAlgorithm(targetGroup, list)
    if (!candidate || !stickiness) return { ...(candidate && { candidate }), bonds: [] }
    return { candidate, bonds: [{ ...stickiness, to: candidate.key }] }
  }

  /** The zone of the node that a client reaches, where it sends to targets of its own zone alone. */
  private nodeZone({ world }: View, targetGroup: TargetGroup): string | undefined {
    if (crossesZones(targetGroup)) return undefined
    this.nodes += 1
    const { subnets } = this.loadBalancer
    return world.subnets.get(subnets[this.nodes % subnets.length] ?? '')?.zone
  }

  private byAlgorithm(targetGroup: TargetGroup, list: readonly Candidate[]): Candidate | undefined {
    const least = targetGroup.attributes.get('load_balancing.algorithm.type') === 'least_outstanding_requests'
    const busy = (one: Candidate) => this.outstanding(targetGroup, one.key)
    const fewest = least ? Math.min(...list.map(busy)) : 0
    const choices = least ? list.filter((one) => busy(one) === fewest) : list
    let turns = this.targetTurns.get(targetGroup.arn)
    if (!turns) this.targetTurns.set(targetGroup.arn, (turns = new Turns()))
    return turns.next(
      choices,
      (one) => one.key,
      (one) => one.weight,
    )
  }
}

/** The cookie that keeps a client on its target, and for how long; an application's cookie is made by none here. */
function stickinessOf({ attributes }: TargetGroup): { cookie: string; seconds: number } | undefined {
  if (attributes.get('stickiness.enabled') !== 'true') return undefined
  if (attributes.get('stickiness.type') !== 'lb_cookie') return undefined
  return { cookie: 'AWSALB', seconds: Number(attributes.get('stickiness.lb_cookie.duration_seconds')) }
}
