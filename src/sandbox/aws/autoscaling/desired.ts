import type { Simulation } from '../engine/simulation'
import type { Group } from './state'
import { stamp } from './common'

/** Sets a group's desired capacity and has the group act on it. `intent` is the first half of what follows's cause. */
export function setDesired(sim: Simulation, group: Group, desired: number, intent: string): void {
  if (group.desired !== desired) {
    group.desired = desired
    group.desiredAt = sim.now
    group.intent = intent
  }
  sim.emit('group', group)
}

/** "At … a user request explicitly set group desired capacity changing the desired capacity from 2 to 3." */
export const userRequest = (sim: Simulation, what: string, from: number, to: number) =>
  `At ${stamp(sim.now)} a user request ${what} changing the desired capacity from ${from} to ${to}.`
