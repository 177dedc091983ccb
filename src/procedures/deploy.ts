import type { Strategy } from '../domain/catalogue'
import { chooseImage } from '../domain/planning/image'
import { planFleet } from '../domain/planning/fleet'
import type { Request } from '../domain/request'
import { versionIn } from '../domain/versions'
import type { Runbook } from './context'
import { deployColors } from './deploy-colors'
import { besideEvents } from './parts/beside-events'
import { gatherFleet, gatherImage } from './parts/gather'
import { bringImage } from './parts/image'
import { moveFleet } from './parts/move-fleet'
import { pastOf } from './parts/past'
import { recordShape } from './parts/shape'
import { bringVersion, pinGroup } from './parts/template'

const ofColors: readonly Strategy[] = ['colors', 'weighted']

type Deploy = Extract<Request, { procedure: 'deploy' }>

/** `/asg deploy <service> <version>`: image → template version → fleet → gate → default (seed procedure S1). */
export const deploy: Runbook<Deploy> = {
  async plan(request, desk) {
    const { service } = desk
    if (ofColors.includes(request.strategy ?? service.strategy)) return deployColors.plan(request, desk)
    const [found, images, past] = await Promise.all([
      gatherFleet(service, desk.account),
      gatherImage(desk, request.version, request.from),
      pastOf(desk, 'deploy'),
    ])
    if (!found.ok) return found
    const facts = found.value
    const wanted = { version: request.version, reboot: false }
    const chosen = chooseImage(service, wanted, { ...images, serving: facts.current.imageId })
    if (!chosen.ok) return chosen

    const image = chosen.value
    const before =
      facts.currentImage && service.image && versionIn(service.image.name, facts.currentImage.name)
    const runsAlready = image.how === 'use' && image.id === facts.current.imageId
    const planned = planFleet({ service, past }, facts, {
      version: request.version,
      ...(before !== undefined && { before }),
      strategy: request.strategy ?? service.strategy,
      image,
      target: runsAlready
        ? { how: 'existing', number: facts.current.number }
        : { how: 'new', from: facts.current.number },
      ...(request.standby && { standby: request.standby }),
    })
    return besideEvents(desk, planned)
  },

  async run(run, context) {
    if (context.plan.colors) return deployColors.run(run, context)
    const image = await bringImage(run, context)
    const before = await recordShape(run, context)
    await pinGroup(run, context, before)
    const version = await bringVersion(run, context, before, image)
    await moveFleet(run, context, before, version)
  },
}
