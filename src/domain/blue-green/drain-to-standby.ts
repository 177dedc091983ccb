import type { GroupInstance } from '../fleet/fleet'
import { active, type FleetNow, instancesFor, isServing, isStandby, unitsOf } from '../fleet/serving'

/** Instances that one call takes into or out of Standby; AWS takes 20 (EC2 Auto Scaling API reference, EnterStandby). */
export const instancesPerCall = 19

/** The next move of a color that leaves service for Standby. */
export type StandbyMove =
  | { readonly kind: 'enter'; readonly instances: readonly string[] }
  /** Instances that are only starting are not waited for any longer: they leave for good. */
  | { readonly kind: 'drop' }
  /** Nothing is left of it, and nothing comes: it shall want nothing either. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'finished' }

/** How much of a group serves, of how much that shall. */
export interface Completeness {
  /** In the units of its sizes: as its minimum is. */
  readonly serving: number
  readonly wanted: number
  readonly complete: boolean
  /** In instances, as people count. */
  readonly instances: { readonly healthy: number; readonly wanted: number }
}

/** How much of a group serves, of how much that shall. */
export const completeness = (fleet: FleetNow, minimum: number): Completeness => {
  const present = active(fleet.group)
  const those = present.filter((one) => isServing(fleet, one))
  const serving = unitsOf(those)
  const wanted = Math.max(fleet.group.desired, minimum)
  return {
    serving,
    wanted,
    complete: serving >= wanted && those.length === present.length,
    instances: { healthy: those.length, wanted: instancesFor(fleet.group, wanted) },
  }
}

const smallestFirst = (a: GroupInstance, b: GroupInstance): number => (a.id < b.id ? -1 : 1)

/**
 * What the color that leaves does next, beside the one that took over. It leaves only while the other one is complete
 * by itself, so that targets that serve are never fewer than wanted. Its own health is no matter: it is on its way
 * out, and one that fails there must not hold up the one that works. Pure.
 */
export const nextToStandby = (
  leaving: FleetNow,
  staying: FleetNow,
  {
    minimum,
    mayWait,
    launches = true,
  }: {
    readonly minimum: number
    readonly mayWait: boolean
    /** Whether it launches what it wants beyond what it has. */
    readonly launches?: boolean
  },
): StandbyMove => {
  const present = active(leaving.group)
  if (present.length === 0 && leaving.group.desired === 0) return { kind: 'finished' }
  if (!completeness(staying, minimum).complete) return { kind: 'wait' }
  const ready = present.filter(({ lifecycle }) => lifecycle === 'InService').sort(smallestFirst)
  if (ready.length > 0)
    return { kind: 'enter', instances: ready.slice(0, instancesPerCall).map(({ id }) => id) }
  if (present.length === 0 && !launches) return { kind: 'empty' }
  return mayWait ? { kind: 'wait' } : { kind: 'drop' }
}

/** How many instances are still on their way into Standby: their targets drain. */
export const entering = ({ group }: FleetNow): number =>
  group.instances.filter(({ lifecycle }) => lifecycle === 'EnteringStandby').length

/** Ids of the instances in Standby, or on their way there. */
export const inStandby = ({ group }: Pick<FleetNow, 'group'>): readonly string[] =>
  group.instances.filter(isStandby).map(({ id }) => id)
