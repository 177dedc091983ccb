import { withChecks } from '../../domain/analysis/planned-checks'
import { chooseImage } from '../../domain/images/choose-image'
import { planFleet } from '../../domain/fleet/plan-fleet'
import type { Request } from '../../domain/operation/request'
import { versionIn } from '../../domain/images/image-names'
import type { Runbook } from '../context'
import { warned } from '../../facts/warnings'
import { failure } from '../../domain/result'
import { readHeadroom } from '../../facts/fleet/headroom'
import { askAboutVersion } from '../../facts/images/ask-about-version'
import { architectureProblem, plannedArchitecture } from '../../facts/images/architecture'
import { gatherFleet, gatherImage } from '../../facts/fleet/gather-fleet'
import { ensureImage } from '../images/ensure-image'
import { moveFleet } from './move-fleet'
import { recentSuccesses } from '../../facts/recent-operations'
import { snapshotGroup } from './group/snapshot-group'
import { ensureTemplateVersion, pinGroup } from './group/template-version'

type Deploy = Extract<Request, { procedure: 'deploy' }>

/** `/asg deploy <service> <version>`: image → template version → fleet → gate → default (seed procedure S1). */
export const deploy: Runbook<Deploy> = {
  async plan(request, context) {
    const { service } = context
    const [found, images, history] = await Promise.all([
      gatherFleet(context),
      gatherImage(context, request.version, request.from),
      recentSuccesses(context, 'deploy'),
    ])
    if (!found.ok) return found
    const facts = found.value
    const wanted = { version: request.version, reboot: false }
    const chosen = chooseImage(service, wanted, { ...images, serving: facts.current.imageId })
    if (!chosen.ok) return chosen

    const image = chosen.value
    const strategy = request.strategy ?? service.strategy
    const [misfit, headroom] = await Promise.all([
      architectureProblem(context.account, {
        group: facts.group,
        version: facts.current,
        image: image.name,
        architecture: plannedArchitecture(image, images),
      }),
      // Each strategy launches some more than there are: a surge the whole fleet once more.
      readHeadroom(context.account, facts.group, facts.current),
    ])
    if (misfit) return failure(misfit)
    const before =
      facts.currentImage && service.image && versionIn(service.image.name, facts.currentImage.name)
    const runsAlready = image.how === 'use' && image.id === facts.current.imageId
    const known = { ...facts, headroom }
    const planned = planFleet({ service, history }, known, {
      version: request.version,
      ...(before !== undefined && { before }),
      strategy,
      image,
      target: runsAlready
        ? { how: 'existing', number: facts.current.number }
        : { how: 'new', from: facts.current.number },
      ...(request.standby && { standby: request.standby }),
    })
    return askAboutVersion(await warned(context, withChecks(service, planned)), context)
  },

  async run(run, context) {
    const image = await ensureImage(run, context)
    const before = await snapshotGroup(run, context)
    await pinGroup(run, context, before)
    const version = await ensureTemplateVersion(run, context, before, image)
    await moveFleet(run, context, before, version)
  },
}
