import type { Simulation } from '../engine/simulation'
import type { Group, Member } from '../world'
import { capacityOf, isLeaving, isSuspended, stamp } from './common'
import { isHealthy } from './health'
import { bounds, choiceFor, stillToReplace } from './refresh-bounds'
import type { Refresh } from './refresh-state'
import { activeRefresh, resolve } from './template'
import { retire } from './terminating'

/** "Wait" and instances that never become healthy fail a refresh after an hour (Auto Scaling guide, instance refresh). */
const patience = 3_600_000
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

/** The preparation is over: it is settled what has to be replaced. */
export function beginRefresh(sim: Simulation, group: Group, refresh: Refresh): void {
  if (refresh.status !== 'Pending') return
  refresh.status = 'InProgress'
  const version = resolve(sim.world, refresh.target)?.number
  const matches = ({ template }: Member) => template?.id === refresh.target.id && template.version === version
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

/** Goes one step forward where it can; gives when to look again at the latest. */
function step(sim: Simulation, group: Group, refresh: Refresh): number | undefined {
  if (refresh.status === 'Pending' || refresh.status === 'Baking') return undefined
  follow(sim, group, refresh)
  if (refresh.status === 'Cancelling') return stepCancel(sim, group, refresh)
  const suspended = ['InstanceRefresh', 'Launch', 'Terminate'].some((process) => isSuspended(group, process))
  if (!suspended) replaceSome(sim, group, refresh)
  if (isDone(sim, group, refresh)) {
    complete(sim, group, refresh)
    return undefined
  }
  const stuckAt = refresh.progressAt + patience
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

/** Takes notice of who left, who came, and who is warm by now. */
function follow(sim: Simulation, group: Group, refresh: Refresh): void {
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

const warming = (sim: Simulation, group: Group, refresh: Refresh) =>
  capacityOf(group).filter(
    (member) =>
      refresh.launched.has(member.id) && !refresh.warm.has(member.id) && isHealthy(sim, group, member),
  )

/** Terminates and launches as many as the bounds, the checkpoints and the state of the new ones allow. */
function replaceSome(sim: Simulation, group: Group, refresh: Refresh): void {
  explain(sim, group, refresh)
  if (sim.now < refresh.pausedUntil || passCheckpoint(sim, refresh)) return
  const { least, most } = bounds(group.desired, refresh.rules)
  const candidates = stillToReplace(group, refresh)
  const ready = (member: Member) =>
    refresh.launched.has(member.id) ? refresh.warm.has(member.id) : isHealthy(sim, group, member)
  let healthy = [...group.members.values()].filter((member) => !isLeaving(member) && ready(member)).length
  let allowed = allowance(group, refresh)
  const ahead = most > group.desired
  let flagged = [...group.members.values()].filter(
    (member) => member.awaitingReplacement === 'refresh',
  ).length
  for (const member of candidates) {
    const counts = ready(member)
    if (member.lifecycle === 'Standby') retireFor(sim, group, refresh, member)
    else if (member.awaitingReplacement === 'refresh' || !ahead) {
      if (counts && healthy - 1 < least) continue
      if (!ahead && allowed <= 0) continue
      if (!ahead) allowed -= 1
      if (member.awaitingReplacement === 'refresh') flagged -= 1
      if (counts) healthy -= 1
      retireFor(sim, group, refresh, member)
    }
  }
  if (!ahead) return
  for (const member of stillToReplace(group, refresh)) {
    if (flagged >= most - group.desired || allowed <= 0) return
    if (member.awaitingReplacement || member.lifecycle !== 'InService') continue
    member.awaitingReplacement = 'refresh'
    flagged += 1
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
const goal = (refresh: Refresh) => (refresh.rollback ? 100 : (refresh.rules.checkpoints.at(-1) ?? 100))

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

function retireFor(sim: Simulation, group: Group, refresh: Refresh, member: Member): void {
  refresh.pending.delete(member.id)
  retire(
    sim,
    group,
    member,
    `At ${stamp(sim.now)} an instance was taken out of service in response to an instance refresh.`,
  )
  sim.emit('group', group)
}

function isDone(sim: Simulation, group: Group, refresh: Refresh): boolean {
  if (sim.now < refresh.pausedUntil) return false
  if (refresh.total > 0 && goal(refresh) < 100)
    return refresh.checkpointsPassed === refresh.rules.checkpoints.length
  const capacity = capacityOf(group)
  const fresh = capacity.filter((member) => refresh.launched.has(member.id))
  return (
    refresh.pending.size === 0 &&
    capacity.length >= group.desired &&
    fresh.every((member) => refresh.warm.has(member.id))
  )
}

function complete(sim: Simulation, group: Group, refresh: Refresh): void {
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
  sim.afterTimed('refresh-bake', refresh.id, refresh.rules.bake, () => {
    if (refresh.status === 'Baking') succeed(sim, group, refresh)
  })
}

function succeed(sim: Simulation, group: Group, refresh: Refresh): void {
  if (refresh.desiredConfiguration?.LaunchTemplate) group.template = refresh.target
  sim.record('refresh', refresh.id, refresh.askedAt)
  end(sim, group, refresh, 'Successful')
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

function end(sim: Simulation, group: Group, refresh: Refresh, status: Refresh['status']): void {
  releaseFlags(sim, group, refresh)
  refresh.status = status
  refresh.endedAt = sim.now
  sim.emit('group', group)
}

/**
 * Instances that were to be replaced count again. Those launched ahead of them that are not ready are then too
 * many, and leave: not the ones that serve.
 */
function releaseFlags(sim: Simulation, group: Group, refresh: Refresh): void {
  for (const member of group.members.values())
    if (member.awaitingReplacement === 'refresh') delete member.awaitingReplacement
  const capacity = capacityOf(group)
  const unready = capacity.filter((member) => refresh.launched.has(member.id) && !refresh.warm.has(member.id))
  for (const member of unready.slice(0, Math.max(0, capacity.length - group.desired)))
    retire(
      sim,
      group,
      member,
      `At ${stamp(sim.now)} an instance was taken out of service in response to the end of an instance refresh.`,
    )
}

function stepCancel(sim: Simulation, group: Group, refresh: Refresh): number | undefined {
  const members = [...group.members.values()]
  const moving = members.some((member) => isLeaving(member) || member.lifecycle.startsWith('Pending'))
  if (refresh.waitsForTransition && moving && sim.now < refresh.progressAt + patience) {
    finishPairs(sim, group, refresh)
    return refresh.progressAt + patience
  }
  finishPairs(sim, group, refresh)
  end(sim, group, refresh, 'Cancelled')
  return undefined
}

/** Where a replacement launched ahead is warm, the instance that it replaces still goes. */
function finishPairs(sim: Simulation, group: Group, refresh: Refresh): void {
  const flagged = [...group.members.values()].filter((member) => member.awaitingReplacement === 'refresh')
  const ready = capacityOf(group).filter((member) => isHealthy(sim, group, member)).length
  const spare = flagged.length - Math.max(0, group.desired - ready)
  for (const member of flagged.slice(0, Math.max(0, spare))) retireFor(sim, group, refresh, member)
}

/** The status reason while it goes on. */
function explain(sim: Simulation, group: Group, refresh: Refresh): void {
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

function failureWords(group: Group, refresh: Refresh): string {
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
