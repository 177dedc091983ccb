import { planFleet } from '../domain/planning/fleet'
import { reason } from '../domain/reasons'
import { failure } from '../domain/result'
import type { Request } from '../domain/request'
import type { Runbook } from './context'
import { besideEvents } from './parts/beside-events'
import { gatherFleet } from './parts/gather'
import { moveFleet } from './parts/move-fleet'
import { pastOf } from './parts/past'
import { recordShape } from './parts/shape'
import { pinGroup } from './parts/template'

type Roll = Extract<Request, { procedure: 'roll' }>

/** `/asg roll <service> [<version>]`: the fleet to a template version that exists already; the newest without a word. */
export const roll: Runbook<Roll> = {
  async plan(request, desk) {
    const { service, account } = desk
    const [found, past] = await Promise.all([gatherFleet(service, account), pastOf(desk, 'roll')])
    if (!found.ok) return found
    const facts = found.value
    const number = request.templateVersion ?? facts.latestVersion
    const version = await account.templates.version(facts.current.templateId, number)
    const template = facts.current.templateName
    if (!version) {
      return failure(reason('template_version_not_found', { template, version: number }))
    }
    const [image] = version.imageId ? await account.images.byId([version.imageId]) : []
    if (image?.state !== 'available') {
      return failure(reason('image_not_found', { image: version.imageId, name: `${template} ${number}` }))
    }
    const planned = planFleet({ service, past }, facts, {
      version: `${template} ${number}`,
      before: `${template} ${facts.current.number}`,
      strategy: service.strategy,
      target: { how: 'existing', number },
    })
    return besideEvents(desk, planned)
  },

  async run(run, context) {
    const before = await recordShape(run, context)
    await pinGroup(run, context, before)
    const { target } = context.plan.template ?? {}
    if (target?.how !== 'existing') throw new Error('a roll goes to a version that exists')
    await moveFleet(run, context, before, target.number)
  },
}
