import type { Group } from '../fleet/fleet'
import { reason } from '../reasons/reason'
import { type Result, failure, ok } from '../result'
import { active, instancesFor, isStandby } from '../fleet/serving'
import { type Color, otherColor } from './color'
import type { Component } from './components'

/** Which color serves. */
export interface Colors {
  readonly live: Color
  readonly idle: Color
  readonly components: readonly Component[]
  /** Whether the idle color runs all the same, kept at weight 0. */
  readonly warm?: true
}

/** Whether a group serves, or would the next moment: it wants instances, or has some that neither leave nor stand by. */
export const isLive = (group: Group): boolean => group.desired > 0 || active(group).length > 0

/** A group and how many instances it has or wants: `shop-blue: 4`, `shop-green: 0 + 4 Standby`. */
const describeGroup = (group: Group): string => {
  const standby = group.instances.filter(isStandby).length
  const count = Math.max(instancesFor(group, group.desired), active(group).length)
  return `${group.name}: ${count}${standby > 0 ? ` + ${standby} Standby` : ''}`
}

/**
 * Which color is live and which one idle: exactly one must be, and the same one for every component. Anything else is
 * a refusal that says what was found. Instances in Standby make no color live. Pure.
 */
export const liveColorOf = (components: readonly Component[], service: string): Result<Colors> => {
  const groups = components.flatMap(({ blue, green }) => [describeGroup(blue), describeGroup(green)])
  const lives = components.map(({ blue, green }): Color | 'both' | 'none' => {
    if (isLive(blue)) return isLive(green) ? 'both' : 'blue'
    return isLive(green) ? 'green' : 'none'
  })
  if (lives.includes('both')) return failure(reason('both_colors_live', { service, groups }))
  if (lives.includes('none')) return failure(reason('both_colors_idle', { service, groups }))
  const [live] = lives
  if (live !== 'blue' && live !== 'green') return failure(reason('both_colors_idle', { service, groups }))
  if (lives.some((one) => one !== live)) return failure(reason('colors_crossed', { service, groups }))
  return ok({ live, idle: otherColor(live), components })
}

/** A component's groups by what becomes of them: the one that serves, and its counterpart. */
export const sides = (component: Component, from: Color): { readonly from: Group; readonly to: Group } => ({
  from: component[from],
  to: component[otherColor(from)],
})
