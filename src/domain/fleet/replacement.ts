import type { GroupInstance } from './fleet'
import { active, type FleetNow, isOn, isServing } from './serving'

/** The next move of a fleet that goes to one template version instance by instance. */
export type Move =
  | { readonly kind: 'finished' }
  | { readonly kind: 'wait' }
  /** Room for one more, so that one may leave. */
  | { readonly kind: 'raise'; readonly desired: number }
  /** Everyone is right; the places that were made for the way are given back. */
  | { readonly kind: 'lower'; readonly desired: number }
  | { readonly kind: 'terminate'; readonly instance: string; readonly decrement: boolean }

/** Where the fleet shall go, and what must hold on the way. */
export interface Goal {
  readonly template: { readonly id: string; readonly version: number }
  /** Instances that shall serve in the end, and at any moment on the way where they do now. */
  readonly base: number
  /** Fewest healthy targets at any moment. */
  readonly minimum: number
  /** Places above `base` that the operation has made and not given back. Others' scale-outs are not its own. */
  readonly extra: number
}

/**
 * Decides the next move. A serving instance leaves only when enough others serve without it. One that does
 * not serve leaves early, but never the last hope: a load balancer whose targets are all unhealthy sends
 * traffic to all of them (Elastic Load Balancing user guide, "Target group health": fail open).
 * The same rule leads forward to a new version and back to an old one.
 */
export const nextMove = (fleet: FleetNow, goal: Goal): Move => {
  const { desired } = fleet.group
  // A scale-in by somebody else may have taken the places that were made: then there are none to wait for.
  const extra = Math.min(goal.extra, Math.max(0, desired - goal.base))
  const present = active(fleet.group)
  const right = present.filter((instance) => isOn(instance, goal.template))
  const wrong = present.filter((instance) => !isOn(instance, goal.template))
  const serving = present.filter((instance) => isServing(fleet, instance))

  const leaves = leavesFirst(fleet, wrong)
  if (!leaves) {
    return placesLeft(goal, desired, present.length, serving.length)
  }

  const serveWithout = serving.filter((instance) => instance.id !== leaves.id)
  const mayLeave = isServing(fleet, leaves)
    ? serveWithout.length >= Math.max(goal.minimum, goal.base)
    : serveWithout.length >= goal.minimum || serveWithout.some((instance) => isOn(instance, goal.template))
  if (mayLeave) {
    const decrement = extra > 0 && right.length >= goal.base
    return { kind: 'terminate', instance: leaves.id, decrement }
  }
  const settled = present.length >= desired && present.every((instance) => instance.lifecycle === 'InService')
  return extra === 0 && settled ? { kind: 'raise', desired: desired + 1 } : { kind: 'wait' }
}

/**
 * Everyone is right. A place that was made is given back when nobody has taken it (AWS has no capacity, say),
 * or when all serve; never while a newcomer boots, for the group might take a serving one instead.
 */
const placesLeft = (goal: Goal, desired: number, present: number, serving: number): Move => {
  const lower = Math.max(goal.base, desired - goal.extra)
  const enough = serving >= Math.max(lower, goal.minimum)
  const settled = present <= lower || serving === present
  if (lower < desired && enough && settled) return { kind: 'lower', desired: lower }
  const complete = serving >= Math.max(desired, goal.minimum) && present <= desired
  return complete ? { kind: 'finished' } : { kind: 'wait' }
}

/** What does not serve goes first; among equals the smallest id, so that a replay decides the same. */
const leavesFirst = (fleet: FleetNow, wrong: readonly GroupInstance[]): GroupInstance | undefined =>
  [...wrong].sort(
    (a, b) => Number(isServing(fleet, a)) - Number(isServing(fleet, b)) || (a.id < b.id ? -1 : 1),
  )[0]
