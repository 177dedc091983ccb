import type { Group, TemplateVersion } from '../../domain/fleet/fleet'
import { movesDefault, planImageUpdate } from '../../domain/images/plan-image-update'
import { groupNames, securityGroupsProblem } from '../../domain/fleet/security-groups'
import { reason } from '../../domain/reasons/reason'
import { failure } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import { templateSteps } from '../../domain/steps/fleet'
import { newestPattern } from '../../domain/images/image-names'
import type { Run } from '../../durable/run'
import { type Context, type PlanContext, planned, type Runbook } from '../context'
import { moveDefault } from '../fleet/promote-version'
import { findLaunchProblem } from '../../facts/events/gather-events'
import { findGroupIds } from '../../facts/fleet/security-group-ids'
import { recentSuccesses } from '../../facts/recent-operations'
import { updatedGroup } from '../../facts/images/updated-group'
import { ensureTemplateVersion } from '../fleet/group/template-version'

type UpdateImage = Extract<Request, { procedure: 'refresh' }>

/** `/asg refresh <service>`: the template's default to the newest image (seed procedure S4). No instance is touched. */
export const updateImage: Runbook<UpdateImage> = {
  async plan(request, context) {
    const { service, account } = context
    const found = await updatedGroup(account, service)
    if (!found.ok) return found
    const group = found.value
    if (!service.image) return failure(reason('no_newest_source', { service: service.name }))
    if (!group.template) return failure(reason('group_without_template', { group: group.name }))
    const { id, name, pin } = group.template
    const [version, standard, candidates, launchTrouble, history] = await Promise.all([
      account.templates.version(id, pin === '$Latest' ? pin : '$Default'),
      account.templates.version(id, '$Default'),
      account.images.named(newestPattern(service.image)),
      findLaunchProblem(account, group),
      recentSuccesses(context, 'refresh'),
    ])
    if (!version || !standard) return failure(reason('template_version_not_found', { template: name }))
    const [image] = version.imageId ? await account.images.byId([version.imageId]) : []
    const fixedGroups = request.securityGroupsById && (await findFix(context, group, version))
    if (fixedGroups && 'unclear' in fixedGroups) return failure(fixedGroups.unclear)
    return planImageUpdate(
      { service, history },
      {
        group,
        version,
        defaultVersion: standard.number,
        candidates,
        ...(image && { image }),
        ...(launchTrouble && { launchProblem: launchTrouble }),
        ...(fixedGroups && { groupIds: fixedGroups.ids }),
      },
    )
  },

  async run(run, context) {
    const template = planned(context.plan.template, 'template')
    const image = planned(context.plan.image, 'image')
    const pin = await pinAsPlanned(run, context)
    const version = await ensureTemplateVersion(
      run,
      context,
      { pin },
      image.how === 'bake' ? undefined : image.id,
    )
    if (movesDefault(template)) await moveDefault(run, context, { templateId: template.id }, version)
  },
}

/** How the group follows its template, which still has the default that was planned for. */
const pinAsPlanned = async (run: Run, context: Context) => {
  const template = planned(context.plan.template, 'template')
  const { account, service } = context
  const is = await run.record(templateSteps.followsNow, async () => {
    const group = await updatedGroup(account, service)
    const standard = await account.templates.version(template.id, '$Default')
    if (!group.ok || !group.value.template || !standard) return undefined
    return {
      group: group.value.name,
      pin: group.value.template.pin,
      template: group.value.template.id,
      default: standard.number,
    }
  })
  if (is.template !== template.id || is.default !== template.default) {
    const { group, default: version } = is
    const facts = { group, what: 'default version', was: template.default, is: version }
    await run.fail(templateSteps.moved, reason('group_changed', facts))
  }
  return is.pin
}

/** Ids for the security groups that a version names, where its launches want them; undefined where all is in order. */
const findFix = async ({ account }: PlanContext, group: Group, version: TemplateVersion) =>
  securityGroupsProblem(version, group) && findGroupIds(account, group, groupNames(version))
