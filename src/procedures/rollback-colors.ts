import type { PlannedColorVersion } from '../domain/colors/plan'
import { goesForward, type Swapped, swappedBy } from '../domain/colors/window'
import type { Colors } from '../domain/colors/state'
import type { Operation } from '../domain/operation'
import { planSwap } from '../domain/planning/colors'
import type { Planned } from '../domain/planning/facts'
import { planReturn } from '../domain/planning/standby'
import { reason } from '../domain/reasons'
import { type Result, failure, ok } from '../domain/result'
import type { Request } from '../domain/request'
import type { Desk, Runbook } from './context'
import { howToSwap } from './deploy-colors'
import { besideEvents } from './parts/beside-events'
import { bringBack } from './parts/colors/bring-back'
import { exchangeColors } from './parts/colors/exchange'
import { findColors } from './parts/colors/find'
import { gatherColors } from './parts/colors/gather'
import { gatherWeights } from './parts/colors/routes'
import { gatherStanding } from './parts/colors/standing'
import { freeze } from './parts/freeze'
import { pastOf } from './parts/past'

/** Who goes back knows the version: it need not be tried on a part of the traffic first. */
const atOnce: readonly number[] = [100]

type Rollback = Extract<Request, { procedure: 'rollback' }>

/**
 * `/asg rollback <service>` of two colors: warm within the window, the old color out of Standby or from weight 0; after
 * it the old version is deployed anew onto the idle color. Forward deploys wait for a person's word afterwards.
 */
export const rollbackColors: Runbook<Rollback> = {
  async plan(request, desk) {
    const { service, account } = desk
    const nothing = failure(reason('nothing_to_roll_back', { service: service.name }))
    const operation = await swapToUndo(request, desk)
    const swapped = operation && swappedBy(operation)
    if (!swapped || operation.request.service !== service.name) return nothing
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    if (colors.live !== swapped.to) return nothing
    const [facts, past, standing] = await Promise.all([
      gatherColors(desk, colors),
      pastOf(desk, 'rollback'),
      gatherStanding(desk, colors, operation),
    ])
    const scope = { service, past }
    if (standing.ours.size > 0) {
      const weights = colors.warm && (await gatherWeights(desk, colors, atOnce))
      if (weights && !weights.ok) return weights
      return besideEvents(desk, planReturn(scope, facts, swapped, standing, weights && weights.value))
    }
    const strategy = operation.plan?.strategy ?? service.strategy
    const how = await howToSwap(desk, { strategy, weights: atOnce }, colors)
    if (!how.ok) return how
    return besideEvents(
      desk,
      await planAnew(desk, colors, swapped, (wish) => planSwap(scope, facts, { ...wish, ...how })),
    )
  },

  async run(run, context) {
    if (context.plan.colors?.how === 'return') await bringBack(run, context)
    else await exchangeColors(run, context)
    await freeze(run, context)
  },
}

/** The swap that is named, or the newest that went forward. */
const swapToUndo = async ({ operation }: Rollback, desk: Desk): Promise<Operation | undefined> => {
  if (operation !== undefined) return desk.journal.read(operation)
  return (await desk.journal.history(desk.service.name, 50)).find(
    (one) => goesForward(one) && swappedBy(one) !== undefined,
  )
}

/** After the window the old version comes up anew: what the old color was tagged with, and launched from. */
const planAnew = async (
  desk: Desk,
  colors: Colors,
  swapped: Swapped,
  plan: (wish: Parameters<typeof planSwap>[2]) => Planned,
): Promise<Planned> => {
  const { before, version } = swapped
  if (before === undefined || before === version) {
    return failure(reason('nothing_to_roll_back', { service: desk.service.name }))
  }
  const found = await oldVersions(desk, colors, swapped)
  if (!found.ok) return found
  const templates = found.value
  const tag = desk.service.versionTag
  return plan({
    version: before,
    before: version,
    of: swapped.operation,
    ...(tag !== undefined && { tag }),
    ...(templates.size > 0 && { templates }),
  })
}

const oldVersions = async (
  { account }: Desk,
  colors: Colors,
  { shape, before }: Swapped,
): Promise<Result<ReadonlyMap<string, PlannedColorVersion>>> => {
  const found = new Map<string, PlannedColorVersion>()
  for (const { name, from } of shape.components) {
    const { template } = from
    if (!template) continue
    const [version, standard] = await Promise.all([
      account.templates.version(template.id, template.version),
      account.templates.version(template.id, '$Default'),
    ])
    const idle = colors.components.find((component) => component.name === name)?.[colors.idle]
    if (!version || !standard || idle?.template?.id !== template.id) {
      return failure(reason('previous_version_gone', { template: template.name, version: template.version }))
    }
    const [image] = version.imageId ? await account.images.byId([version.imageId]) : []
    if (image?.state !== 'available') {
      return failure(reason('previous_image_gone', { version: before, image: version.imageId }))
    }
    const target = { how: 'existing' as const, number: template.version }
    found.set(name, { id: template.id, name: template.name, default: standard.number, target })
  }
  return ok(found)
}
