import type { Simulation } from '../engine/simulation'
import type { Group, Member } from './state'
import { isLeaving, isWarmed, stamp, unitsOf } from './common'
import { isHealthy } from './health'
import { bounds, stillToReplace } from './refresh-bounds'
import type { Refresh } from './refresh-state'
import { retire } from './terminating'

/** Terminates and launches as many as the bounds, the checkpoints and the state of the new ones allow. */
export function replaceSome(sim: Simulation, group: Group, refresh: Refresh): void {
  if (sim.now < refresh.pausedUntil || passCheckpoint(sim, refresh)) return
  const unit = Math.max(1, ...[...group.members.values()].map(({ weight }) => weight))
  const { least, most } = bounds(group.desired, refresh.rules, unit)
  const candidates = stillToReplace(group, refresh)
  const ready = (member: Member) =>
    refresh.launched.has(member.id) ? refresh.warm.has(member.id) : isHealthy(sim, group, member)
  let healthy = unitsOf([...group.members.values()].filter((member) => !isLeaving(member) && ready(member)))
  let allowed = allowance(group, refresh)
  const ahead = most > group.desired
  let flagged = unitsOf(
    [...group.members.values()].filter((member) => member.awaitingReplacement === 'refresh'),
  )
  for (const member of candidates) {
    const counts = ready(member)
    if (member.lifecycle === 'Standby' || isWarmed(member)) retireFor(sim, group, refresh, member)
    else if (member.awaitingReplacement === 'refresh' || !ahead) {
      if (counts && healthy - member.weight < least) continue
      if (!ahead && allowed <= 0) continue
      if (!ahead) allowed -= 1
      if (member.awaitingReplacement === 'refresh') flagged -= member.weight
      if (counts) healthy -= member.weight
      retireFor(sim, group, refresh, member)
    }
  }
  if (!ahead) return
  for (const member of stillToReplace(group, refresh)) {
    if (allowed <= 0) return
    if (member.awaitingReplacement || member.lifecycle !== 'InService') continue
    if (flagged + member.weight > most - group.desired) return
    member.awaitingReplacement = 'refresh'
    flagged += member.weight
    allowed -= 1
    sim.emit('group', group)
  }
}

/** How many more may be begun before the next checkpoint. */
function allowance(group: Group, refresh: Refresh): number {
  const limit = refresh.rollback
    ? 100
    : (refresh.rules.checkpoints[refresh.checkpointsPassed] ?? goal(refresh))
  const begun =
    refresh.total -
    refresh.pending.size +
    [...refresh.pending].filter((id) => group.members.get(id)?.awaitingReplacement === 'refresh').length
  return Math.ceil((refresh.total * limit) / 100) - begun
}

/** The last checkpoint is where a refresh ends: it must be 100 for all instances to be replaced. */
export const goal = (refresh: Refresh) => (refresh.rollback ? 100 : (refresh.rules.checkpoints.at(-1) ?? 100))

/** Whether a checkpoint has just been reached: then nothing is replaced for its delay. */
function passCheckpoint(sim: Simulation, refresh: Refresh): boolean {
  const next = refresh.rollback ? undefined : refresh.rules.checkpoints[refresh.checkpointsPassed]
  if (next === undefined || refresh.warm.size < Math.ceil((refresh.total * next) / 100)) return false
  refresh.checkpointsPassed += 1
  if (next === 100) return false
  refresh.pausedUntil = sim.now + refresh.rules.checkpointDelay
  refresh.progressAt = refresh.pausedUntil
  refresh.reason = `Checkpoint of ${next}% reached; waiting ${refresh.rules.checkpointDelay / 1000} seconds.`
  return true
}

export function retireFor(sim: Simulation, group: Group, refresh: Refresh, member: Member): void {
  refresh.pending.delete(member.id)
  retire(
    sim,
    group,
    member,
    `At ${stamp(sim.now)} an instance was taken out of service in response to an instance refresh.`,
  )
  sim.emit('group', group)
}
