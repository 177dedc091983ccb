import { withChecks } from '../../domain/analysis/planned-checks'
import { planFleet } from '../../domain/fleet/plan-fleet'
import { reason } from '../../domain/reasons/reason'
import { failure } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import type { Runbook } from '../context'
import { warned } from '../../facts/warnings'
import { architectureProblem } from '../../facts/images/architecture'
import { gatherFleet } from '../../facts/fleet/gather-fleet'
import { moveFleet } from './move-fleet'
import { recentSuccesses } from '../../facts/recent-operations'
import { snapshotGroup } from './group/snapshot-group'
import { pinGroup } from './group/template-version'

type Roll = Extract<Request, { procedure: 'roll' }>

/** `/asg roll <service> [<version>]`: the fleet to a template version that exists already; the newest without a word. */
export const roll: Runbook<Roll> = {
  async plan(request, context) {
    const { service, account } = context
    const [found, history] = await Promise.all([gatherFleet(context), recentSuccesses(context, 'roll')])
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
    const misfit = await architectureProblem(account, {
      group: facts.group,
      version,
      image: image.name,
      architecture: image.architecture,
    })
    if (misfit) return failure(misfit)
    const planned = planFleet({ service, history }, facts, {
      version: `${template} ${number}`,
      before: `${template} ${facts.current.number}`,
      strategy: service.strategy,
      target: { how: 'existing', number },
    })
    return warned(context, withChecks(service, planned))
  },

  async run(run, context) {
    const before = await snapshotGroup(run, context)
    await pinGroup(run, context, before)
    const { target } = context.plan.template ?? {}
    if (target?.how !== 'existing') throw new Error('a roll goes to a version that exists')
    await moveFleet(run, context, before, target.number)
  },
}
