import type { Group, Route } from '../fleet/fleet'
import { type Reason, reason } from '../reasons/reason'
import { type Result, failure, ok } from '../result'
import { type Color, otherColor } from './color'
import type { Component } from './components'
import type { PlannedRoute } from './planned-colors'
import { type Colors, isLive } from './live-color'

/** Shares of the traffic that the color coming up gets one after the other, in percent, where nobody says others. */
export const defaultWeights: readonly number[] = [10, 50, 100]
/** Each step has its bake time: more of them than these are rather a mistake in typing. */
const maxSteps = 10

/** Whether these are steps of a shift: whole numbers from 1 to 100, each above the one before, the last one 100. */
export const areSteps = (steps: readonly number[]): boolean =>
  steps.length <= maxSteps &&
  steps.at(-1) === 100 &&
  steps.every((step, at) => Number.isInteger(step) && step > (steps[at - 1] ?? 0))

type Weights = Route['weights']

/** `<name>` of `arn:…:targetgroup/<name>/<id>`. */
const targetGroupName = (arn: string): string => arn.split('/')[1] ?? arn

/** How people know a route: the load balancer and its port, and the priority of a rule: `pay-ALB:80 #10`. */
const routeName = ({ id, port, priority }: Route): string => {
  const balancer = id.split('/')[2] ?? id
  return [balancer, port === undefined ? '' : `:${port}`, priority === undefined ? '' : ` #${priority}`].join(
    '',
  )
}

/** Weights in a few words: `pay-blue-TG 90, pay-green-TG 10`. */
export const describeWeights = (weights: Weights | undefined): string =>
  Object.entries(weights ?? {})
    .map(([arn, weight]) => `${targetGroupName(arn)} ${weight}`)
    .join(', ')

const describeRoute = (route: Route): string => `${routeName(route)}: ${describeWeights(route.weights)}`

/** The target groups of one component that belong together, one of each color. */
interface Counterparts {
  readonly blue: string
  readonly green: string
}

const otherName = (name: string): string =>
  name.replace(/blue|green/, (color) => otherColor(color === 'blue' ? 'blue' : 'green'))

/**
 * The target groups of a component by twos: the only one of each color, or those whose names differ in the color alone.
 * A reason where the colors share one, or cannot be told apart by them.
 */
export const counterpartsOf = ({ blue, green }: Component): Result<readonly Counterparts[]> => {
  const bare = [blue, green].find(({ targetGroups }) => targetGroups.length === 0)
  if (bare) return failure(reason('no_target_group', { group: bare.name }))
  const shared = blue.targetGroups.find((arn) => green.targetGroups.includes(arn))
  const groups = [blue.name, green.name]
  if (shared !== undefined) {
    return failure(reason('shared_target_group', { targetGroup: targetGroupName(shared), groups }))
  }
  const [first, ...more] = green.targetGroups
  if (first !== undefined && more.length === 0 && blue.targetGroups.length === 1) {
    return ok(blue.targetGroups.map((arn) => ({ blue: arn, green: first })))
  }
  const counterparts = blue.targetGroups.flatMap((arn) => {
    const counterpart = green.targetGroups.find(
      (one) => targetGroupName(one) === otherName(targetGroupName(arn)),
    )
    return counterpart === undefined ? [] : [{ blue: arn, green: counterpart }]
  })
  const all = Math.max(blue.targetGroups.length, green.targetGroups.length)
  return counterparts.length === all
    ? ok(counterparts)
    : failure(reason('target_groups_unpaired', { groups }))
}

/** All target groups of both colors. */
export const targetGroupsOf = (components: readonly Component[]): readonly string[] => [
  ...new Set(components.flatMap(({ blue, green }) => [...blue.targetGroups, ...green.targetGroups])),
]

/** Which color a route sends all its traffic to. */
const colorOf = ({ weights }: Route, { blue, green }: Counterparts): Color | 'unclear' => {
  const [toBlue, toGreen] = [weights[blue] ?? 0, weights[green] ?? 0]
  if (toBlue > 0 && toGreen > 0) return 'unclear'
  if (toBlue > 0) return 'blue'
  return toGreen > 0 ? 'green' : 'unclear'
}

/** The color that routes send all traffic to: those with both colors tell, or else all others; undefined without any. */
const liveByWeights = (
  components: readonly Component[],
  routes: readonly Route[],
): Color | 'unclear' | undefined => {
  const pairs = components.flatMap((component) => {
    const counterparts = counterpartsOf(component)
    return counterparts.ok ? counterparts.value : []
  })
  const with_ = (enough: (found: readonly boolean[]) => boolean) =>
    pairs.flatMap((counterparts) =>
      routes
        .filter(({ weights }) => enough([counterparts.blue in weights, counterparts.green in weights]))
        .map((route) => colorOf(route, counterparts)),
    )
  const both = with_((found) => found.every(Boolean))
  const colors = new Set(both.length > 0 ? both : with_((found) => found.some(Boolean)))
  const [first] = colors
  return colors.size > 1 ? 'unclear' : first
}

/**
 * Which color is live where traffic is shifted by weights: the one that gets all of it. `judged` is what the sizes alone
 * say: with both colors running the weights decide; where one has no instances both must say the same. Pure.
 */
export const liveColorByWeights = (
  components: readonly Component[],
  routes: readonly Route[],
  judged: Result<Colors>,
  service: string,
): Result<Colors> => {
  const live = liveByWeights(components, routes)
  if (live === undefined) return judged
  const described = routes.map(describeRoute)
  if (live === 'unclear') return failure(reason('weights_unclear', { service, routes: described }))
  if (judged.ok) {
    const group = components[0]?.[live].name
    return judged.value.live === live
      ? judged
      : failure(reason('weights_on_idle', { service, group, routes: described }))
  }
  if (!components.every((component) => isLive(component[live]))) return judged
  return ok({ live, idle: otherColor(live), components, warm: true })
}

/**
 * The routes that shift: all that forward to the color that serves, wholly, and to no third target group. A reason where
 * one is not like that, or there is none. What forwards to the other color alone, as for tests, is left alone. Pure.
 */
export const routesToShift = (
  { components, live }: Colors,
  routes: readonly Route[],
  service: string,
): Result<readonly PlannedRoute[]> => {
  const planned: PlannedRoute[] = []
  for (const component of components) {
    const found = counterpartsOf(component)
    if (!found.ok) return found
    const pairs = found.value
    for (const counterparts of pairs) {
      const [from, to] = [counterparts[live], counterparts[otherColor(live)]]
      const own = routes.filter(({ weights }) => from in weights)
      if (own.length === 0) {
        return failure(
          reason('no_route', { group: component[live].name, targetGroup: targetGroupName(from) }),
        )
      }
      for (const route of own) {
        const third = Object.keys(route.weights).filter((arn) => arn !== from && arn !== to)
        if (third.length > 0) {
          const targetGroups = third.map(targetGroupName)
          return failure(reason('third_target_group', { route: routeName(route), targetGroups }))
        }
        if (colorOf(route, counterparts) !== live) {
          return failure(reason('weights_unclear', { service, routes: routes.map(describeRoute) }))
        }
        planned.push(plannedRoute(component, route, { from, to }))
      }
    }
  }
  return ok(planned)
}

const balancerOf = ({ id }: Route): string => id.split('/').slice(1, 4).join('/')

/**
 * Why the live color must not simply leave service: a route of the same load balancer sends traffic to a target group of
 * its own and none to the other color's, which would be all the traffic that it loses. Colors that share their target
 * groups have no such route. Pure.
 */
export const unroutedRoute = (
  { components, live, idle }: Colors,
  routes: readonly Route[],
): Reason | undefined => {
  for (const component of components) {
    const [from, to] = [component[live], component[idle]]
    const own = from.targetGroups.filter((arn) => !to.targetGroups.includes(arn))
    const balancers = new Set(
      routes.filter(({ weights }) => to.targetGroups.some((arn) => arn in weights)).map(balancerOf),
    )
    const gets = ({ weights }: Route, arns: readonly string[]) => arns.some((arn) => (weights[arn] ?? 0) > 0)
    const unrouted = routes.find(
      (route) => balancers.has(balancerOf(route)) && gets(route, own) && !gets(route, to.targetGroups),
    )
    if (unrouted) return reason('idle_gets_no_traffic', { group: to.name, routes: [describeRoute(unrouted)] })
  }
  return undefined
}

const plannedRoute = (
  { name: component }: Component,
  route: Route,
  { from, to }: { readonly from: string; readonly to: string },
): PlannedRoute => ({
  id: route.id,
  kind: route.kind,
  name: routeName(route),
  component,
  from,
  to,
  ...(!(to in route.weights) && { joins: true }),
  ...(route.sticky !== undefined && { sticky: route.sticky }),
})

/** The weights of a route while the color coming up gets so much of its traffic, in percent. */
export const weightsAt = ({ from, to }: PlannedRoute, percent: number): Weights => ({
  [from]: 100 - percent,
  [to]: percent,
})

/** Whether a route has exactly these target groups at these weights. */
export const sameWeights = (is: Weights | undefined, wanted: Weights): boolean =>
  is !== undefined &&
  Object.keys(is).length === Object.keys(wanted).length &&
  Object.entries(wanted).every(([arn, weight]) => is[arn] === weight)

/** Whether a route sends all its traffic to one of its two target groups, whatever the number, and knows no third. */
export const allTo = (is: Weights, { from, to }: PlannedRoute, side: 'from' | 'to'): boolean => {
  const [here, there] = side === 'from' ? [from, to] : [to, from]
  return (is[here] ?? 0) > 0 && (is[there] ?? 0) === 0 && onlyPair(is, { from, to })
}

/** Whether a route forwards to no other target groups than these two. */
export const onlyPair = (is: Weights, { from, to }: Pick<PlannedRoute, 'from' | 'to'>): boolean =>
  Object.keys(is).every((arn) => arn === from || arn === to)

/** The longest that clients stay with the target group that they were sent to, in seconds; 0 where none do. */
export const stickiest = (routes: readonly Pick<PlannedRoute, 'sticky'>[]): number =>
  Math.max(0, ...routes.map(({ sticky = 0 }) => sticky))

/** How the traffic of a group's target groups is shared out, in percent of all that its routes send to either color. */
export const sharesOf = (
  components: readonly Component[],
  routes: readonly Route[],
): { readonly blue: number; readonly green: number } | undefined => {
  const sum = (side: (component: Component) => Group) =>
    routes
      .filter(({ weights }) => Object.keys(weights).length > 0)
      .map(({ weights }) => {
        const all = Object.values(weights).reduce((total, weight) => total + weight, 0)
        const own = components.flatMap((component) => side(component).targetGroups)
        return all === 0 ? 0 : own.reduce((total, arn) => total + (weights[arn] ?? 0), 0) / all
      })
      .reduce((total, share) => total + share, 0)
  const [blue, green] = [sum((one) => one.blue), sum((one) => one.green)]
  const all = blue + green
  return all === 0
    ? undefined
    : { blue: Math.round((blue / all) * 100), green: 100 - Math.round((blue / all) * 100) }
}
