import type {
  FleetView,
  GroupView,
  InstanceView,
  LoadBalancerView,
  TargetGroupView,
  TargetView,
} from '../../protocol'

/** A group with its instances, as one reads it from the load balancer down. */
export interface GroupLane {
  group: GroupView
  instances: InstanceView[]
  targetGroups: TargetGroupView[]
}
/** A load balancer (or none) with what stands behind it. */
export interface Lane {
  key: string
  balancer?: LoadBalancerView
  targetGroups: TargetGroupView[]
  groups: GroupLane[]
}

const byName = <T extends { name: string }>(a: T, b: T) => a.name.localeCompare(b.name)
const oldestFirst = (a: InstanceView, b: InstanceView) =>
  a.launchedAt - b.launchedAt || a.id.localeCompare(b.id)

/** Instances that still stand for something: terminated ones are gone. */
const standing = (instance: InstanceView) => instance.state !== 'terminated'

/** The fleet as lanes, by load balancer; groups behind none have a lane of their own. */
export const lanes = (fleet: FleetView): Lane[] => {
  const laneGroup = (group: GroupView): GroupLane => ({
    group,
    instances: fleet.instances.filter((one) => one.group === group.name && standing(one)).sort(oldestFirst),
    targetGroups: fleet.targetGroups.filter((target) => group.targetGroups.includes(target.arn)),
  })
  const groups = [...fleet.groups].sort(byName)
  const balanced = [...fleet.loadBalancers].sort(byName).map((balancer): Lane => {
    const behind = new Set(balancer.targetGroups)
    return {
      key: balancer.arn,
      balancer,
      targetGroups: fleet.targetGroups.filter((target) => behind.has(target.arn)).sort(byName),
      groups: groups.filter((group) => group.targetGroups.some((arn) => behind.has(arn))).map(laneGroup),
    }
  })
  const seen = new Set(balanced.flatMap((lane) => lane.groups.map(({ group }) => group.name)))
  const alone = groups
    .filter((group) => !seen.has(group.name))
    .map((group): Lane => ({ key: group.name, targetGroups: [], groups: [laneGroup(group)] }))
  const order = (lane: Lane) => lane.groups[0]?.group.name ?? '~'
  // The web fleet is what a newcomer is shown first.
  return [...balanced, ...alone].sort((a, b) => order(b).localeCompare(order(a)))
}

/** Instances in no group, such as those that images are baked from. */
export const strays = (fleet: FleetView): InstanceView[] =>
  fleet.instances.filter((one) => one.group === undefined && standing(one)).sort(oldestFirst)

/** Target groups that no load balancer forwards to and no group is drawn with. */
export const unrouted = (fleet: FleetView): TargetGroupView[] =>
  fleet.targetGroups
    .filter(
      ({ arn, inUse }) => !inUse && !fleet.groups.some(({ targetGroups }) => targetGroups.includes(arn)),
    )
    .toSorted(byName)

/** Every state of an instance that the page tells apart. */
export type TileState =
  | 'booting'
  | 'checking'
  | 'serving'
  | 'unhealthy'
  | 'draining'
  | 'leaving'
  | 'standby'
  | 'warm'
  | 'idle'

export const stateWords: Record<TileState, string> = {
  booting: 'booting',
  checking: 'health check',
  serving: 'serving',
  unhealthy: 'unhealthy',
  draining: 'draining',
  leaving: 'terminating',
  standby: 'standby',
  warm: 'warm pool',
  idle: 'running',
}

/** What an instance is at, from its lifecycle and what its target groups say of it. */
export const tileState = (instance: InstanceView, targets: TargetView[]): TileState => {
  const lifecycle = instance.lifecycle ?? ''
  const draining = targets.some((target) => target.state === 'draining')
  if (/^Warmed:(?!Pending|Terminat)/.test(lifecycle)) return 'warm'
  if (/^(Warmed:)?Pending/.test(lifecycle) || instance.state === 'pending') return 'booting'
  if (lifecycle.includes('Standby')) return draining ? 'draining' : 'standby'
  if (
    /^(Warmed:)?(Terminat|Detach)/.test(lifecycle) ||
    ['shutting-down', 'stopping'].includes(instance.state)
  )
    return draining ? 'draining' : 'leaving'
  if (instance.healthStatus?.toLowerCase() === 'unhealthy') return 'unhealthy'
  if (targets.some((target) => target.state.startsWith('unhealthy'))) return 'unhealthy'
  if (draining) return 'draining'
  if (targets.some((target) => target.state === 'initial')) return 'checking'
  return targets.some((target) => target.state === 'healthy') ? 'serving' : 'idle'
}

/** What it is at, as people read it: an instance that a lifecycle hook holds is told with the hook. */
export const stateOf = (instance: InstanceView, state: TileState): string =>
  instance.waitsFor === undefined ? stateWords[state] : `waits for ${instance.waitsFor}`

/** What instances count together, in the units of their group's sizes; those of its warm pool count nothing. */
export const unitsOf = (instances: readonly InstanceView[]): number =>
  instances.reduce(
    (sum, { weight = 1, lifecycle = '' }) => sum + (lifecycle.startsWith('Warmed:') ? 0 : weight),
    0,
  )

/** What some target groups say of one instance. */
export const targetsOf = (instance: string, groups: TargetGroupView[]): TargetView[] =>
  groups.flatMap((group) => group.targets.filter((target) => target.instance === instance))
