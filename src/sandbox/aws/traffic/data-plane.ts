import { seededRandom } from '../engine/random'
import type { Simulation } from '../engine/simulation'
import type { LoadBalancer, TargetGroup } from '../elbv2/state'
import type { Instance } from '../ec2/state'
import { drawLatency, versionOf } from './application'
import { type ClientAnswer, fixedResponse, fromInstance, redirect, refusal } from './answers'
import { Balancer } from './balancer'
import type { Candidate } from './candidates'
import type { Capacity } from './capacity'
import { bind } from './cookies'
import { type Loss, type Outcome, statusOf } from './outcomes'
import { actionFor, type ClientRequest, listenerOf } from './rules'

/** One request that a target works on. */
interface InFlight {
  readonly targetGroup: string
  readonly key: string
  readonly instance: string
  /** Ends it without an answer of the application. */
  readonly cut: () => void
}

/**
 * The load balancers as clients meet them, request by request: rules, weights and stickiness choose a target, whose
 * application takes its simulated time; a request that its target cannot finish is cut.
 */
export class DataPlane {
  private readonly balancers = new Map<string, Balancer>()
  private readonly inFlight = new Set<InFlight>()
  /** Of its own, so that customers do not change what AWS draws. */
  private readonly chance = seededRandom(7)

  constructor(
    private readonly sim: Simulation,
    private readonly capacity: Capacity,
    private readonly record: (outcome: Outcome) => void,
  ) {
    sim.on('target', (targetGroup, target) => {
      // aws: "Troubleshoot …", HTTP 502: "The deregistration delay period elapsed for a request being handled by a
      // target that was deregistered."
      for (const request of this.inFlight)
        if (
          request.targetGroup === targetGroup.arn &&
          request.instance === target.instance &&
          !targetGroup.targets.has(request.key)
        )
          request.cut()
    })
    sim.on('instance', (instance) => {
      if (instance.state === 'running' || instance.state === 'pending') return
      for (const request of this.inFlight) if (request.instance === instance.id) request.cut()
    })
  }

  /** Answers one request as this load balancer would. `prefix` is the path that its cookies are for. */
  async answer(
    loadBalancer: LoadBalancer,
    port: number | undefined,
    request: ClientRequest,
    prefix = '/',
  ): Promise<ClientAnswer> {
    const listener = listenerOf(this.sim.world, loadBalancer, port)
    const action = listener && actionFor(this.sim.world, listener, request)
    if (!action || action.Type === 'fixed-response' || action.Type === 'redirect') {
      this.record({ loadBalancer: loadBalancer.arn, count: 1, result: 'balancer' })
      if (action?.FixedResponseConfig) return fixedResponse(action.FixedResponseConfig)
      if (action?.RedirectConfig) return redirect(action.RedirectConfig, request)
      return refusal(503)
    }
    const chosen = this.balancerOf(loadBalancer).choose(this.sim, action, request.cookies)
    const cookies = chosen.bonds.flatMap(({ cookie, to, seconds }) =>
      bind(cookie, { to, until: this.sim.now + seconds * 1000 }, { path: prefix, realNow: Date.now() }),
    )
    const { targetGroup, candidate } = chosen
    const where = { loadBalancer: loadBalancer.arn, targetGroup: targetGroup?.arn }
    if (!targetGroup || !candidate?.instance) {
      const loss = candidate ? 'dead-instance' : 'no-target'
      this.record({ ...where, count: 1, result: loss })
      return refusal(statusOf[loss], cookies)
    }
    const answer = await this.ask(loadBalancer, targetGroup, candidate, candidate.instance, request)
    const { instance, latency, loss, status } = answer
    this.record({
      ...where,
      instance: instance.id,
      zone: instance.zone,
      version: versionOf(this.sim.world, instance),
      count: 1,
      result: loss ?? (status < 500 ? '2xx' : '5xx'),
      ...(loss ? {} : { latency }),
    })
    if (loss) return refusal(statusOf[loss], cookies)
    return fromInstance(this.sim.world, instance, { status, cookies, request })
  }

  private balancerOf(loadBalancer: LoadBalancer): Balancer {
    let balancer = this.balancers.get(loadBalancer.arn)
    if (!balancer) {
      balancer = new Balancer(loadBalancer, (targetGroup, key) => this.outstanding(targetGroup, key))
      this.balancers.set(loadBalancer.arn, balancer)
    }
    return balancer
  }

  private outstanding(targetGroup: TargetGroup, key: string): number {
    let count = 0
    for (const one of this.inFlight) if (one.targetGroup === targetGroup.arn && one.key === key) count += 1
    return count
  }

  /** Has a target's application answer, in simulated time. `?delay=` seconds make it think longer. */
  private ask(
    loadBalancer: LoadBalancer,
    targetGroup: TargetGroup,
    candidate: Candidate,
    instance: Instance,
    request: ClientRequest,
  ): Promise<{ instance: Instance; latency: number; status: number; loss?: Loss }> {
    const { sim } = this
    if (!candidate.answers)
      return Promise.resolve({ instance, latency: 0, status: 502, loss: 'dead-instance' })
    const fault = sim.faults.applicationOf(sim.world, instance.imageId)
    const asked = Math.min(3600, Math.max(0, Number(request.query.get('delay')) || 0)) * 1000
    const waits = sim.faults.dependencyDelay(loadBalancer.shape.LoadBalancerName ?? '') + asked
    const pressure = this.capacity.pressureOn(instance)
    const latency = drawLatency(this.chance, fault.latency * pressure.factor, waits + pressure.delay)
    this.capacity.note(instance)
    const status = this.chance() < fault.errors ? 500 : 200
    const idle = Number(loadBalancer.attributes.get('idle_timeout.timeout_seconds') ?? 60) * 1000
    return new Promise((resolve) => {
      const end = (loss?: Loss) => {
        this.inFlight.delete(entry)
        done.cancel()
        resolve({ instance, latency, status, ...(loss && { loss }) })
      }
      const entry: InFlight = {
        targetGroup: targetGroup.arn,
        key: candidate.key,
        instance: instance.id,
        cut: () => end('cut'),
      }
      this.inFlight.add(entry)
      const done = sim.clock.at(sim.now + Math.min(latency, idle), () =>
        end(latency > idle ? 'too-slow' : undefined),
      )
    })
  }
}
