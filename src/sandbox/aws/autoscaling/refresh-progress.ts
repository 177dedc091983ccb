import type { Simulation } from '../engine/simulation'
import type { Group, Member } from './state'
import { capacityOf, isLeaving } from './common'
import { isHealthy } from './health'
import { choiceFor, stillToReplace } from './refresh-bounds'
import type { Refresh } from './refresh-state'

/** Takes notice of who left, who came, and who is warm by now. */
export function follow(sim: Simulation, group: Group, refresh: Refresh): void {
  const before = { pending: refresh.pending.size, warm: refresh.warm.size }
  for (const id of refresh.pending) {
    const member = group.members.get(id)
    if (!member || isLeaving(member) || choiceFor(refresh.rules, member) === 'Ignore')
      refresh.pending.delete(id)
  }
  const since = refresh.rollback?.startedAt ?? refresh.askedAt
  for (const member of group.members.values())
    if (member.joinedAt >= since && !refresh.pending.has(member.id) && !isLeaving(member))
      refresh.launched.add(member.id)
  for (const id of refresh.launched) {
    const member = group.members.get(id)
    if (!member || isLeaving(member)) {
      refresh.launched.delete(id)
      refresh.warm.delete(id)
    } else if (isWarm(sim, group, refresh, member)) {
      if (!refresh.warm.has(id)) sim.record('refresh-warmup', id, member.inServiceAt ?? sim.now)
      refresh.warm.add(id)
    }
  }
  if (refresh.warm.size > before.warm || refresh.pending.size < before.pending) refresh.progressAt = sim.now
  const replaced = Math.min(refresh.total, refresh.warm.size)
  const share = refresh.total === 0 ? 1 : replaced / refresh.total
  refresh.toUpdate = refresh.total - replaced
  refresh.percent = refresh.rollback
    ? Math.floor(refresh.rollback.percent * (1 - share))
    : Math.min(99, Math.floor(share * 100))
}

function isWarm(sim: Simulation, group: Group, refresh: Refresh, member: Member): boolean {
  return isHealthy(sim, group, member) && sim.now >= (member.inServiceAt ?? sim.now) + refresh.rules.warmup
}

export const warming = (sim: Simulation, group: Group, refresh: Refresh) =>
  capacityOf(group).filter(
    (member) =>
      refresh.launched.has(member.id) && !refresh.warm.has(member.id) && isHealthy(sim, group, member),
  )

/** The status reason while it goes on. */
export function explain(sim: Simulation, group: Group, refresh: Refresh): void {
  const [cold] = warming(sim, group, refresh)
  const waiting = [...refresh.launched].filter((id) => !refresh.warm.has(id))
  if (cold) {
    const left = Math.ceil(((cold.inServiceAt ?? sim.now) + refresh.rules.warmup - sim.now) / 1000)
    refresh.reason = `Waiting for instances to warm up before continuing. For example: ${cold.id} has ${left} second(s) of warm up remaining.`
  } else if (waiting.length > 0)
    refresh.reason = `Waiting for instances to become healthy before continuing. For example: ${waiting[0] ?? ''}.`
  else if (refresh.pending.size > 0 && stillToReplace(group, refresh).length === 0)
    refresh.reason = failureWords(group, refresh)
  else if (refresh.rollback) refresh.reason = refresh.rollback.reason
  else delete refresh.reason
}

export function failureWords(group: Group, refresh: Refresh): string {
  const left = [...refresh.pending]
    .map((id) => group.members.get(id))
    .filter((member) => member !== undefined)
  const standing = left.filter((member) => member.lifecycle === 'Standby')
  const guarded = left.filter((member) => member.protected && member.lifecycle === 'InService')
  if (stillToReplace(group, refresh).length === 0 && standing.length > 0)
    return `There are ${standing.length} instance(s) in Standby. Waiting for them to return to service, for example: ${standing[0]?.id ?? ''}.`
  if (stillToReplace(group, refresh).length === 0 && guarded.length > 0)
    return `There are ${guarded.length} instance(s) protected from scale in. Waiting for the protection to be removed, for example: ${guarded[0]?.id ?? ''}.`
  return 'Instances failed to become healthy: there was no progress within one hour.'
}
