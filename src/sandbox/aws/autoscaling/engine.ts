import type { Simulation } from '../engine/simulation'
import type { Group } from './state'
import { actOn } from './capacity'
import { isLeaving, membership } from './common'
import { watchHealth } from './health'
import { comeIntoService, memberRuns } from './launching'
import { runRefreshes } from './refresh'
import { endInstance, memberGone, retire } from './terminating'

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
    if (instance.state === 'running' && member.lifecycle === 'Pending') memberRuns(sim, group, member)
    if (instance.state === 'terminated' && isLeaving(member)) memberGone(sim, group, member)
    else if (instance.state === 'terminated' && member.lifecycle.startsWith('Pending'))
      memberGone(sim, group, member)
  })
  sim.on('released', (group, member, outcome) => {
    if (member.lifecycle === 'Terminating:Proceed') endInstance(sim, group, member)
    else if (outcome === 'CONTINUE') comeIntoService(sim, group, member)
    else retire(sim, group, member, 'The lifecycle action of the launch was abandoned.')
  })
  sim.on('member', (group) => sim.emit('group', group))
  sim.on('target', (_targetGroup, target) => {
    const found = target.state === 'healthy' ? membership(sim.world, target.instance) : undefined
    if (found) sim.emit('group', found.group)
  })
  watchHealth(sim)
  runRefreshes(sim)
}
