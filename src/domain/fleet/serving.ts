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

/** Whether the group wants more instances than it has. */
export const isShort = ({ group }: FleetNow): boolean => active(group).length < group.desired

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
  desired: fleet.group.desired,
  cells: fleet.group.instances.map((instance) => ({
    id: instance.id,
    ...(instance.templateVersion !== undefined && { version: instance.templateVersion }),
    lifecycle: instance.lifecycle,
    health: health(fleet, instance),
  })),
})
