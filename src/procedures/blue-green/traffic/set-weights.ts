import type { PlannedRoute, PlannedWeights } from '../../../domain/blue-green/planned-colors'
import { allTo, onlyPair, sameWeights, describeWeights, weightsAt } from '../../../domain/blue-green/weights'
import { completeness } from '../../../domain/blue-green/drain-to-standby'
import type { Route } from '../../../domain/fleet/fleet'
import { type Reason, reason } from '../../../domain/reasons/reason'
import { trafficSteps } from '../../../domain/steps/blue-green/traffic'
import type { ScopedStep, Step } from '../../../domain/steps/step'
import { again, done, failed, waiting } from '../../../durable/poll'
import type { Run } from '../../../durable/run'
import { type Context, planned } from '../../context'
import { readFleet } from '../../../facts/fleet/read-fleet'
import { readDelay } from '../../fleet/group/snapshot-group'

type Weights = Route['weights']

/** The weights of a route now; undefined where it is gone, or forwards to neither of its target groups any more. */
const weightsNow = async (
  { account }: Context,
  { id, from, to }: PlannedRoute,
): Promise<Weights | undefined> =>
  (await account.traffic.routes([from, to])).find((route) => route.id === id)?.weights

/** One change of a route's weights. */
interface WeightChange {
  readonly step: Step<'step', 'traffic'>
  readonly route: PlannedRoute
  readonly wanted: Weights
  /** Whether it need not be made, as the route is. */
  readonly isDone: (is: Weights | undefined) => boolean
  /** Whether it may be made: whatever else is found there, somebody else has put there. */
  readonly isAllowed: (is: Weights) => boolean
  /** What else speaks against it. */
  readonly guard?: () => Promise<Reason | undefined>
}

/** Changes the weights of one route, once, unless somebody else has changed them: that is not overwritten. */
const setRouteWeights = async (
  run: Run,
  context: Context,
  { step, route, wanted, isDone, isAllowed, guard }: WeightChange,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({
      route: route.name,
      from: wanted[route.from] ?? 0,
      to: wanted[route.to] ?? 0,
      since: run.now(),
    }),
    observe: async () => (isDone(await weightsNow(context, route)) ? true : undefined),
    act: async ({ since }) => {
      const is = await weightsNow(context, route)
      const why = is !== undefined && isAllowed(is) ? await guard?.() : weightsChanged(route, wanted, is)
      // What was changed last may not be visible yet.
      if (why) return run.now() - since >= readDelay ? failed(why) : again
      await context.account.traffic.setWeights(route, wanted)
      return waiting()
    },
  })
}

const weightsChanged = (route: PlannedRoute, wanted: Weights, is: Weights | undefined): Reason =>
  reason('weights_changed', {
    route: route.name,
    was: describeWeights(wanted),
    ...(is && { is: describeWeights(is) }),
  })

/**
 * Puts the target groups of the color that comes up beside those that serve, at weight 0: one that no listener and no
 * rule forwards to is not checked, and never gets healthy (ALB guide, "Health checks for your target groups").
 */
export const addToRoutes = async (run: Run, context: Context, { routes }: PlannedWeights): Promise<void> => {
  for (const route of routes) {
    await setRouteWeights(run, context, {
      step: trafficSteps.join.at({ route: route.name }),
      route,
      wanted: weightsAt(route, 0),
      isDone: (is) => is !== undefined && route.to in is && allTo(is, route, 'from'),
      isAllowed: (is) => allTo(is, route, 'from'),
    })
  }
}

/**
 * Gives the color that comes up so much of the traffic, in percent, on every route, one after the other. Never while it
 * has fewer healthy instances than the service must have.
 */
export const shiftTo = async (
  run: Run,
  context: Context,
  { routes }: PlannedWeights,
  { before, percent }: { readonly before: number; readonly percent: number },
): Promise<void> => {
  for (const route of routes) {
    const wanted = weightsAt(route, percent)
    await setRouteWeights(run, context, {
      step: trafficSteps.set.at({ route: route.name, share: percent }),
      route,
      wanted,
      isDone: (is) => sameWeights(is, wanted),
      isAllowed: (is) =>
        before === 0 ? allTo(is, route, 'from') : sameWeights(is, weightsAt(route, before)),
      guard: () => tooFewHealthy(context, route, 'to', percent),
    })
  }
}

/** Why a color may not get so much of the traffic: looked at right before it does, whatever was seen before. */
const tooFewHealthy = async (
  context: Context,
  { component }: PlannedRoute,
  side: 'from' | 'to',
  percent: number,
): Promise<Reason | undefined> => {
  const { components } = planned(context.plan.colors, 'colors')
  const { [side]: color, minimum } = planned(
    components.find(({ name }) => name === component),
    'component',
  )
  const fleet = await readFleet(context.account, color.name, {})
  if (!fleet) return reason('group_not_found', { group: color.name })
  const { serving, instances } = completeness(fleet, minimum)
  return serving >= Math.max(1, minimum)
    ? undefined
    : reason('weights_unhealthy', { group: color.name, ...instances, percent })
}

/** Looks whether every route still is as it was set, and no new one sends traffic to a color that leaves. */
export const verifyWeights = async (
  run: Run,
  context: Context,
  { routes }: PlannedWeights,
  percent: number,
): Promise<void> => {
  const arns = [...new Set(routes.flatMap(({ from, to }) => [from, to]))]
  const step = trafficSteps.stand.at({ share: percent })
  await run.wait(step, {
    timeout: readDelay * 3,
    onTimeout: () => reason('timed_out', { step: step.label }),
    poll: async (memory, _, { now }) => {
      const found = await context.account.traffic.routes(arns)
      const problem = weightsProblem(found, routes, percent)
      if (!problem) return done(true)
      const since = typeof memory === 'number' ? memory : now
      return now - since >= readDelay
        ? failed(problem)
        : waiting(undefined, since, run.clockTime(since + readDelay))
    },
  })
}

/** All or nothing is the same whatever the number, and a target group at 0 may be missing. */
const hasWeights = (is: Weights | undefined, route: PlannedRoute, percent: number): boolean => {
  if (percent > 0 && percent < 100) return sameWeights(is, weightsAt(route, percent))
  return is !== undefined && allTo(is, route, percent === 0 ? 'from' : 'to')
}

const weightsProblem = (
  found: readonly Route[],
  routes: readonly PlannedRoute[],
  percent: number,
): Reason | undefined => {
  for (const route of routes) {
    const is = found.find(({ id }) => id === route.id)?.weights
    if (!hasWeights(is, route, percent)) return weightsChanged(route, weightsAt(route, percent), is)
  }
  if (percent === 0) return undefined
  const other = found.find(
    ({ id, weights }) =>
      routes.every((route) => route.id !== id) && routes.some(({ from }) => (weights[from] ?? 0) > 0),
  )
  const name = other && (other.id.split('/')[2] ?? other.id)
  return other && reason('weights_changed', { route: name, is: describeWeights(other.weights) })
}

/**
 * Gives one color all the traffic of every route, at once. Clients that stickiness keeps with the other one would go on
 * being sent there, and get errors once it is empty; its target groups are taken out of those forwards altogether.
 * Weights that somebody else has set are as little to be kept as our own; another target group is.
 */
export const routeAllTraffic = async (
  run: Run,
  context: Context,
  routes: readonly PlannedRoute[],
  {
    side,
    step,
  }: {
    readonly side: 'from' | 'to'
    readonly step: ScopedStep<'step', 'traffic', boolean, 'route'>
  },
): Promise<void> => {
  for (const route of routes) {
    const [here, there] = side === 'from' ? [route.from, route.to] : [route.to, route.from]
    const alone = route.sticky !== undefined
    await setRouteWeights(run, context, {
      step: step.at({ route: route.name }),
      route,
      wanted: { [here]: 100, ...(!alone && { [there]: 0 }) },
      // A route that is gone sends nothing to anybody.
      isDone: (is) => is === undefined || (allTo(is, route, side) && !(alone && there in is)),
      isAllowed: (is) => onlyPair(is, route),
      guard: () => tooFewHealthy(context, route, side, 100),
    })
  }
}
