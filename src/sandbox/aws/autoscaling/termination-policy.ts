import type { Group, Member } from './state'
import type { World } from '../world'
import { countByZone } from './common'

const hour = 3_600_000

type Narrow = (candidates: readonly Member[], group: Group, world: World, now: number) => readonly Member[]

/** Each policy keeps the candidates that it would take first; the next one decides among those. */
const policies: Readonly<Record<string, Narrow>> = {
  OldestInstance: (candidates, _group, world) => lowest(candidates, (one) => launchedAt(world, one)),
  NewestInstance: (candidates, _group, world) => lowest(candidates, (one) => -launchedAt(world, one)),
  OldestLaunchTemplate: oldestTemplate,
  OldestLaunchConfiguration: (candidates) => candidates,
  AllocationStrategy: (candidates) => candidates,
  ClosestToNextInstanceHour: closestToHour,
  Default: (candidates, group, world, now) =>
    closestToHour(oldestTemplate(candidates, group, world), group, world, now),
}

/**
 * The instances to terminate when a group scales in by `count`, as in "Control which Auto Scaling instances
 * terminate during scale in": zones are balanced first, whatever the policies say; instances protected from
 * scale-in are spared; what is left is narrowed by each policy in turn, and by chance. `excess` is in units: none is
 * taken that counts more than what is still too much.
 */
export function chooseVictims(
  world: World,
  group: Group,
  capacity: readonly Member[],
  excess: number,
  now: number,
  chance: () => number,
): Member[] {
  const left = new Set(capacity)
  const victims: Member[] = []
  let rest = excess
  while (rest > 0) {
    const free = (member: Member) => !member.protected && member.weight <= rest
    let candidates: readonly Member[] = mostCrowded([...left]).filter(free)
    if (candidates.length === 0) candidates = [...left].filter(free)
    for (const policy of group.terminationPolicies)
      if (candidates.length > 1) candidates = policies[policy]?.(candidates, group, world, now) ?? candidates
    const victim = candidates[Math.floor(chance() * candidates.length)]
    if (!victim) return victims
    left.delete(victim)
    rest -= victim.weight
    victims.push(victim)
  }
  return victims
}

/** The members of the zone that has most of them, and an unprotected one; of all such zones where several tie. */
function mostCrowded(members: readonly Member[]): readonly Member[] {
  const counts = countByZone(members)
  const open = new Set(members.filter((member) => !member.protected).map((member) => member.zone))
  const most = Math.max(0, ...[...open].map((zone) => counts.get(zone) ?? 0))
  return members.filter((member) => open.has(member.zone) && counts.get(member.zone) === most)
}

function oldestTemplate(candidates: readonly Member[], group: Group, _world: World): readonly Member[] {
  const foreign = candidates.filter((member) => member.template?.id !== group.template.id)
  return lowest(foreign.length > 0 ? foreign : candidates, (member) => member.template?.version ?? 0)
}

function closestToHour(candidates: readonly Member[], _group: Group, world: World, now: number) {
  return lowest(candidates, (member) => hour - ((now - launchedAt(world, member)) % hour))
}

const launchedAt = (world: World, member: Member) =>
  world.instances.get(member.id)?.launchedAt ?? member.joinedAt

function lowest(candidates: readonly Member[], measure: (member: Member) => number): readonly Member[] {
  const least = Math.min(...candidates.map(measure))
  return candidates.filter((member) => measure(member) === least)
}
