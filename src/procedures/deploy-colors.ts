import type { Strategy } from '../domain/catalogue'
import type { PlannedColorVersion, PlannedWeights } from '../domain/colors/plan'
import { type Colors, sides } from '../domain/colors/state'
import { deafRoute, targetGroupsOf, usualWeights } from '../domain/colors/weights'
import type { Operation } from '../domain/operation'
import type { PlannedImage } from '../domain/plan'
import { planSwap } from '../domain/planning/colors'
import { chooseImage } from '../domain/planning/image'
import { type Reason, reason } from '../domain/reasons'
import { type Result, failure, ok } from '../domain/result'
import type { Request } from '../domain/request'
import type { Desk, Runbook } from './context'
import { besideEvents } from './parts/beside-events'
import { findColors } from './parts/colors/find'
import { exchangeColors } from './parts/colors/exchange'
import { gatherColors, labelOf, type Launching, launchingOf } from './parts/colors/gather'
import { gatherWeights } from './parts/colors/routes'
import { gatherImage } from './parts/gather'
import { bringImage } from './parts/image'
import { pastOf } from './parts/past'

type Deploy = Extract<Request, { procedure: 'deploy' }>

/** A deploy onto the idle color of two: the old one is kept warm for a while (seed procedure S5), in Standby or at weight 0. */
export const deployColors: Runbook<Deploy> = {
  async plan(request, desk) {
    const { service, account } = desk
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    if (!service.image && service.versionTag === undefined) {
      return failure(reason('no_version_source', { service: service.name }))
    }
    const [facts, past, before] = await Promise.all([
      gatherColors(desk, colors),
      pastOf(desk, 'deploy'),
      liveLabel(desk, colors),
    ])
    const version = await versionFor(desk, request, colors)
    if (!version.ok) return version
    if (before === request.version && version.value.image?.how !== 'bake') {
      return failure(reason('nothing_to_do', { service: service.name, version: request.version }))
    }
    const how = await howToSwap(desk, request, colors)
    if (!how.ok) return how
    const planned = planSwap({ service, past: past.filter(sameWay(how.value)) }, facts, {
      version: request.version,
      ...(before !== undefined && { before }),
      ...how.value,
      ...(service.versionTag !== undefined && { tag: service.versionTag }),
      ...version.value,
    })
    return besideEvents(desk, planned)
  },

  async run(run, context) {
    const image = context.plan.image ? await bringImage(run, context) : undefined
    await exchangeColors(run, context, image)
  },
}

/** How the colors change places: through Standby, or by weights and on which routes. */
type Way = { readonly strategy: Strategy; readonly weights?: PlannedWeights }

/** The way that is asked for, or the service's own; or why traffic cannot be shifted by weights. */
export const howToSwap = async (
  desk: Desk,
  asked: { readonly strategy?: Strategy; readonly weights?: readonly number[] },
  colors: Colors,
): Promise<Result<Way>> => {
  if ((asked.strategy ?? desk.service.strategy) !== 'weighted') {
    const deaf = colors.warm ? undefined : await deafTo(desk, colors)
    return deaf ? failure(deaf) : ok({ strategy: 'colors' })
  }
  // What runs beside the live color says more than its weights.
  if (colors.warm) return ok({ strategy: 'weighted' })
  const weights = await gatherWeights(desk, colors, asked.weights ?? usualWeights)
  return weights.ok ? ok({ strategy: 'weighted', weights: weights.value }) : weights
}

/** A route that would have nobody to send its traffic to; none where the colors share their target groups. */
const deafTo = async ({ account }: Desk, colors: Colors): Promise<Reason | undefined> => {
  const shared = colors.components.every(
    ({ blue, green }) => [...blue.targetGroups].sort().join() === [...green.targetGroups].sort().join(),
  )
  return shared
    ? undefined
    : deafRoute(colors, await account.traffic.routes(targetGroupsOf(colors.components)))
}

/** Operations that took the same way, which alone say how long it takes. */
export const sameWay =
  ({ strategy }: Way) =>
  ({ plan }: Operation): boolean =>
    plan?.strategy === strategy

/** What the live color serves, as people call it. */
export const liveLabel = (desk: Desk, { components, live }: Colors): Promise<string | undefined> => {
  const [first] = components
  return first ? labelOf(desk, first[live]) : Promise.resolve(undefined)
}

interface ByImage {
  readonly image?: PlannedImage
  readonly templates?: ReadonlyMap<string, PlannedColorVersion>
}

/** How the new version comes to the idle color's templates; nothing where the version is in the tag alone. */
const versionFor = async (desk: Desk, request: Deploy, colors: Colors): Promise<Result<ByImage>> => {
  const { service } = desk
  if (!service.image) {
    return request.from === undefined ? ok({}) : failure(reason('no_image_source', { service: service.name }))
  }
  const found = await launchingBoth(desk, colors)
  if (!found.ok) return found
  const launching = found.value
  const images = await gatherImage(desk, request.version, request.from)
  const serving = launching[0]?.from.version.imageId
  const chosen = chooseImage(service, { version: request.version, reboot: false }, { ...images, serving })
  if (!chosen.ok) return chosen
  const templates = launching.map(({ name, from, to }) => [name, templateOf(from, to)] as const)
  return ok({ image: chosen.value, templates: new Map(templates) })
}

/** A component's groups with what they launch from. */
export interface LaunchingPair {
  readonly name: string
  readonly from: Launching
  readonly to: Launching
}

/** What the groups of both colors launch from, or why that cannot be told. */
export const launchingBoth = async (
  desk: Desk,
  { components, live }: Colors,
): Promise<Result<readonly LaunchingPair[]>> => {
  const pairs: LaunchingPair[] = []
  for (const component of components) {
    const groups = sides(component, live)
    const [from, to] = await Promise.all([launchingOf(desk, groups.from), launchingOf(desk, groups.to)])
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
