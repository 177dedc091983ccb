import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { validationError } from '../wire/error'
import type { Group, Member, MemberTemplate } from './state'
import type { Instance } from '../ec2/state'
import { beginActivity, describeActivity, endActivity } from './activities'
import { deregisterMember } from './attachments'
import { groupOf, isLeaving, membership, stamp } from './common'
import { comeIntoService } from './launching'
import { membersOf } from './standby'
import { retire } from './terminating'

const mostProtected = 50
const protectable: ReadonlySet<string> = new Set(['InService', 'EnteringStandby', 'Standby'])

export const memberHandlers = {
  /** Asynchronous; protection from scale-in is no shield. Without decrementing the group launches a replacement. */
  TerminateInstanceInAutoScalingGroup(sim, input) {
    const found = membership(sim.world, input.InstanceId ?? '')
    if (!found)
      throw validationError(
        `Instance Id not found - No managed instance found for instance ID: ${input.InstanceId ?? ''}`,
      )
    const { group, member } = found
    if (isLeaving(member)) {
      const under = group.activities.findLast((activity) => activity.id === member.activity)
      return { Activity: under && describeActivity(sim.world, under) }
    }
    const from = group.desired
    if (input.ShouldDecrementDesiredCapacity) {
      if (group.desired - 1 < group.min)
        throw validationError(
          `Currently, desiredSize equals minSize (${group.min}). Terminating instance without replacement will violate ` +
            `group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
        )
      group.desired -= 1
    }
    const shrinking = input.ShouldDecrementDesiredCapacity
      ? `, shrinking the capacity from ${from} to ${group.desired}`
      : ''
    const cause = `At ${stamp(sim.now)} instance ${member.id} was taken out of service in response to a user request${shrinking}.`
    const activity = retire(sim, group, member, cause)
    sim.emit('group', group)
    return { Activity: describeActivity(sim.world, activity) }
  },

  SetInstanceProtection(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const members = membersOf(
      group,
      input.InstanceIds,
      (member) => {
        if (!protectable.has(member.lifecycle))
          throw validationError(
            `The instance ${member.id} is not in InService or EnteringStandby or Standby.`,
          )
      },
      mostProtected,
    )
    for (const member of members) member.protected = input.ProtectedFromScaleIn
    return {}
  },

  AttachInstances(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const instances = (input.InstanceIds ?? []).map((id) => attachable(sim, group, id))
    if (group.desired + instances.length > group.max)
      throw validationError(
        `AutoScalingGroup ${group.name} has min-size=${group.min}, max-size=${group.max}, and desired-size=${group.desired}. ` +
          `To attach ${instances.length} instance(s), please update the AutoScalingGroup sizes appropriately.`,
      )
    for (const instance of instances) attach(sim, group, instance)
    return {}
  },

  DetachInstances(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const members = membersOf(group, input.InstanceIds, (member) => {
      if (member.lifecycle !== 'InService' && member.lifecycle !== 'Standby')
        throw validationError(`The instance ${member.id} is not in InService or Standby.`)
    })
    const decrement = input.ShouldDecrementDesiredCapacity
    const counting = members.filter((member) => member.lifecycle === 'InService')
    if (decrement && group.desired - counting.length < group.min)
      throw validationError(
        `AutoScalingGroup ${group.name} has min-size=${group.min}, max-size=${group.max}, and desired-size=${group.desired}. ` +
          `To detach ${members.length} instance(s), please update the AutoScalingGroup sizes appropriately.`,
      )
    const activities = members.map((member) => {
      const from = group.desired
      if (decrement && member.lifecycle === 'InService') group.desired -= 1
      return detach(
        sim,
        group,
        member,
        decrement ? `, shrinking the capacity from ${from} to ${group.desired}` : '',
      )
    })
    sim.emit('group', group)
    return { Activities: activities.map((activity) => describeActivity(sim.world, activity)) }
  },
} satisfies AutoScalingHandlers

function attachable(sim: Simulation, group: Group, id: string): Instance {
  const instance = sim.world.instances.get(id)
  if (!instance) throw validationError(`Invalid Instance ID(s): [${id}] specified`)
  if (instance.state !== 'running')
    throw validationError(`Instance ${id} is not in correct state: must be running`)
  const other = membership(sim.world, id)
  if (other) throw validationError(`Instance ${id} is already part of AutoScalingGroup:${other.group.name}`)
  const zones = group.subnets.map((subnet) => sim.world.subnets.get(subnet)?.zone)
  if (!zones.includes(instance.zone))
    throw validationError(
      `The availability zone ${instance.zone} of instance ${id} is not enabled for the group`,
    )
  return instance
}

function attach(sim: Simulation, group: Group, instance: Instance): void {
  group.desired += 1
  const activity = beginActivity(sim, group, {
    description: `Attaching an existing EC2 instance: ${instance.id}`,
    cause:
      `At ${stamp(sim.now)} an instance was attached in response to a user request, ` +
      `increasing the capacity from ${group.desired - 1} to ${group.desired}.`,
    status: 'InProgress',
    progress: 30,
    subnet: instance.subnet,
  })
  instance.tags.set('aws:autoscaling:groupName', group.name)
  const member: Member = {
    id: instance.id,
    lifecycle: 'Pending',
    health: 'Healthy',
    zone: instance.zone,
    type: instance.type,
    template: launchedFrom(sim, instance),
    weight: 1,
    spot: instance.spot,
    protected: group.protectNew,
    joinedAt: sim.now,
    graceUntil: 0,
    activity: activity.id,
    waits: [],
  }
  group.members.set(member.id, member)
  comeIntoService(sim, group, member)
}

/** EC2 tags what was launched from a template with its id and version. */
function launchedFrom(sim: Simulation, instance: Instance): MemberTemplate | undefined {
  const template = sim.world.templates.get(instance.tags.get('aws:ec2launchtemplate:id') ?? '')
  const version = Number(instance.tags.get('aws:ec2launchtemplate:version'))
  return template && { id: template.id, name: template.name, version }
}

/** A detached instance lives on outside the group, without the group's tag. */
function detach(sim: Simulation, group: Group, member: Member, shrinking: string) {
  const instance = sim.world.instances.get(member.id)
  const activity = beginActivity(sim, group, {
    description: `Detaching EC2 instance: ${member.id}`,
    cause: `At ${stamp(sim.now)} instance ${member.id} was detached in response to a user request${shrinking}.`,
    status: 'InProgress',
    progress: 50,
    subnet: instance?.subnet,
  })
  member.lifecycle = 'Detaching'
  member.activity = activity.id
  delete member.awaitingReplacement
  deregisterMember(sim, group, member, () => {
    group.members.delete(member.id)
    instance?.tags.delete('aws:autoscaling:groupName')
    endActivity(sim, group, activity.id)
    sim.emit('member', group, member)
  })
  return activity
}
