import { startInstance } from '../ec2/launch'
import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { validationError } from '../wire/error'
import { beginActivity } from './activities'
import {
  asgPage,
  capacityOf,
  countByZone,
  groupOf,
  isLeaving,
  isSuspended,
  isWarmed,
  stamp,
  warmMembers,
} from './common'
import { describeMember } from './describe-member'
import { launchMember, memberRuns } from './launching'
import type { Group, Member, WarmPool } from './state'
import { retire } from './terminating'

export const warmPoolHandlers = {
  /**
   * aws: PutWarmPool. "This operation cannot be called on an Auto Scaling group that has a mixed instances policy or a
   * launch template or launch configuration that requests Spot Instances."
   */
  PutWarmPool(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    if (group.template.mixed)
      throw validationError(
        `You cannot add a warm pool to the Auto Scaling group ${group.name} because it has a mixed instances policy.`,
      )
    const { MaxGroupPreparedCapacity: prepared, MinSize = 0, PoolState = 'Stopped' } = input
    group.warmPool = {
      min: MinSize,
      prepared: prepared === undefined || prepared === -1 ? undefined : prepared,
      state: PoolState,
      ...(input.InstanceReusePolicy && { reuse: input.InstanceReusePolicy.ReuseOnScaleIn ?? false }),
      deleting: false,
    }
    sim.emit('group', group)
    return {}
  },

  DescribeWarmPool({ world }, input) {
    const group = groupOf(world, input.AutoScalingGroupName)
    const members = [...group.members.values()].filter(isWarmed)
    const { items, next } = asgPage(members, input, 50, 50)
    return {
      WarmPoolConfiguration: group.warmPool && describeWarmPool(group.warmPool),
      Instances: items.map(describeMember),
      NextToken: next,
    }
  },

  DeleteWarmPool(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const pool = group.warmPool
    if (!pool) throw validationError(`No warm pool found for Auto Scaling group ${group.name}`)
    pool.deleting = true
    const cause = `At ${stamp(sim.now)} a user request deleted the warm pool.`
    for (const member of group.members.values())
      if (isWarmed(member) && !isLeaving(member))
        retire(sim, group, member, cause, { force: input.ForceDelete ?? false })
    sim.emit('group', group)
    return {}
  },
} satisfies AutoScalingHandlers

export const describeWarmPool = (pool: WarmPool) => ({
  MinSize: pool.min,
  MaxGroupPreparedCapacity: pool.prepared,
  PoolState: pool.state,
  Status: pool.deleting ? ('PendingDelete' as const) : undefined,
  ...(pool.reuse !== undefined && { InstanceReusePolicy: { ReuseOnScaleIn: pool.reuse } }),
})

const rests = ({ lifecycle }: Member) =>
  lifecycle === 'Warmed:Stopped' || lifecycle === 'Warmed:Running' || lifecycle === 'Warmed:Hibernated'

/**
 * Takes an instance of the warm pool for the group, the one that rests longest, whatever it was launched from (user
 * guide, "Decrease latency … using warm pools": scaling out draws on the pool first).
 */
export function takeWarm(sim: Simulation, group: Group, why: string): Member | undefined {
  // The balance of zones counts here too.
  const perZone = countByZone(capacityOf(group))
  const [member] = warmMembers(group)
    .filter(rests)
    .toSorted((a, b) => (perZone.get(a.zone) ?? 0) - (perZone.get(b.zone) ?? 0))
  const instance = member && sim.world.instances.get(member.id)
  if (!member || !instance) return undefined
  const activity = beginActivity(sim, group, {
    description: `Launching a new EC2 instance from warm pool: ${member.id}`,
    cause: [group.intent, why].filter((part) => part !== '').join('  '),
    status: 'PreInService',
    progress: 30,
    subnet: instance.subnet,
  })
  member.lifecycle = 'Pending'
  member.activity = activity.id
  if (instance.state === 'running') memberRuns(sim, group, member)
  else startInstance(sim, instance)
  return member
}

/** Keeps the pool at its size: the prepared capacity less the desired one, and its minimum at least. */
export function keepWarmPool(sim: Simulation, group: Group): void {
  const pool = group.warmPool
  if (!pool) return
  const members = warmMembers(group)
  if (pool.deleting) {
    if (![...group.members.values()].some(isWarmed)) delete group.warmPool
    return
  }
  const wanted = Math.max(pool.min, (pool.prepared ?? group.max) - group.desired)
  if (members.length < wanted) {
    if (isSuspended(group, 'Launch') || sim.now < group.launchAgainAt) return
    const why = (count: number) =>
      `At ${stamp(sim.now)} an instance was started in response to a difference between desired and actual ` +
      `capacity of the warm pool, increasing its size from ${count} to ${count + 1}.`
    for (let count = members.length; count < wanted; count += 1)
      if (!launchMember(sim, group, why(count), 'warm pool')) return
  } else if (!isSuspended(group, 'Terminate'))
    for (const member of members.filter(rests).slice(0, members.length - wanted))
      retire(sim, group, member, `At ${stamp(sim.now)} the warm pool had more instances than it is to have.`)
}
