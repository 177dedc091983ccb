import type { Group, TemplateVersion } from '../../domain/fleet/fleet'
import { groupNames, securityGroupsProblem } from '../../domain/fleet/security-groups'
import { newestPattern } from '../../domain/images/image-names'
import { planImageUpdate } from '../../domain/images/plan-image-update'
import { takenBack } from '../../domain/images/taken-back'
import type { Planned } from '../../domain/operation/planning'
import type { Request } from '../../domain/operation/request'
import { reason } from '../../domain/reasons/reason'
import { failure } from '../../domain/result'
import { findLaunchProblem } from '../events/gather-events'
import { findGroupIds } from '../fleet/security-group-ids'
import type { PlanContext } from '../plan-context'
import { recentSuccesses } from '../recent-operations'
import { updatedGroup } from './updated-group'

export type UpdateImage = Extract<Request, { procedure: 'update-image' }>

/** The plan of moving a template's default to the newest image, or why there is none. */
export const planUpdate = async (request: UpdateImage, context: PlanContext): Promise<Planned> => {
  const { service, account } = context
  const found = await updatedGroup(account, service)
  if (!found.ok) return found
  const group = found.value
  if (!service.image) return failure(reason('no_newest_source', { service: service.name }))
  if (!group.template) return failure(reason('group_without_template', { group: group.name }))
  const { id, name, pin } = group.template
  const [version, standard, candidates, launchProblem, history, all] = await Promise.all([
    account.templates.version(id, pin === '$Latest' ? pin : '$Default'),
    account.templates.version(id, '$Default'),
    account.images.named(newestPattern(service.image)),
    findLaunchProblem(account, group),
    recentSuccesses(context, 'update-image'),
    context.journal.readableHistory(service.name, 50),
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
      takenBack: takenBack(service, all),
      ...(image && { image }),
      ...(launchProblem && { launchProblem }),
      ...(fixedGroups && { groupIds: fixedGroups.ids }),
    },
  )
}

/** Ids for the security groups that a version names, where its launches want them; undefined where all is in order. */
const findFix = async ({ account }: PlanContext, group: Group, version: TemplateVersion) =>
  securityGroupsProblem(version, group) && findGroupIds(account, group, groupNames(version))
