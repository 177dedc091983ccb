import type { Simulation } from '../engine/simulation'
import type { Group, Member } from './state'
import { isLeaving } from './common'
import { choiceFor } from './refresh-bounds'
import { releaseFlags } from './refresh-end'
import type { Refresh } from './refresh-state'
import { sourcesOf } from './template'

/** The preparation is over: it is settled what has to be replaced. */
export function beginRefresh(sim: Simulation, group: Group, refresh: Refresh): void {
  if (refresh.status !== 'Pending') return
  refresh.status = 'InProgress'
  sim.emit('refresh', group, refresh)
  const sources = sourcesOf(sim.world, refresh.target)
  const matches = ({ template, type }: Member) =>
    sources.some(
      (source) =>
        template?.id === source.id &&
        template.version === source.number &&
        (source.type === undefined || source.type === type),
    )
  const wanted = [...group.members.values()].filter(
    (member) =>
      !isLeaving(member) &&
      choiceFor(refresh.rules, member) !== 'Ignore' &&
      !(refresh.rules.skipMatching && matches(member)),
  )
  settle(sim, refresh, wanted)
  sim.emit('group', group)
}

/** Turns a refresh round: from now on the former configuration is launched and the new one replaced. */
export function beginRollback(sim: Simulation, group: Group, refresh: Refresh, reason: string): void {
  refresh.status = 'RollbackInProgress'
  sim.emit('refresh', group, refresh)
  refresh.rollback = { reason, startedAt: sim.now, percent: refresh.percent, toUpdate: refresh.toUpdate }
  refresh.reason = reason
  refresh.target = refresh.former
  refresh.pausedUntil = 0
  releaseFlags(sim, group, refresh)
  const fresh = [...group.members.values()].filter(
    (member) => refresh.launched.has(member.id) && !isLeaving(member),
  )
  settle(sim, refresh, fresh)
  sim.emit('group', group)
}

function settle(sim: Simulation, refresh: Refresh, wanted: readonly Member[]): void {
  refresh.pending = new Set(wanted.map((member) => member.id))
  refresh.total = refresh.pending.size
  refresh.toUpdate = refresh.total
  refresh.launched.clear()
  refresh.warm.clear()
  refresh.progressAt = sim.now
}
