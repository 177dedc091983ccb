import type { Instance } from '../ec2/state'
import type { Target, TargetGroup } from '../elbv2/state'
import type { Simulation } from '../engine/simulation'
import { meanBeyond, type Spread } from './histogram'

/** What flows to one target. */
export interface Flow {
  readonly loadBalancer: string
  readonly targetGroup: TargetGroup
  readonly target: Target
  readonly instance: Instance
  readonly perSecond: number
  readonly times: Spread
  /** When it began to drain, where it does. */
  drainsFrom?: number
}

/**
 * Where requests flow to. One in flight is lost where its answer would have come after the deregistration delay or the end
 * of its instance.
 */
export class Flows {
  private flows = new Map<string, Flow>()

  constructor(
    private readonly sim: Simulation,
    /** Told how many are cut of a flow that ends: a rate, and no whole number. */
    private readonly cutOff: (key: string, flow: Flow, count: number) => void,
  ) {
    sim.on('target', (targetGroup, target) => this.follow(targetGroup, target))
    sim.on('instance', (instance) => {
      if (instance.state === 'running' || instance.state === 'pending') return
      for (const [key, flow] of this.flows) if (flow.instance.id === instance.id) this.cut(key, flow)
    })
  }

  /** What flows from now on; what drains goes on beside it. */
  renew(flows: Map<string, Flow>): void {
    for (const [key, flow] of this.flows)
      if (flow.drainsFrom !== undefined && !flows.has(key)) flows.set(key, flow)
    this.flows = flows
  }

  /** A target that leaves ends its flow: at once where it is no longer registered, else when the delay is over. */
  private follow(targetGroup: TargetGroup, target: Target): void {
    for (const [key, flow] of this.flows) {
      if (flow.targetGroup !== targetGroup || flow.target !== target) continue
      if (![...targetGroup.targets.values()].includes(target)) this.cut(key, flow)
      else if (target.state === 'draining') flow.drainsFrom ??= this.sim.now
      else if (target.state === 'healthy') delete flow.drainsFrom
    }
  }

  /** Requests in flight whose answers would come later than now: the rate, times how much longer they take. */
  private cut(key: string, flow: Flow): void {
    this.flows.delete(key)
    const passed = flow.drainsFrom === undefined ? 0 : this.sim.now - flow.drainsFrom
    this.cutOff(key, flow, (flow.perSecond * meanBeyond(flow.times, passed).excess) / 1000)
  }
}
