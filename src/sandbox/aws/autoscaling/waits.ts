import type { LifecycleHook } from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import type { Group, HookWait, Member } from './state'
import { showProgress } from './activities'
import { isWarmed } from './common'

const longest = 48 * 3_600_000
const beats = 100

type Transition = 'autoscaling:EC2_INSTANCE_LAUNCHING' | 'autoscaling:EC2_INSTANCE_TERMINATING'

/**
 * Holds a member for the group's lifecycle hooks of a transition. Where there are none it gives false, and nothing
 * holds it; else the signal `released` tells when all of them are done, or one was abandoned.
 */
export function holdForHooks(sim: Simulation, group: Group, member: Member, transition: Transition): boolean {
  const hooks = [...group.hooks.values()].filter((hook) => hook.LifecycleTransition === transition)
  if (hooks.length === 0) return false
  const state = transition.endsWith('LAUNCHING') ? 'Pending:Wait' : 'Terminating:Wait'
  member.lifecycle = isWarmed(member) ? `Warmed:${state}` : state
  showProgress(group, member.activity, 'MidLifecycleAction', 70)
  member.waits = hooks.map((hook) => waitOf(sim, hook))
  for (const wait of member.waits) expectBeat(sim, group, member, wait)
  return true
}

function waitOf(sim: Simulation, hook: LifecycleHook): HookWait {
  const beat = (hook.HeartbeatTimeout ?? 3600) * 1000
  return {
    hook: hook.LifecycleHookName ?? '',
    token: sim.uuid(),
    deadline: sim.now + beat,
    ceiling: sim.now + Math.min(longest, beat * beats),
  }
}

/** Ends the wait by the hook's default result, unless it is over or its deadline has moved by then. */
function expectBeat(sim: Simulation, group: Group, member: Member, wait: HookWait): void {
  sim.at(wait.deadline, () => {
    if (!member.waits.includes(wait)) return
    if (wait.deadline > sim.now) expectBeat(sim, group, member, wait)
    else {
      const result = group.hooks.get(wait.hook)?.DefaultResult ?? 'ABANDON'
      completeWait(
        sim,
        group,
        member,
        wait,
        result === 'CONTINUE' ? 'CONTINUE' : 'ABANDON',
        'Heartbeat Timeout',
      )
    }
  })
}

export function completeWait(
  sim: Simulation,
  group: Group,
  member: Member,
  wait: HookWait,
  result: 'CONTINUE' | 'ABANDON',
  why = `Lifecycle Action Completed with ${result} Result`,
): void {
  member.waits = member.waits.filter((one) => one !== wait)
  if (result === 'ABANDON') member.waits = []
  if (member.waits.length > 0) return
  const state = member.lifecycle.endsWith('Pending:Wait') ? 'Pending:Proceed' : 'Terminating:Proceed'
  member.lifecycle = isWarmed(member) ? `Warmed:${state}` : state
  // AWS's words, e.g. in Jaeminst/devops-01-Final-TeamG#90.
  const words = `Instance failed to complete user's Lifecycle Action: Lifecycle Action with token ${wait.token} was abandoned: ${why}`
  sim.emit('released', group, member, result, words)
}
