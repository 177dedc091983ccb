import { stopInstance } from '../ec2/launch'
import type { Simulation } from '../engine/simulation'
import { endActivity } from './activities'
import type { Group, Member } from './state'

/** An instance that is ready goes to rest in the warm pool: stopped, or running on. */
export function rest(sim: Simulation, group: Group, member: Member): void {
  const state = group.warmPool?.state ?? 'Stopped'
  const instance = sim.world.instances.get(member.id)
  if (state === 'Running' || !instance) rested(sim, group, member)
  else stopInstance(sim, instance)
}

/** The instance rests: it counts to the pool, and to no capacity. */
export function rested(sim: Simulation, group: Group, member: Member): void {
  member.lifecycle = `Warmed:${group.warmPool?.state ?? 'Stopped'}`
  endActivity(sim, group, member.activity)
  sim.emit('member', group, member)
}
