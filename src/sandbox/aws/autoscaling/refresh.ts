import type { Simulation } from '../engine/simulation'
import type { Group } from './state'
import { capacityOf, isLeaving, isSuspended, unitsOf } from './common'
import { isHealthy } from './health'
import { beginRollback } from './refresh-begin'
import { complete, end } from './refresh-end'
import { explain, failureWords, follow, warming } from './refresh-progress'
import { goal, replaceSome, retireFor } from './refresh-replace'
import type { Refresh } from './refresh-state'
import { activeRefresh } from './template'

/** "Wait" and instances that never become healthy fail a refresh after an hour (Auto Scaling guide, instance refresh). */
const timeout = 3_600_000

/** How soon a refresh notices that something changed. */
const notice = 1000

/** Lets refreshes go forward whenever their groups change. */
export function runRefreshes(sim: Simulation): void {
  const waking = new Map<string, { at: number; cancel(): void }>()
  const wake = (group: Group, at: number) => {
    const planned = waking.get(group.name)
    if (planned && planned.at <= at && planned.at > sim.now) return
    planned?.cancel()
    const timer = sim.at(at, () => {
      waking.delete(group.name)
      const refresh = activeRefresh(group)
      if (!refresh || sim.world.groups.get(group.name) !== group) return
      const next = step(sim, group, refresh)
      if (next !== undefined) wake(group, Math.max(next, sim.now + notice))
    })
    waking.set(group.name, { at, cancel: () => timer.cancel() })
  }
  const touch = (group: Group) => {
    if (activeRefresh(group)) wake(group, sim.now + notice)
  }
  sim.on('group', touch)
  sim.on('member', touch)
}

/** Goes one step forward where it can; gives when to look again at the latest. */
function step(sim: Simulation, group: Group, refresh: Refresh): number | undefined {
  if (refresh.status === 'Pending' || refresh.status === 'Baking') return undefined
  follow(sim, group, refresh)
  if (refresh.status === 'Cancelling') return stepCancel(sim, group, refresh)
  const suspended = ['InstanceRefresh', 'Launch', 'Terminate'].some((process) => isSuspended(group, process))
  if (sim.now >= refresh.pausedUntil) explain(sim, group, refresh)
  if (!suspended) replaceSome(sim, group, refresh)
  if (isDone(sim, group, refresh)) {
    complete(sim, group, refresh)
    return undefined
  }
  const stuckAt = refresh.progressAt + timeout
  if (sim.now >= stuckAt && sim.now >= refresh.pausedUntil) {
    fail(sim, group, refresh)
    return sim.now + notice
  }
  const warmTimes = warming(sim, group, refresh).map(
    (member) => (member.inServiceAt ?? sim.now) + refresh.rules.warmup,
  )
  const times = [stuckAt, refresh.pausedUntil, ...warmTimes].filter((time) => time > sim.now)
  return Math.min(...times)
}

function isDone(sim: Simulation, group: Group, refresh: Refresh): boolean {
  if (sim.now < refresh.pausedUntil) return false
  if (refresh.total > 0 && goal(refresh) < 100)
    return refresh.checkpointsPassed === refresh.rules.checkpoints.length
  const capacity = capacityOf(group)
  const fresh = capacity.filter((member) => refresh.launched.has(member.id))
  return (
    refresh.pending.size === 0 &&
    unitsOf(capacity) >= group.desired &&
    fresh.every((member) => refresh.warm.has(member.id))
  )
}

function fail(sim: Simulation, group: Group, refresh: Refresh): void {
  const why = failureWords(group, refresh)
  if (refresh.rules.autoRollback && !refresh.rollback) {
    beginRollback(sim, group, refresh, why)
    return
  }
  refresh.reason = why
  end(sim, group, refresh, refresh.rollback ? 'RollbackFailed' : 'Failed')
}

function stepCancel(sim: Simulation, group: Group, refresh: Refresh): number | undefined {
  const members = [...group.members.values()]
  const moving = members.some((member) => isLeaving(member) || member.lifecycle.startsWith('Pending'))
  if (refresh.waitsForTransition && moving && sim.now < refresh.progressAt + timeout) {
    finishPairs(sim, group, refresh)
    return refresh.progressAt + timeout
  }
  finishPairs(sim, group, refresh)
  end(sim, group, refresh, 'Cancelled')
  return undefined
}

/** Where a replacement launched ahead is warm, the instance that it replaces still goes. */
function finishPairs(sim: Simulation, group: Group, refresh: Refresh): void {
  const flagged = [...group.members.values()].filter((member) => member.awaitingReplacement === 'refresh')
  const ready = unitsOf(capacityOf(group).filter((member) => isHealthy(sim, group, member)))
  let spare = unitsOf(flagged) - Math.max(0, group.desired - ready)
  for (const member of flagged) {
    if (member.weight > spare) continue
    spare -= member.weight
    retireFor(sim, group, refresh, member)
  }
}
