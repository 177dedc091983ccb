import type { PlannedColorVersion } from '../domain/colors/plan'
import type { Colors } from '../domain/colors/state'
import type { PlannedImage } from '../domain/plan'
import { planSwap } from '../domain/planning/colors'
import { reason } from '../domain/reasons'
import { type Result, failure, ok } from '../domain/result'
import type { Request } from '../domain/request'
import type { Desk, Runbook } from './context'
import { howToSwap, launchingBoth, liveLabel, sameWay } from './deploy-colors'
import { besideEvents } from './parts/beside-events'
import { exchangeColors } from './parts/colors/exchange'
import { findColors } from './parts/colors/find'
import { gatherColors } from './parts/colors/gather'
import { bringImage } from './parts/image'
import { pastOf } from './parts/past'

type Swap = Extract<Request, { procedure: 'swap' }>

/** `/asg swap <service>`: the colors change places; the one that comes up serves the same version, on new instances. */
export const swap: Runbook<Swap> = {
  async plan(request, desk) {
    const { service, account } = desk
    const found = await findColors(account, service)
    if (!found.ok) return found
    const colors = found.value
    const [facts, past, label, same] = await Promise.all([
      gatherColors(desk, colors),
      pastOf(desk, 'swap'),
      liveLabel(desk, colors),
      sameVersion(desk, colors),
    ])
    if (!same.ok) return same
    const tag = label === undefined ? undefined : service.versionTag
    const how = await howToSwap(desk, request, colors)
    if (!how.ok) return how
    const planned = planSwap({ service, past: past.filter(sameWay(how.value)) }, facts, {
      version: label ?? colors.idle,
      before: label ?? colors.live,
      ...how.value,
      ...(tag !== undefined && { tag }),
      ...same.value,
    })
    return besideEvents(desk, planned)
  },

  async run(run, context) {
    const image = context.plan.image ? await bringImage(run, context) : undefined
    await exchangeColors(run, context, image)
  },
}

interface Same {
  readonly image?: PlannedImage
  readonly templates?: ReadonlyMap<string, PlannedColorVersion>
}

/** The version that serves now, for the other color: the same number of the template that both launch from, or its image. */
const sameVersion = async (desk: Desk, colors: Colors): Promise<Result<Same>> => {
  // Where the version is in the tag alone, templates are nobody's business.
  if (!desk.service.image) return ok({})
  const found = await launchingBoth(desk, colors)
  if (!found.ok) return found
  const launching = found.value
  const id = launching[0]?.from.version.imageId
  const [image] = id === undefined ? [] : await desk.account.images.byId([id])
  if (image?.state !== 'available')
    return failure(reason('image_not_found', { image: id, name: image?.name }))
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
