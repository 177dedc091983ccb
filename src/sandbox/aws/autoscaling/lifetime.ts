import type { Simulation } from '../engine/simulation'
import type { Group, Member } from './state'
import { isLeaving, isSuspended, stamp } from './common'
import { retire } from './terminating'

const expiryOf = (group: Group, member: Member): number =>
  (member.inServiceAt ?? member.joinedAt) + (group.maxInstanceLifetime ?? Number.POSITIVE_INFINITY) * 1000

/** Wakes a group when the lifetime of its members is over; to be asked for whenever either changes. */
export function watchLifetime(sim: Simulation, group: Group, members: Iterable<Member>): void {
  if (!group.maxInstanceLifetime) return
  for (const member of members)
    sim.after(Math.max(0, expiryOf(group, member) - sim.now), () => sim.emit('group', group))
}

/**
 * Replaces instances whose lifetime is over, one at a time; those that are protected from scale-in are spared. They are
 * terminated, and what replaces them launches meanwhile, or before, where the instance maintenance policy wants so (EC2
 * Auto Scaling user guide, "Replace Auto Scaling instances based on maximum instance lifetime").
 */
export function replaceExpired(sim: Simulation, group: Group): void {
  if (!group.maxInstanceLifetime || isSuspended(group, 'Terminate')) return
  const members = [...group.members.values()]
  const changes = (member: Member) =>
    isLeaving(member) || member.lifecycle.startsWith('Pending') || member.awaitingReplacement
  if (members.some(changes)) return
  const member = members.find(
    (one) => one.lifecycle === 'InService' && !one.protected && expiryOf(group, one) <= sim.now,
  )
  if (!member) return
  if (group.maintenance?.min === 100) member.awaitingReplacement = 'lifetime'
  else
    retire(
      sim,
      group,
      member,
      `At ${stamp(sim.now)} an instance was taken out of service in response to maximum instance lifetime.`,
    )
}
