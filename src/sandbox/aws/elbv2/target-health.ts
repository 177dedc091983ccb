import { answers } from '../ec2/launch'
import type { Simulation } from '../engine/simulation'
import type { Instance } from '../ec2/state'
import type { Target, TargetGroup, TargetState } from './state'
import { inUse } from './routing'

/**
 * The states a target goes through, as documented in "Health checks for your target groups": a new target needs
 * one success, an unhealthy one as many as the healthy threshold; one that leaves drains for the whole
 * deregistration delay; a target group that no listener forwards to is unused.
 */
export function watchTargets(sim: Simulation): void {
  sim.on('instance', (instance) => {
    for (const targetGroup of sim.world.targetGroups.values())
      for (const target of targetGroup.targets.values())
        if (target.instance === instance.id) followInstance(sim, targetGroup, target, instance)
  })
  sim.on('routing', () => {
    for (const targetGroup of sim.world.targetGroups.values()) {
      const used = inUse(sim.world, targetGroup.arn)
      for (const target of targetGroup.targets.values())
        if (target.state !== 'draining' && used === (target.reason === 'Target.NotInUse'))
          begin(sim, targetGroup, target)
    }
  })
}

export const targetKey = (instance: string, port: number) => `${instance}:${port}`

export function registerTarget(
  sim: Simulation,
  targetGroup: TargetGroup,
  instance: string,
  port?: number,
): void {
  const at = port ?? targetGroup.shape.Port ?? 80
  const before = targetGroup.targets.get(targetKey(instance, at))
  if (before && before.state !== 'draining') return
  const target: Target = before ?? { instance, port: at, state: 'unused', generation: 0 }
  targetGroup.targets.set(targetKey(instance, at), target)
  begin(sim, targetGroup, target)
}

/** Lets a target go. It drains for the deregistration delay, connections or none; one that got nothing goes at once. */
export function deregisterTarget(sim: Simulation, targetGroup: TargetGroup, key: string): void {
  const target = targetGroup.targets.get(key)
  if (!target || target.state === 'draining') return
  const drainsFor = target.state === 'unused' ? 0 : drainTime(targetGroup)
  move(
    sim,
    targetGroup,
    target,
    'draining',
    'Target.DeregistrationInProgress',
    'Target deregistration is in progress',
  )
  const gone = () => {
    targetGroup.targets.delete(key)
    sim.emit('target', targetGroup, target)
  }
  if (drainsFor === 0) gone()
  else {
    const { generation } = target
    sim.afterTimed('drain', target.instance, drainsFor, () => {
      if (target.generation === generation) gone()
    })
  }
}

/** Milliseconds. */
const drainTime = (targetGroup: TargetGroup) =>
  Number(targetGroup.attributes.get('deregistration_delay.timeout_seconds') ?? 300) * 1000

function begin(sim: Simulation, targetGroup: TargetGroup, target: Target): void {
  if (!inUse(sim.world, targetGroup.arn)) {
    const words = 'Target group is not configured to receive traffic from the load balancer'
    move(sim, targetGroup, target, 'unused', 'Target.NotInUse', words)
    return
  }
  const instance = sim.world.instances.get(target.instance)
  if (!instance || instance.state !== 'running') {
    refuseState(sim, targetGroup, target, instance)
    return
  }
  move(
    sim,
    targetGroup,
    target,
    'initial',
    'Elb.RegistrationInProgress',
    'Target registration is in progress',
  )
  const from = sim.now
  const registered = sim.draw('targetRegistration')
  const checked = sim.draw('firstCheck')
  later(sim, target, registered, () => {
    target.reason = 'Elb.InitialHealthChecking'
    target.description = 'Initial health checks in progress'
    later(sim, target, checked - registered, () => {
      if (up(sim, target)) {
        sim.record('health', target.instance, from)
        move(sim, targetGroup, target, 'healthy')
      } else fail(sim, targetGroup, target)
    })
  })
}

/** An application that ceases to answer is unhealthy after so many checks, and one that answers again healthy. */
function followInstance(sim: Simulation, targetGroup: TargetGroup, target: Target, instance: Instance): void {
  if (target.state === 'draining') return
  if (instance.state === 'terminated') {
    targetGroup.targets.delete(targetKey(target.instance, target.port))
    sim.emit('target', targetGroup, target)
  } else if (instance.state !== 'running') refuseState(sim, targetGroup, target, instance)
  else if (target.state === 'unused') begin(sim, targetGroup, target)
  else if (target.state === 'healthy') {
    if (!up(sim, target)) fail(sim, targetGroup, target)
  } else if (target.state === 'unhealthy' && up(sim, target))
    later(sim, target, checks(targetGroup, 'HealthyThresholdCount', 5), () => {
      if (up(sim, target)) move(sim, targetGroup, target, 'healthy')
    })
}

function fail(sim: Simulation, targetGroup: TargetGroup, target: Target): void {
  later(sim, target, checks(targetGroup, 'UnhealthyThresholdCount', 2), () => {
    if (up(sim, target)) move(sim, targetGroup, target, 'healthy')
    else move(sim, targetGroup, target, 'unhealthy', 'Target.FailedHealthChecks', 'Health checks failed')
  })
}

function refuseState(
  sim: Simulation,
  targetGroup: TargetGroup,
  target: Target,
  instance: Instance | undefined,
): void {
  const words = `Target is in the ${instance?.state ?? 'terminated'} state`
  if (target.state === 'healthy')
    target.routedUntil = sim.now + checks(targetGroup, 'UnhealthyThresholdCount', 2)
  move(sim, targetGroup, target, 'unused', 'Target.InvalidState', words)
}

const up = (sim: Simulation, target: Target) => answers(sim.world.instances.get(target.instance), sim.now)

/** How long this many checks take, in milliseconds. */
function checks(
  targetGroup: TargetGroup,
  count: 'HealthyThresholdCount' | 'UnhealthyThresholdCount',
  usual: number,
) {
  return (targetGroup.shape.HealthCheckIntervalSeconds ?? 30) * (targetGroup.shape[count] ?? usual) * 1000
}

/** Does something to a target later, unless it has moved on by then. */
function later(sim: Simulation, target: Target, milliseconds: number, event: () => void): void {
  target.generation += 1
  const { generation } = target
  sim.after(milliseconds, () => {
    if (target.generation === generation) event()
  })
}

function move(
  sim: Simulation,
  targetGroup: TargetGroup,
  target: Target,
  state: TargetState,
  reason?: string,
  description?: string,
): void {
  target.generation += 1
  if (state === 'healthy') target.slowStart = slowStartOf(targetGroup, target, sim.now)
  else delete target.slowStart
  target.state = state
  target.reason = reason
  target.description = description
  sim.emit('target', targetGroup, target)
}

/**
 * A target that becomes healthy starts slowly where its group says so, but not where no healthy one that started
 * already could take the rest. aws: Application Load Balancers, "Slow start mode".
 */
function slowStartOf(targetGroup: TargetGroup, target: Target, now: number): Target['slowStart'] {
  const seconds = Number(targetGroup.attributes.get('slow_start.duration_seconds') ?? 0)
  const started = [...targetGroup.targets.values()].some(
    (other) => other !== target && other.state === 'healthy' && (other.slowStart?.until ?? 0) <= now,
  )
  return seconds > 0 && started ? { from: now, until: now + seconds * 1000 } : undefined
}
