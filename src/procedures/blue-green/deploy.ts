import { withChecks } from '../../domain/analysis/planned-checks'
import type { Strategy } from '../../domain/catalogue/strategy'
import type { PlannedColorVersion, PlannedWeights } from '../../domain/blue-green/planned-colors'
import { type Colors, sides } from '../../domain/blue-green/live-color'
import { unroutedRoute, targetGroupsOf, defaultWeights } from '../../domain/blue-green/weights'
import type { Operation } from '../../domain/operation/operation'
import type { PlannedImage } from '../../domain/operation/plan'
import { planSwap } from '../../domain/blue-green/plan-swap'
import { chooseImage } from '../../domain/images/choose-image'
import { type Reason, reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import type { Runbook } from '../context'
import { warned } from '../../facts/warnings'
import { findColors } from '../../facts/blue-green/find-colors'
import { cutOver, cutOverByWeights } from './cut-over'
import { gatherSwap, versionLabelOf, type Launching, launchingOf } from '../../facts/blue-green/gather-colors'
import { gatherWeights } from '../../facts/blue-green/gather-weights'
import { askAboutVersion } from '../../facts/images/ask-about-version'
import { architectureProblem, plannedArchitecture } from '../../facts/images/architecture'
import { gatherImage } from '../../facts/fleet/gather-fleet'
import { recentSuccesses } from '../../facts/recent-operations'
import type { PlanContext } from '../../facts/plan-context'

type Deploy = Extract<Request, { procedure: 'deploy' }>

/** A deploy onto the idle color of two: the old one is kept warm for a while (seed procedure S5), in Standby. */
export const deployColors: Runbook<Deploy> = {
  async plan(request, context) {
    const { service, account } = context
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    if (!service.image && service.versionTag === undefined) {
      return failure(reason('no_version_source', { service: service.name }))
    }
    const [facts, history, before] = await Promise.all([
      gatherSwap(context, colors),
      recentSuccesses(context, 'deploy'),
      liveLabel(context, colors),
    ])
    const version = await versionFor(context, request, colors)
    if (!version.ok) return version
    if (before === request.version && version.value.image?.how !== 'bake') {
      return failure(reason('nothing_to_do', { service: service.name, version: request.version }))
    }
    const method = await swapMethodFor(context, request, colors)
    if (!method.ok) return method
    const planned = planSwap({ service, history: history.filter(usedMethod(method.value)) }, facts, {
      version: request.version,
      ...(before !== undefined && { before }),
      ...method.value,
      ...(service.versionTag !== undefined && { tag: service.versionTag }),
      ...version.value,
    })
    return askAboutVersion(await warned(context, withChecks(service, planned)), context)
  },

  run: cutOver,
}

/** The same with the traffic shifted by weights. */
export const deployByWeights: Runbook<Deploy> = { ...deployColors, run: cutOverByWeights }

/** How the colors change places: through Standby, or by weights and on which routes. */
type SwapMethod = { readonly strategy: Strategy; readonly weights?: PlannedWeights }

/** The way that is asked for, or the service's own; or why traffic cannot be shifted by weights. */
export const swapMethodFor = async (
  context: PlanContext,
  asked: { readonly strategy?: Strategy; readonly weights?: readonly number[] },
  colors: Colors,
): Promise<Result<SwapMethod>> => {
  if ((asked.strategy ?? context.service.strategy) !== 'canary') {
    const unrouted = colors.warm ? undefined : await unroutedReason(context, colors)
    return unrouted ? failure(unrouted) : ok({ strategy: 'blue-green' })
  }
  // What runs beside the live color says more than its weights.
  if (colors.warm) return ok({ strategy: 'canary' })
  const weights = await gatherWeights(context, colors, asked.weights ?? defaultWeights)
  return weights.ok ? ok({ strategy: 'canary', weights: weights.value }) : weights
}

/** A route that would have nobody to send its traffic to; none where the colors share their target groups. */
const unroutedReason = async ({ account }: PlanContext, colors: Colors): Promise<Reason | undefined> => {
  const shared = colors.components.every(
    ({ blue, green }) => [...blue.targetGroups].sort().join() === [...green.targetGroups].sort().join(),
  )
  return shared
    ? undefined
    : unroutedRoute(colors, await account.traffic.routes(targetGroupsOf(colors.components)))
}

/** Operations that took the same way, which alone say how long it takes. */
export const usedMethod =
  ({ strategy }: SwapMethod) =>
  ({ plan }: Operation): boolean =>
    plan?.strategy === strategy

/** What the live color serves, as people call it. */
export const liveLabel = (
  context: PlanContext,
  { components, live }: Colors,
): Promise<string | undefined> => {
  const [first] = components
  return first ? versionLabelOf(context, first[live]) : Promise.resolve(undefined)
}

interface ByImage {
  readonly image?: PlannedImage
  readonly templates?: ReadonlyMap<string, PlannedColorVersion>
}

/** How the new version comes to the idle color's templates; nothing where the version is in the tag alone. */
const versionFor = async (
  context: PlanContext,
  request: Deploy,
  colors: Colors,
): Promise<Result<ByImage>> => {
  const { service } = context
  if (!service.image) {
    return request.from === undefined ? ok({}) : failure(reason('no_image_source', { service: service.name }))
  }
  const found = await launchingBoth(context, colors)
  if (!found.ok) return found
  const launching = found.value
  const images = await gatherImage(context, request.version, request.from)
  const serving = launching[0]?.from.version.imageId
  const chosen = chooseImage(service, { version: request.version, reboot: false }, { ...images, serving })
  if (!chosen.ok) return chosen
  const misfit = await misfitOf(context, launching, {
    image: chosen.value.name,
    architecture: plannedArchitecture(chosen.value, images),
  })
  if (misfit) return failure(misfit)
  const templates = launching.map(({ name, from, to }) => [name, templateOf(from, to)] as const)
  return ok({ image: chosen.value, templates: new Map(templates) })
}

/** Why an image cannot be launched by one of the groups that come up, for its architecture. */
export const misfitOf = async (
  { account }: PlanContext,
  launching: readonly LaunchingPair[],
  wanted: { readonly image: string; readonly architecture: string | undefined },
): Promise<Reason | undefined> => {
  for (const { to } of launching) {
    const misfit = await architectureProblem(account, { ...to, ...wanted })
    if (misfit) return misfit
  }
  return undefined
}

/** A component's groups with what they launch from. */
export interface LaunchingPair {
  readonly name: string
  readonly from: Launching
  readonly to: Launching
}

/** What the groups of both colors launch from, or why that cannot be told. */
export const launchingBoth = async (
  context: PlanContext,
  { components, live }: Colors,
): Promise<Result<readonly LaunchingPair[]>> => {
  const pairs: LaunchingPair[] = []
  for (const component of components) {
    const groups = sides(component, live)
    const [from, to] = await Promise.all([launchingOf(context, groups.from), launchingOf(context, groups.to)])
    if (!from.ok) return from
    if (!to.ok) return to
    pairs.push({ name: component.name, from: from.value, to: to.value })
  }
  return ok(pairs)
}

/** A new version is made of what serves now, where both colors launch from one template; else of the idle one's own. */
const templateOf = (from: Launching, to: Launching): PlannedColorVersion => {
  const { templateId, templateName } = to.version
  const source = from.version.templateId === templateId ? from.version.number : to.version.number
  return { id: templateId, name: templateName, default: to.default, target: { how: 'new', from: source } }
}
