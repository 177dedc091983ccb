import { seededRandom } from '../engine/random'
import type { Simulation } from '../engine/simulation'
import type { LoadBalancer } from '../elbv2/state'
import type { Instance } from '../ec2/state'
import { normal, versionOf } from './application'
import type { Capacity } from './capacity'
import { type Demand, rateAt } from './demand'
import { type Flow, Flows } from './flows'
import { meanBeyond, type Slice, slicesOf } from './histogram'
import type { Loss, Outcome } from './outcomes'
import { type Share, sharesOf } from './shares'

/** A step of the model, in simulated milliseconds. */
const step = 1000

/**
 * Customers by rate: not one by one, but so many a second and target. Counts are whole numbers; a request in flight is
 * lost where the answer would have come after the deregistration delay or the end of its instance.
 */
export class Customers {
  private readonly demands = new Map<string, Demand>()
  private readonly flows: Flows
  /** Parts of requests that were not whole in former steps. */
  private readonly rests = new Map<string, number>()
  /** Of its own, so that customers do not change what AWS draws. */
  private readonly chance = seededRandom(11)
  private started = false

  constructor(
    private readonly sim: Simulation,
    private readonly capacity: Capacity,
    private readonly record: (outcome: Outcome) => void,
  ) {
    this.flows = new Flows(sim, (key, flow, count) => this.cut(key, flow, count))
  }

  /** Sets the customers of a load balancer, by ARN; the steps begin with the first of them. */
  set(loadBalancer: string, demand: Demand): void {
    this.demands.set(loadBalancer, demand)
    this.start()
  }

  /** Whether a load balancer was ever given customers; none at all count too. */
  has(loadBalancer: string): boolean {
    return this.demands.has(loadBalancer)
  }

  of(loadBalancer: string): Demand {
    return this.demands.get(loadBalancer) ?? { requestsPerSecond: 0, curve: 'flat' }
  }

  /** Lets instances work and rest from now on. */
  start(): void {
    if (this.started) return
    this.started = true
    this.stepAt(this.sim.now + step)
  }

  /** Steps are due at even intervals, though a busy machine may come to them late: none is left out. */
  private stepAt(due: number): void {
    // Not by `sim.after`: nothing of AWS changes here.
    this.sim.clock.at(due, () => {
      this.tick()
      this.stepAt(due + step)
    })
  }

  private tick(): void {
    const busy = new Set<string>()
    const flows = new Map<string, Flow>()
    for (const loadBalancer of this.sim.world.loadBalancers.values()) this.serve(loadBalancer, busy, flows)
    this.flows.renew(flows)
    this.capacity.rest(busy, this.sim.world.instances)
  }

  private serve(loadBalancer: LoadBalancer, busy: Set<string>, flows: Map<string, Flow>): void {
    const { sim } = this
    const name = loadBalancer.shape.LoadBalancerName ?? ''
    const rate = rateAt(this.of(loadBalancer.arn), sim.now) * sim.faults.burst(name)
    if (loadBalancer.state !== 'active') return
    const wanted = rate * (step / 1000)
    const count = wanted > 0 ? Math.max(0, wanted + normal(this.chance) * Math.sqrt(wanted)) : 0
    const shares = sharesOf(sim, loadBalancer)
    if (!shares) {
      const whole = this.whole(loadBalancer.arn, count)
      if (whole > 0) this.record({ loadBalancer: loadBalancer.arn, count: whole, result: 'balancer' })
      return
    }
    const delay = sim.faults.dependencyDelay(name)
    for (const share of shares) this.send(loadBalancer, share, count * share.part, delay, busy, flows)
  }

  private send(
    loadBalancer: LoadBalancer,
    { targetGroup, candidate }: Share,
    count: number,
    delay: number,
    busy: Set<string>,
    flows: Map<string, Flow>,
  ): void {
    const { sim } = this
    const key = `${loadBalancer.arn} ${targetGroup?.arn ?? ''} ${candidate?.key ?? ''}`
    const whole = this.whole(key, count)
    const where = { loadBalancer: loadBalancer.arn, targetGroup: targetGroup?.arn }
    const instance = candidate?.instance
    if (!targetGroup || !candidate || !instance || !candidate.answers) {
      const result = instance ? 'dead-instance' : 'no-target'
      if (whole > 0) this.record({ ...where, ...who(sim, instance), count: whole, result })
      return
    }
    busy.add(instance.id)
    const fault = sim.faults.applicationOf(sim.world, instance.imageId)
    const handled = this.capacity.handle(instance, whole, step / 1000, { latency: fault.latency, delay })
    const { times } = handled
    flows.set(key, {
      loadBalancer: loadBalancer.arn,
      targetGroup,
      target: candidate.target,
      instance,
      perSecond: count / (step / 1000),
      times,
    })
    if (whole === 0) return
    const its = { ...where, ...who(sim, instance) }
    const slices = slicesOf(times)
    const told = (result: Outcome['result'], number: number, latency?: readonly Slice[]) => {
      if (number > 0) this.record({ ...its, count: number, result, ...(latency && { latency }) })
    }
    const idle = Number(loadBalancer.attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1000
    const late = meanBeyond(times, idle).share * handled.answered
    const slow = Math.round(late)
    const failed = this.binomial(handled.answered - slow, fault.errors)
    told('overloaded', handled.refused)
    told('too-slow', slow)
    told('5xx', failed, slices)
    told('2xx', handled.answered - slow - failed, slices)
  }

  /** A flow has ended with so many requests in flight. */
  private cut(key: string, flow: Flow, inFlight: number): void {
    const count = this.whole(`${key} cut`, inFlight)
    if (count === 0) return
    const loss: Loss = 'cut'
    this.record({
      loadBalancer: flow.loadBalancer,
      targetGroup: flow.targetGroup.arn,
      ...who(this.sim, flow.instance),
      count,
      result: loss,
    })
  }

  /** A whole number of requests; what is left counts the next time. */
  private whole(key: string, count: number): number {
    const sum = count + (this.rests.get(key) ?? 0)
    const whole = Math.floor(sum)
    this.rests.set(key, sum - whole)
    return whole
  }

  /** How many of so many happen, each with this probability. */
  private binomial(count: number, probability: number): number {
    if (probability <= 0 || count <= 0) return 0
    const mean = count * probability
    if (count > 50) {
      const drawn = mean + normal(this.chance) * Math.sqrt(mean * (1 - probability))
      return Math.min(count, Math.max(0, Math.round(drawn)))
    }
    let happened = 0
    for (let at = 0; at < count; at += 1) if (this.chance() < probability) happened += 1
    return happened
  }
}

const who = (sim: Simulation, instance: Instance | undefined) =>
  instance && { instance: instance.id, zone: instance.zone, version: versionOf(sim.world, instance) }
