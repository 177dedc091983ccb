import type { PlannedColorVersion } from '../../domain/blue-green/planned-colors'
import { type Swapped, swappedBy } from '../../domain/blue-green/window'
import type { Colors } from '../../domain/blue-green/live-color'
import type { Operation } from '../../domain/operation/operation'
import { planSwap } from '../../domain/blue-green/plan-swap'
import type { Planned } from '../../domain/operation/planning'
import { planReturn } from '../../domain/blue-green/plan-standby'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import { goesForward } from '../../domain/procedures'
import type { Procedure } from '../../durable/run'
import type { Context, Runbook } from '../context'
import { swapMethodFor } from './deploy'
import { withOverlapWarnings } from '../../facts/events/overlap-warnings'
import { restoreFromStandby } from './standby/restore-from-standby'
import { cutOver, cutOverByWeights } from './cut-over'
import { findColors } from '../../facts/blue-green/find-colors'
import { gatherColors } from '../../facts/blue-green/gather-colors'
import { gatherWeights } from '../../facts/blue-green/gather-weights'
import { gatherKeptInstances } from '../../facts/blue-green/kept-instances'
import { freeze } from '../freeze'
import { recentSuccesses } from '../../facts/recent-operations'
import { askAfterFailure, forwardUnderWay } from '../../facts/rollback-target'
import type { PlanContext } from '../../facts/plan-context'

/** Who goes back knows the version: it need not be tried on a part of the traffic first. */
const allTraffic: readonly number[] = [100]

type Rollback = Extract<Request, { procedure: 'rollback' }>

/** Warm where something is kept, else anew by the given runbook. */
const goBack =
  (anew: Procedure<Context>): Procedure<Context> =>
  async (run, context) => {
    if (context.plan.colors?.how === 'return') await restoreFromStandby(run, context)
    else await anew(run, context)
    await freeze(run, context)
  }

/**
 * `/asg rollback <service>` of two colors: warm within the window, the old color out of Standby or from weight 0; after
 * it the old version is deployed anew onto the idle color. Forward deploys wait for a person's word afterwards.
 */
export const rollbackColors: Runbook<Rollback> = {
  async plan(request, context) {
    const { service, account } = context
    const nothingToUndo = failure(reason('nothing_to_roll_back', { service: service.name }))
    const ahead = await forwardUnderWay(context)
    if (ahead) return failure(ahead)
    const operation = await findSwapToUndo(request, context)
    const swapped = operation && swappedBy(operation)
    if (!swapped || operation.request.service !== service.name) return nothingToUndo
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    if (colors.live !== swapped.to) return nothingToUndo
    const [facts, history, kept] = await Promise.all([
      gatherColors(context, colors),
      recentSuccesses(context, 'rollback'),
      gatherKeptInstances(context, colors, operation),
    ])
    const planning = { service, history }
    const asked = async (plan: Planned): Promise<Planned> =>
      request.operation === undefined ? askAfterFailure(plan, operation, context) : plan
    if (kept.own.size > 0) {
      const weights = colors.warm && (await gatherWeights(context, colors, allTraffic))
      if (weights && !weights.ok) return weights
      return withOverlapWarnings(
        context,
        await asked(planReturn(planning, facts, swapped, kept, weights && weights.value)),
      )
    }
    const strategy = operation.plan?.strategy ?? service.strategy
    const method = await swapMethodFor(context, { strategy, weights: allTraffic }, colors)
    if (!method.ok) return method
    return withOverlapWarnings(
      context,
      await asked(
        await planRedeploy(context, colors, swapped, (wish) =>
          planSwap(planning, facts, { ...wish, ...method.value }),
        ),
      ),
    )
  },

  run: goBack(cutOver),
}

/** The same with the traffic shifted by weights. */
export const rollbackByWeights: Runbook<Rollback> = { ...rollbackColors, run: goBack(cutOverByWeights) }

/** The swap that is named, or the newest that went forward. */
const findSwapToUndo = async (
  { operation }: Rollback,
  context: PlanContext,
): Promise<Operation | undefined> => {
  if (operation !== undefined) return context.journal.read(operation)
  return (await context.journal.history(context.service.name, 50)).find(
    (one) => goesForward(one.request) && swappedBy(one) !== undefined,
  )
}

/** After the window the old version comes up anew: what the old color was tagged with, and launched from. */
const planRedeploy = async (
  context: PlanContext,
  colors: Colors,
  swapped: Swapped,
  plan: (wish: Parameters<typeof planSwap>[2]) => Planned,
): Promise<Planned> => {
  const { before, version } = swapped
  if (before === undefined || before === version) {
    return failure(reason('nothing_to_roll_back', { service: context.service.name }))
  }
  const found = await previousVersions(context, colors, swapped)
  if (!found.ok) return found
  const templates = found.value
  const tag = context.service.versionTag
  return plan({
    version: before,
    before: version,
    of: swapped.operation,
    ...(tag !== undefined && { tag }),
    ...(templates.size > 0 && { templates }),
  })
}

const previousVersions = async (
  { account }: PlanContext,
  colors: Colors,
  { snapshot, before }: Swapped,
): Promise<Result<ReadonlyMap<string, PlannedColorVersion>>> => {
  const found = new Map<string, PlannedColorVersion>()
  for (const { name, from } of snapshot.components) {
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
