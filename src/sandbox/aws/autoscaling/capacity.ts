import { freeAddresses } from '../ec2/room'
import type { Simulation } from '../engine/simulation'
import type { Group, Member } from './state'
import { beginActivity, endActivity } from './activities'
import { capacityOf, isLeaving, isSuspended, stamp, unitsOf } from './common'
import { isHealthy } from './health'
import { launchMember, startedWords } from './launching'
import { replaceExpired } from './lifetime'
import { retire } from './terminating'
import { chooseVictims } from './termination-policy'
import { keepWarmPool, takeWarm } from './warm-pool'

const allProtected =
  'Could not scale to desired capacity because all remaining instances are protected from scale-in.'

/**
 * One look of a group at itself: replaces what is unhealthy, launches or terminates until the members in capacity
 * are as many as desired, balances zones, and lets go whom an instance launched ahead has replaced.
 */
export function actOn(sim: Simulation, group: Group): void {
  if (group.deleting) {
    for (const member of group.members.values())
      if (!isLeaving(member)) retire(sim, group, member, deletionCause(sim), { force: true })
    return
  }
  replaceUnhealthy(sim, group)
  replaceExpired(sim, group)
  releaseReplaced(sim, group)
  const capacity = capacityOf(group)
  const excess = unitsOf(capacity) - group.desired
  if (excess < 0) fill(sim, group, unitsOf(capacity))
  else if (capacity.some(({ weight }) => weight <= excess)) scaleIn(sim, group, capacity, excess)
  else {
    group.intent = ''
    rebalance(sim, group, capacity)
  }
  keepWarmPool(sim, group)
}

function fill(sim: Simulation, group: Group, from: number): void {
  if (isSuspended(group, 'Launch') || sim.now < group.launchAgainAt) return
  const ahead = [...group.members.values()].filter((member) => member.awaitingReplacement)
  const words = ahead.length > 0 ? aheadWords(sim, ahead) : (count: number) => startedWords(sim, count)
  for (let count = from; count < group.desired; ) {
    const why = words(count)
    const member = takeWarm(sim, group, why) ?? launchMember(sim, group, why)
    if (!member) return
    count += member.weight
  }
}

function aheadWords(sim: Simulation, ahead: readonly Member[]): () => string {
  const [first] = ahead
  const whys = {
    refresh: 'an instance was launched in response to an instance refresh.',
    health: 'an instance was launched in response to an unhealthy instance needing to be replaced.',
    lifetime: 'an instance was launched in response to maximum instance lifetime.',
    balance: `instances were launched to balance instances in zones ${first?.zone ?? ''} with other zones resulting in more than desired number of instances in the group.`,
  }
  return () => `At ${stamp(sim.now)} ${whys[first?.awaitingReplacement ?? 'refresh']}`
}

function scaleIn(sim: Simulation, group: Group, capacity: readonly Member[], excess: number): void {
  if (isSuspended(group, 'Terminate')) return
  const victims = chooseVictims(sim.world, group, capacity, excess, sim.now, () => sim.chance())
  const { intent } = group
  let from = unitsOf(capacity)
  for (const victim of victims) {
    const words =
      `At ${stamp(sim.now)} an instance was taken out of service in response to a difference between desired and ` +
      `actual capacity, shrinking the capacity from ${from} to ${from - victim.weight}.  ` +
      `At ${stamp(sim.now)} instance ${victim.id} was selected for termination.`
    from -= victim.weight
    retire(sim, group, victim, [intent, words].filter((part) => part !== '').join('  '))
  }
  const kept = capacity.filter((member) => !victims.includes(member))
  const blocked = kept.some(({ weight }) => weight <= excess - unitsOf(victims))
  if (blocked && group.activities.at(-1)?.message !== allProtected) {
    const cause = [intent, `At ${stamp(sim.now)} no instance could be selected for termination.`]
      .join('  ')
      .trim()
    const activity = beginActivity(sim, group, {
      description: 'Terminating EC2 instance',
      cause,
      status: 'InProgress',
      progress: 0,
    })
    endActivity(sim, group, activity.id, 'Cancelled', allProtected)
  }
}

/** Terminates what is unhealthy; what replaces it comes with the next fill, or first, where the policy wants so. */
function replaceUnhealthy(sim: Simulation, group: Group): void {
  if (isSuspended(group, 'ReplaceUnhealthy') || isSuspended(group, 'Terminate')) return
  for (const member of group.members.values()) {
    if (member.health !== 'Unhealthy' || member.lifecycle !== 'InService') continue
    if (member.awaitingReplacement && member.awaitingReplacement !== 'refresh') continue
    const running = sim.world.instances.get(member.id)?.state === 'running'
    if (group.maintenance?.min === 100 && running) member.awaitingReplacement = 'health'
    else retire(sim, group, member, member.verdict ?? '')
  }
}

/** Lets members go that wait for a replacement, once as many as desired are healthy and warm without them. */
function releaseReplaced(sim: Simulation, group: Group): void {
  const waiting = [...group.members.values()].filter(
    ({ awaitingReplacement: why }) => why !== undefined && why !== 'refresh',
  )
  if (waiting.length === 0 || isSuspended(group, 'Terminate')) return
  const warm = (group.defaultWarmup ?? 0) * 1000
  const healthy = capacityOf(group).filter((member) => isHealthy(sim, group, member))
  const ready = healthy.filter((member) => sim.now >= (member.inServiceAt ?? sim.now) + warm)
  if (ready.length < healthy.length) sim.after(warm, () => sim.emit('group', group))
  let spare = unitsOf(waiting) - Math.max(0, group.desired - unitsOf(ready))
  for (const member of waiting) {
    if (member.weight > spare) continue
    spare -= member.weight
    const balanced = `At ${stamp(sim.now)} an instance was taken out of service in response to a rebalancing of the zones.`
    retire(sim, group, member, member.verdict ?? balanced)
  }
}

/** Zones two or more apart are balanced: one is launched where there are fewest, then one leaves where there are most. */
function rebalance(sim: Simulation, group: Group, capacity: readonly Member[]): void {
  if (['AZRebalance', 'Launch', 'Terminate'].some((process) => isSuspended(group, process))) return
  if (capacity.some((member) => member.lifecycle !== 'InService')) return
  if ([...group.members.values()].some((member) => member.awaitingReplacement)) return
  const zones = [...new Set(group.subnets.map((subnet) => sim.world.subnets.get(subnet)?.zone ?? ''))]
    .map((zone) => ({ zone, count: capacity.filter((member) => member.zone === zone).length }))
    .sort((a, b) => a.count - b.count)
  const least = zones.find(({ zone }) => hasRoom(sim, group, zone))
  const most = zones.at(-1)
  if (!least || !most || most.count - least.count < 2) return
  const heaviest = Math.max(...capacity.map(({ weight }) => weight))
  const [victim] = chooseVictims(sim.world, group, capacity, heaviest, sim.now, () => sim.chance())
  if (!victim) return
  victim.awaitingReplacement = 'balance'
  sim.emit('group', group)
}

/** Whether an instance could be launched in a zone: what could not is not tried, so as to keep the world quiet. */
const hasRoom = ({ world, faults }: Simulation, group: Group, zone: string): boolean =>
  !faults.capacityShort(zone) &&
  group.subnets.some((id) => {
    const subnet = world.subnets.get(id)
    return subnet?.zone === zone && freeAddresses(world, faults, subnet) > 0
  })

const deletionCause = (sim: Simulation) =>
  `At ${stamp(sim.now)} a user request force deleted AutoScalingGroup changing the desired capacity to 0.`
