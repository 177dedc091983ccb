import { withChecks } from '../../domain/analysis/planned-checks'
import type { PlannedColorVersion } from '../../domain/blue-green/planned-colors'
import type { Colors } from '../../domain/blue-green/live-color'
import type { PlannedImage } from '../../domain/operation/plan'
import { planSwap } from '../../domain/blue-green/plan-swap'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import type { Runbook } from '../context'
import { swapMethodFor, launchingBoth, liveLabel, misfitOf, usedMethod } from './deploy'
import { warned } from '../../facts/warnings'
import { cutOver, cutOverByWeights } from './cut-over'
import { findColors } from '../../facts/blue-green/find-colors'
import { gatherSwap } from '../../facts/blue-green/gather-colors'
import { recentSuccesses } from '../../facts/recent-operations'
import type { PlanContext } from '../../facts/plan-context'

type Swap = Extract<Request, { procedure: 'swap' }>

/** `/asg swap <service>`: the colors change places; the one that comes up serves the same version, on new instances. */
export const swap: Runbook<Swap> = {
  async plan(request, context) {
    const { service, account } = context
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    const [facts, history, label, sameVersionReason] = await Promise.all([
      gatherSwap(context, colors),
      recentSuccesses(context, 'swap'),
      liveLabel(context, colors),
      sameVersion(context, colors),
    ])
    if (!sameVersionReason.ok) return sameVersionReason
    const tag = label === undefined ? undefined : service.versionTag
    const how = await swapMethodFor(context, request, colors)
    if (!how.ok) return how
    const planned = planSwap({ service, history: history.filter(usedMethod(how.value)) }, facts, {
      version: label ?? colors.idle,
      before: label ?? colors.live,
      ...how.value,
      ...(tag !== undefined && { tag }),
      ...sameVersionReason.value,
    })
    return warned(context, withChecks(service, planned))
  },

  run: cutOver,
}

/** The same with the traffic shifted by weights. */
export const swapByWeights: Runbook<Swap> = { ...swap, run: cutOverByWeights }

interface Same {
  readonly image?: PlannedImage
  readonly templates?: ReadonlyMap<string, PlannedColorVersion>
}

/** The version that serves now, for the other color: the same number of the template that both launch from, or its image. */
const sameVersion = async (context: PlanContext, colors: Colors): Promise<Result<Same>> => {
  // Where the version is in the tag alone, templates are nobody's business.
  if (!context.service.image) return ok({})
  const found = await launchingBoth(context, colors)
  if (!found.ok) return found
  const launching = found.value
  const id = launching[0]?.from.version.imageId
  const [image] = id === undefined ? [] : await context.account.images.byId([id])
  if (image?.state !== 'available')
    return failure(reason('image_not_found', { image: id, name: image?.name }))
  const misfit = await misfitOf(context, launching, { image: image.name, architecture: image.architecture })
  if (misfit) return failure(misfit)
  const templates = launching.map(({ name, from, to }): readonly [string, PlannedColorVersion] => {
    const { templateId, templateName, number } = to.version
    const shared = from.version.templateId === templateId
    const target = shared
      ? { how: 'existing' as const, number: from.version.number }
      : { how: 'new' as const, from: number }
    return [name, { id: templateId, name: templateName, default: to.default, target }]
  })
  const used = templates.some(([, { target }]) => target.how === 'new')
  return ok({
    ...(used && { image: { how: 'use' as const, id: image.id, name: image.name } }),
    templates: new Map(templates),
  })
}
