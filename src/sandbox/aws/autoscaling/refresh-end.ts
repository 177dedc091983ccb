import type { Simulation } from '../engine/simulation'
import type { Group } from './state'
import { capacityOf, stamp, unitsOf } from './common'
import { reweigh } from './mixed'
import { goal } from './refresh-replace'
import type { Refresh } from './refresh-state'
import { retire } from './terminating'

export function complete(sim: Simulation, group: Group, refresh: Refresh): void {
  delete refresh.reason
  refresh.toUpdate = 0
  if (refresh.rollback) {
    refresh.percent = 0
    end(sim, group, refresh, 'RollbackSuccessful')
    return
  }
  refresh.percent = goal(refresh)
  if (refresh.rules.bake === 0) {
    succeed(sim, group, refresh)
    return
  }
  refresh.status = 'Baking'
  refresh.bakingSince = sim.now
  sim.emit('refresh', group, refresh)
  sim.afterTimed('refresh-bake', refresh.id, refresh.rules.bake, () => {
    if (refresh.status === 'Baking') succeed(sim, group, refresh)
  })
}

function succeed(sim: Simulation, group: Group, refresh: Refresh): void {
  if (refresh.desiredConfiguration) {
    group.template = refresh.target
    reweigh(group)
  }
  sim.record('refresh', refresh.id, refresh.askedAt)
  end(sim, group, refresh, 'Successful')
}

export function end(sim: Simulation, group: Group, refresh: Refresh, status: Refresh['status']): void {
  releaseFlags(sim, group, refresh)
  refresh.status = status
  refresh.endedAt = sim.now
  sim.emit('refresh', group, refresh)
  sim.emit('group', group)
}

/**
 * Instances that were to be replaced count again. Those launched ahead of them that are not ready are then too
 * many, and leave: not the ones that serve.
 */
export function releaseFlags(sim: Simulation, group: Group, refresh: Refresh): void {
  for (const member of group.members.values())
    if (member.awaitingReplacement === 'refresh') delete member.awaitingReplacement
  const capacity = capacityOf(group)
  const unready = capacity.filter((member) => refresh.launched.has(member.id) && !refresh.warm.has(member.id))
  let excess = unitsOf(capacity) - group.desired
  for (const member of unready) {
    if (member.weight > excess) continue
    excess -= member.weight
    retire(
      sim,
      group,
      member,
      `At ${stamp(sim.now)} an instance was taken out of service in response to the end of an instance refresh.`,
    )
  }
}
