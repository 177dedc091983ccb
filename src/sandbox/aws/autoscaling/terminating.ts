import { terminateInstance } from '../ec2/launch'
import type { Simulation } from '../engine/simulation'
import type { Activity, Group, Member } from './state'
import { beginActivity, endActivity, showProgress } from './activities'
import { deregisterMember } from './attachments'
import { isWarmed } from './common'
import { dropTrackingAlarms } from './tracking-alarms'
import { holdForHooks } from './waits'

/**
 * Takes a member out of service for good: out of its target groups, which drain; then its hooks; then the instance
 * ends, and the member is gone. `force` skips draining and hooks.
 */
export function retire(
  sim: Simulation,
  group: Group,
  member: Member,
  cause: string,
  { force = false } = {},
): Activity {
  endActivity(sim, group, member.activity, 'Cancelled')
  const activity = beginActivity(sim, group, {
    description: `Terminating EC2 instance: ${member.id}`,
    cause,
    status: 'InProgress',
    progress: 0,
    subnet: sim.world.instances.get(member.id)?.subnet,
  })
  member.lifecycle = isWarmed(member) ? 'Warmed:Terminating' : 'Terminating'
  member.activity = activity.id
  member.waits = []
  delete member.awaitingReplacement
  if (force) {
    endInstance(sim, group, member)
    return activity
  }
  deregisterMember(sim, group, member, () => {
    if (member.activity !== activity.id || !member.lifecycle.endsWith('Terminating')) return
    activity.description = `Terminating EC2 instance: ${member.id}`
    if (!holdForHooks(sim, group, member, 'autoscaling:EC2_INSTANCE_TERMINATING'))
      endInstance(sim, group, member)
  })
  if (drains(sim, group, member)) {
    activity.description = `Terminating EC2 instance: ${member.id} - Waiting For ELB connection draining.`
    showProgress(group, activity.id, 'WaitingForELBConnectionDraining', 60)
  }
  return activity
}

const drains = (sim: Simulation, group: Group, member: Member) =>
  group.attachments.some((attachment) =>
    [...(sim.world.targetGroups.get(attachment.arn)?.targets.values() ?? [])].some(
      (target) => target.instance === member.id && target.state === 'draining',
    ),
  )

/** Ends a leaving member's instance. */
export function endInstance(sim: Simulation, group: Group, member: Member): void {
  const instance = sim.world.instances.get(member.id)
  showProgress(group, member.activity, 'InProgress', 80)
  if (instance && instance.state !== 'terminated') terminateInstance(sim, instance)
  else memberGone(sim, group, member)
}

/** A leaving member's instance has ended. */
export function memberGone(sim: Simulation, group: Group, member: Member): void {
  group.members.delete(member.id)
  endActivity(sim, group, member.activity)
  if (group.deleting && group.members.size === 0) removeGroup(sim, group)
  else sim.emit('group', group)
}

/** Takes an empty group out of the world, with what AWS made for its policies. */
export function removeGroup(sim: Simulation, group: Group): void {
  for (const { Alarms = [] } of group.policies.values()) dropTrackingAlarms(sim, Alarms)
  sim.world.groups.delete(group.name)
}
