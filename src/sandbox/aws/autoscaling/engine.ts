import type { Simulation } from '../engine/simulation'
import type { Group } from './state'
import { actOn } from './capacity'
import { isLeaving, isWarmed, membership, stamp } from './common'
import { watchHealth } from './health'
import { cancelLaunch, launchDied, memberProceeds, memberRuns } from './launching'
import { runRefreshes } from './refresh'
import { endInstance, memberGone, retire } from './terminating'
import { rested } from './warm-rest'

/** Sets the groups going: each reacts, a while after something changed, to what it then is. */
export function runGroups(sim: Simulation): void {
  const waiting = new Set<Group>()
  sim.on('group', (group) => {
    if (waiting.has(group)) return
    waiting.add(group)
    const asked = sim.now
    sim.after(sim.draw('reaction'), () => {
      waiting.delete(group)
      if (sim.world.groups.get(group.name) !== group) return
      const before = group.activities.length
      actOn(sim, group)
      if (group.activities.length !== before) sim.record('reaction', group.name, asked)
    })
  })
  sim.on('instance', (instance) => {
    const found = membership(sim.world, instance.id)
    if (!found) return
    const { group, member } = found
    const { lifecycle } = member
    if (instance.state === 'running' && (lifecycle === 'Pending' || lifecycle === 'Warmed:Pending'))
      memberRuns(sim, group, member)
    else if (instance.state === 'stopped' && lifecycle.startsWith('Warmed:Pending'))
      rested(sim, group, member)
    if (instance.state === 'terminated' && isLeaving(member)) memberGone(sim, group, member)
    else if (instance.state === 'terminated' && /^(Warmed:)?Pending/.test(lifecycle)) {
      launchDied(sim, group, member)
      memberGone(sim, group, member)
    } else if (instance.state === 'terminated' && isWarmed(member)) memberGone(sim, group, member)
  })
  sim.on('released', (group, member, outcome, words) => {
    if (member.lifecycle.endsWith('Terminating:Proceed')) endInstance(sim, group, member)
    else if (outcome === 'CONTINUE') memberProceeds(sim, group, member)
    else {
      cancelLaunch(sim, group, member, words)
      const cause =
        'an instance was taken out of service in response to a lifecycle action that was abandoned.'
      retire(sim, group, member, `At ${stamp(sim.now)} ${cause}`)
    }
  })
  sim.on('member', (group) => sim.emit('group', group))
  sim.on('target', (_targetGroup, target) => {
    const found = target.state === 'healthy' ? membership(sim.world, target.instance) : undefined
    if (found) sim.emit('group', found.group)
  })
  watchHealth(sim)
  runRefreshes(sim)
}
