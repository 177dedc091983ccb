import type { FleetSnapshot, Group, GroupInstance, Target } from './fleet'
import type { Instant } from '../time/time'

/** A group and the health of its instances at its target groups, as of one moment. */
export interface FleetNow {
  readonly group: Group
  /** Targets of each attached target group, by its ARN. */
  readonly targets: ReadonlyMap<string, readonly Target[]>
}

/** Whether an instance leaves or has left: it counts for nothing any more. */
const isLeaving = (instance: GroupInstance): boolean =>
  /^(Terminating|Terminated|Detaching|Detached)/.test(instance.lifecycle)

/** Standby instances stand outside of all counting: they belong to a person, or to a swap. */
export const isStandby = (instance: GroupInstance): boolean =>
  instance.lifecycle === 'Standby' || instance.lifecycle === 'EnteringStandby'

/** Instances that take part: neither leaving nor in Standby. */
export const active = (group: Group): readonly GroupInstance[] =>
  group.instances.filter((instance) => !isLeaving(instance) && !isStandby(instance))

/** Whether an instance serves: InService, healthy to its group and to every target group (rule 1: all, or no). */
export const isServing = (fleet: FleetNow, instance: GroupInstance): boolean =>
  instance.lifecycle === 'InService' &&
  instance.healthy &&
  fleet.group.targetGroups.every((arn) => targetState(fleet, arn, instance.id) === 'healthy')

export const serving = (fleet: FleetNow): readonly GroupInstance[] =>
  fleet.group.instances.filter((instance) => isServing(fleet, instance))

/**
 * Units of the desired capacity that instances count together: their weights, or one each where their group has none
 * (EC2 Auto Scaling user guide, "Configure an Auto Scaling group to use instance weights").
 */
export const unitsOf = (instances: readonly GroupInstance[]): number =>
  instances.reduce((sum, { units = 1 }) => sum + units, 0)

/** The units of a group's heaviest instance: one where it has no weights. */
export const heaviest = (group: Group): number => Math.max(1, ...active(group).map(({ units = 1 }) => units))

/** Whether the sizes of a group are units that instances count by their weight. */
export const isWeighted = (group: Group): boolean =>
  heaviest(group) > 1 ||
  group.instances.some(({ units = 1 }) => units > 1) ||
  group.unitsByType !== undefined ||
  (group.capacityType !== undefined && group.capacityType !== 'units')

/** How many instances, of a group's usual weight, make so many units; in an empty one of the lightest weight it names. */
export const instancesFor = (group: Group, units: number): number => {
  const present = active(group)
  if (present.length > 0) return Math.ceil((units * present.length) / unitsOf(present))
  const named = Object.values(group.unitsByType ?? {})
  return named.length === 0 ? units : Math.ceil(units / Math.min(...named))
}

/** Whether the group wants more than it has. */
export const isShort = ({ group }: FleetNow): boolean => unitsOf(active(group)) < group.desired

/** Whether an instance is too many: AWS keeps one that counts more than there is too much. */
export const hasExcess = (group: Group): boolean => {
  const present = active(group)
  const excess = unitsOf(present) - group.desired
  return present.some(({ units = 1 }) => units <= excess)
}

/** Whether an instance waits for lifecycle hooks of its launch. */
export const isHeld = (instance: GroupInstance): boolean => instance.lifecycle === 'Pending:Wait'

/** Whether an instance was launched from this template version. */
export const isOn = (instance: GroupInstance, template: { id: string; version: number }): boolean =>
  instance.templateId === template.id && instance.templateVersion === template.version

const targetState = (fleet: FleetNow, arn: string, instance: string): string | undefined =>
  fleet.targets.get(arn)?.find((target) => target.instance === instance)?.state

/** The worst that any target group says of an instance. */
const health = (fleet: FleetNow, instance: GroupInstance): string => {
  if (fleet.group.targetGroups.length === 0) return instance.healthy ? 'healthy' : 'unhealthy'
  const states = fleet.group.targetGroups.map((arn) => targetState(fleet, arn, instance.id) ?? 'unused')
  return states.find((state) => state !== 'healthy') ?? 'healthy'
}

/** The fleet as a message shows it. */
export const snapshot = (fleet: FleetNow, at: Instant): FleetSnapshot => ({
  group: fleet.group.name,
  at,
  desired: instancesFor(fleet.group, fleet.group.desired),
  cells: fleet.group.instances.map((instance) => ({
    id: instance.id,
    ...(instance.templateVersion !== undefined && { version: instance.templateVersion }),
    lifecycle: instance.lifecycle,
    health: health(fleet, instance),
  })),
})
