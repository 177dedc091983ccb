import type { Group, GroupInstance } from './fleet'
import { active, type FleetNow, hasExcess, heaviest, isOn, isServing, unitsOf } from './serving'

/** The next move of a fleet that goes to one template version instance by instance. */
export type Move =
  | { readonly kind: 'finished' }
  | { readonly kind: 'wait' }
  /** Room for one more, so that one may leave. */
  | {
      readonly kind: 'raise'
      readonly desired: number
      /** Places that are made, where they are not one: room for one instance of some weight. */
      readonly extra?: number
    }
  /** Everyone is right; the places that were made for the way are given back. */
  | { readonly kind: 'lower'; readonly desired: number }
  | { readonly kind: 'terminate'; readonly instance: string; readonly decrement: boolean }

/** Where the fleet shall go, and what must hold on the way. Sizes are units where the group has weights. */
export interface Goal {
  readonly template: { readonly id: string; readonly version: number }
  /** What shall serve in the end, and at any moment on the way where they do now. */
  readonly base: number
  /** Fewest healthy targets at any moment. */
  readonly minimum: number
  /** Places above `base` that the operation has made and not given back. Others' scale-outs are not its own. */
  readonly extra: number
}

/** Whether a move has AWS launch an instance. */
export const launches = (move: Move): boolean =>
  move.kind === 'raise' || (move.kind === 'terminate' && !move.decrement)

/**
 * The goal once somebody else has lowered the group, as an event does that ends: so few are wanted from then on, and
 * the places that were made are gone first.
 */
export const follow = (goal: Goal, desired: number): Goal => ({
  ...goal,
  base: Math.min(goal.base, desired),
  minimum: Math.min(goal.minimum, goal.base, desired),
  extra: Math.min(goal.extra, Math.max(0, desired - goal.base)),
})

/**
 * Decides the next move. A serving instance leaves only when enough others serve without it. One that does
 * not serve leaves early, but never the last hope: a load balancer whose targets are all unhealthy sends
 * traffic to all of them (Elastic Load Balancing user guide, "Target group health": fail open).
 * The same rule leads forward to a new version and back to an old one.
 */
export const nextMove = (fleet: FleetNow, goal: Goal): Move => {
  const { desired } = fleet.group
  const { base, minimum, extra } = follow(goal, desired)
  const present = active(fleet.group)
  const right = present.filter((instance) => isOn(instance, goal.template))
  const wrong = present.filter((instance) => !isOn(instance, goal.template))
  const serving = present.filter((instance) => isServing(fleet, instance))

  const leaves = leavesFirst(fleet, wrong)
  if (!leaves) {
    return placesLeft({ base, minimum, extra }, fleet, unitsOf(serving) === unitsOf(present))
  }

  const serveWithout = serving.filter((instance) => instance.id !== leaves.id)
  // Whom AWS is about to scale in is for AWS to choose: one that we take beside it would be one too many.
  if (isServing(fleet, leaves) && scalesIn(fleet)) return { kind: 'wait' }
  const mayLeave = isServing(fleet, leaves)
    ? unitsOf(serveWithout) >= Math.max(minimum, base)
    : unitsOf(serveWithout) >= minimum || serveWithout.some((instance) => isOn(instance, goal.template))
  if (mayLeave) {
    // What AWS takes off the desired capacity with an instance of some weight is not documented: it is lowered apart.
    const decrement = extra > 0 && unitsOf(right) >= base && leaves.units === undefined
    return { kind: 'terminate', instance: leaves.id, decrement }
  }
  const settled =
    unitsOf(present) >= desired && present.every((instance) => instance.lifecycle === 'InService')
  const room = heaviest(fleet.group)
  if (extra > 0 || !settled) return { kind: 'wait' }
  return { kind: 'raise', desired: desired + room, ...(room > 1 && { extra: room }) }
}

/**
 * Whether a group that counts more than so many units has one that does not serve yet: lowered to them, AWS may choose a
 * serving instance to scale in, and keep the newcomer.
 */
export const isBooting = (group: Group, desired: number): boolean => {
  const present = active(group)
  return unitsOf(present) > desired && present.some(({ lifecycle }) => lifecycle !== 'InService')
}

/** Whether AWS has instances to take, by itself, that nobody has protected from it. */
const scalesIn = ({ group }: FleetNow): boolean =>
  hasExcess(group) && active(group).some((instance) => !instance.protected)

/**
 * Everyone is right. A place that was made is given back when nobody has taken it (AWS has no capacity, say),
 * or when all serve; never while a newcomer boots, for the group might take a serving one instead.
 */
const placesLeft = (
  { base, minimum, extra }: Pick<Goal, 'base' | 'minimum' | 'extra'>,
  fleet: FleetNow,
  allServe: boolean,
): Move => {
  const { desired } = fleet.group
  const present = active(fleet.group)
  const serving = unitsOf(present.filter((instance) => isServing(fleet, instance)))
  const lower = Math.max(base, desired - extra)
  const enough = serving >= Math.max(lower, minimum)
  const settled = unitsOf(present) <= lower || allServe
  if (lower < desired && enough && settled) return { kind: 'lower', desired: lower }
  const complete = serving >= Math.max(desired, minimum) && !hasExcess(fleet.group)
  return complete ? { kind: 'finished' } : { kind: 'wait' }
}

/** What does not serve goes first; among equals the smallest id, so that a replay decides the same. */
const leavesFirst = (fleet: FleetNow, wrong: readonly GroupInstance[]): GroupInstance | undefined =>
  [...wrong].sort(
    (a, b) => Number(isServing(fleet, a)) - Number(isServing(fleet, b)) || (a.id < b.id ? -1 : 1),
  )[0]
