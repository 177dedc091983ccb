import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { validationError } from '../wire/error'
import type { Activity, Group, Member } from './state'
import { beginActivity, describeActivity, endActivity } from './activities'
import { deregisterMember } from './attachments'
import { groupOf, isSuspended, stamp, unitsOf } from './common'
import { comeIntoService } from './launching'

const mostPerCall = 20

/**
 * What a member takes off the desired capacity, or adds to it. aws: EnterStandby ("decrement the desired capacity of the Auto
 * Scaling group by the number of instances moved to Standby mode"); of weights it says nothing.
 */
const counted = ({ world }: Simulation, members: readonly Member[]): number =>
  world.standbyCountsUnits ? unitsOf(members) : members.length

export const standbyHandlers = {
  /** Taken out of the target groups, which drain; then standby. Decrementing must leave the group at its minimum. */
  EnterStandby(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const members = membersOf(group, input.InstanceIds, (member) => {
      if (member.lifecycle !== 'InService')
        throw validationError(`The instance ${member.id} is not in InService.`)
    })
    const decrement = input.ShouldDecrementDesiredCapacity
    if (decrement && group.desired - counted(sim, members) < group.min)
      throw validationError(
        `AutoScalingGroup ${group.name} has min-size=${group.min}, max-size=${group.max}, and desired-size=${group.desired}. ` +
          `To place into standby ${members.length} instance${members.length === 1 ? '' : 's'}, please update the AutoScalingGroup sizes appropriately.`,
      )
    const activities = members.map((member, at) => {
      const from = group.desired
      if (decrement) group.desired -= counted(sim, [member])
      const shrinking = decrement ? `, shrinking the capacity from ${from} to ${group.desired}` : ''
      const activity = begin(sim, group, member, {
        description: `Moving EC2 instance to Standby: ${member.id}`,
        cause: `At ${stamp(sim.now)} instance ${member.id} was moved to standby in response to a user request${shrinking}.`,
        progress: 50,
      })
      return { activity, at }
    })
    for (const member of members) enter(sim, group, member)
    sim.emit('group', group)
    return { Activities: activities.map(({ activity }) => describeActivity(sim.world, activity)) }
  },

  /** Desired grows by as many; they keep their old template version and get their grace period anew. */
  ExitStandby(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const members = membersOf(group, input.InstanceIds, (member) => {
      if (member.lifecycle !== 'Standby')
        throw validationError(`The instance ${member.id} is not in Standby.`)
    })
    if (isSuspended(group, 'Launch'))
      throw validationError(
        `Cannot exit standby for group ${group.name} because the Launch process is suspended.`,
      )
    if (group.desired + counted(sim, members) > group.max)
      throw validationError(
        `AutoScalingGroup ${group.name} has min-size=${group.min}, max-size=${group.max}, and desired-size=${group.desired}. ` +
          `To take out of standby ${members.length} instance${members.length === 1 ? '' : 's'}, please update the AutoScalingGroup sizes appropriately.`,
      )
    const activities = members.map((member) => {
      const from = group.desired
      group.desired += counted(sim, [member])
      const activity = begin(sim, group, member, {
        description: `Moving EC2 instance out of Standby: ${member.id}`,
        cause:
          `At ${stamp(sim.now)} instance ${member.id} was moved out of standby in response to a user request, ` +
          `increasing the capacity from ${from} to ${group.desired}.`,
        progress: 30,
      })
      member.lifecycle = 'Pending'
      member.health = 'Healthy'
      delete member.verdict
      comeIntoService(sim, group, member)
      return activity
    })
    return { Activities: activities.map((activity) => describeActivity(sim.world, activity)) }
  },
} satisfies AutoScalingHandlers

function begin(
  sim: Simulation,
  group: Group,
  member: Member,
  words: Pick<Activity, 'description' | 'cause' | 'progress'>,
): Activity {
  const activity = beginActivity(sim, group, {
    ...words,
    status: 'InProgress',
    subnet: sim.world.instances.get(member.id)?.subnet,
  })
  member.activity = activity.id
  return activity
}

/** Instances in standby are registered nowhere, checked by no one, and no part of the capacity. */
function enter(sim: Simulation, group: Group, member: Member): void {
  const { activity } = member
  member.lifecycle = 'EnteringStandby'
  delete member.awaitingReplacement
  const stand = () => {
    if (member.lifecycle !== 'EnteringStandby' || member.activity !== activity) return
    member.lifecycle = 'Standby'
    endActivity(sim, group, activity)
    sim.emit('member', group, member)
  }
  let waits = false
  deregisterMember(sim, group, member, () => {
    if (waits) stand()
    else sim.after(sim.draw('leaving'), stand)
  })
  waits = true
}

/** The named members of a group, each checked. Throws where there are none, too many, or one is unknown. */
export function membersOf(
  group: Group,
  ids: readonly string[] | undefined,
  check: (member: Member) => void,
  most = mostPerCall,
): Member[] {
  if (!ids || ids.length === 0) throw validationError('At least one instance ID must be specified')
  if (ids.length > most)
    throw validationError(
      `1 validation error detected: Value at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    )
  return [...new Set(ids)].map((id) => {
    const member = group.members.get(id)
    if (!member) throw validationError(`The instance ${id} is not part of Auto Scaling group ${group.name}.`)
    check(member)
    return member
  })
}
