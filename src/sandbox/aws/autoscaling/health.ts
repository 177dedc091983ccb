import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { validationError } from '../wire/error'
import type { Group, Member } from './state'
import type { Instance } from '../ec2/state'
import type { Target, TargetGroup } from '../elbv2/state'
import { settleAttachment } from './attachments'
import { isSuspended, membership, stamp } from './common'

export const healthHandlers = {
  SetInstanceHealth(sim, input) {
    const found = membership(sim.world, input.InstanceId)
    if (!found)
      throw validationError(
        `Instance Id not found - No managed instance found for instance ID ${input.InstanceId}`,
      )
    const { group, member } = found
    if (input.HealthStatus !== 'Healthy' && input.HealthStatus !== 'Unhealthy')
      throw validationError(`Health status ${input.HealthStatus} must be Healthy or Unhealthy`)
    const respects = input.ShouldRespectGracePeriod ?? true
    if (input.HealthStatus === 'Unhealthy' && respects && sim.now < member.graceUntil) return {}
    if (input.HealthStatus === 'Healthy') {
      member.health = 'Healthy'
      delete member.verdict
    } else condemn(sim, group, member, 'a user health-check.')
    return {}
  },
} satisfies AutoScalingHandlers

/** Lets groups notice what becomes of their instances and targets. */
export function watchHealth(sim: Simulation): void {
  sim.on('instance', (instance) => {
    if (instance.state === 'running' || instance.state === 'pending') return
    const found = membership(sim.world, instance.id)
    if (found) sim.after(sim.draw('healthVerdict'), () => examine(sim, found.group, found.member))
  })
  sim.on('target', (_targetGroup, target) => {
    const found = membership(sim.world, target.instance)
    if (!found) return
    settleAttachment(sim, found.group)
    if (target.state !== 'unhealthy') return
    const from = Math.max(sim.now + sim.draw('healthVerdict'), found.member.graceUntil)
    sim.at(from, () => examine(sim, found.group, found.member))
  })
  sim.on('member', (group, member) => examine(sim, group, member))
}

/** Looks at every member again: what was not to be noticed while the process was suspended is noticed now. */
export function examineAll(sim: Simulation, group: Group): void {
  for (const member of group.members.values()) examine(sim, group, member)
}

/**
 * Gives the group's verdict on a member in service. An instance that does not run is unhealthy at once; what load
 * balancers say counts after the grace period, once they are in service for the group; one of them suffices.
 */
function examine(sim: Simulation, group: Group, member: Member): void {
  if (group.members.get(member.id) !== member || isSuspended(group, 'HealthCheck')) return
  if (member.lifecycle !== 'InService' || member.health === 'Unhealthy') return
  const instance = sim.world.instances.get(member.id)
  if (!runs(instance))
    condemn(sim, group, member, 'an EC2 health check indicating it has been terminated or stopped.')
  else if (failsElb(sim, group, member)) {
    if (sim.now >= member.graceUntil) condemn(sim, group, member, 'an ELB system health check failure.')
    else sim.at(member.graceUntil, () => examine(sim, group, member))
  }
}

const runs = (instance: Instance | undefined) =>
  instance?.state === 'running' || instance?.state === 'pending'

function failsElb(sim: Simulation, group: Group, member: Member): boolean {
  if (!group.healthCheckType.includes('ELB')) return false
  return targetsOf(sim, group, member).some(({ target }) => target.state === 'unhealthy')
}

/** The targets of a member, in the target groups of its group. */
function targetsOf(sim: Simulation, group: Group, member: Member) {
  const found: { targetGroup: TargetGroup; target: Target }[] = []
  for (const { arn } of group.attachments) {
    const targetGroup = sim.world.targetGroups.get(arn)
    for (const target of targetGroup?.targets.values() ?? [])
      if (targetGroup && target.instance === member.id) found.push({ targetGroup, target })
  }
  return found
}

/** Whether a member in service counts as healthy: by EC2, and by ELB where the group asks it. */
export function isHealthy(sim: Simulation, group: Group, member: Member): boolean {
  if (member.lifecycle !== 'InService' || member.health !== 'Healthy') return false
  if (!runs(sim.world.instances.get(member.id))) return false
  if (!group.healthCheckType.includes('ELB')) return true
  if (!group.attachments.some(({ type }) => type === 'elbv2')) return true
  const targets = targetsOf(sim, group, member)
  return (
    targets.length > 0 &&
    targets.every(({ target }) => target.state === 'healthy' || target.reason === 'Target.NotInUse')
  )
}

function condemn(sim: Simulation, group: Group, member: Member, verdict: string): void {
  member.health = 'Unhealthy'
  member.verdict = `At ${stamp(sim.now)} an instance was taken out of service in response to ${verdict}`
  sim.emit('group', group)
}
