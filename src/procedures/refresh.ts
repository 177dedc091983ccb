import type { Group, TemplateVersion } from '../domain/fleet'
import { movesDefault, planNewest } from '../domain/planning/newest'
import { groupNames, groupsTrouble } from '../domain/planning/security-groups'
import { reason } from '../domain/reasons'
import { failure } from '../domain/result'
import type { Request } from '../domain/request'
import { templateSteps } from '../domain/steps/fleet'
import { newestPattern } from '../domain/versions'
import type { Run } from '../durable/run'
import { type Context, type Desk, planned, type Runbook } from './context'
import { moveDefault } from './parts/finish'
import { findLaunchTrouble } from './parts/gather-events'
import { findGroupIds } from './parts/group-ids'
import { pastOf } from './parts/past'
import { refreshedGroup } from './parts/refreshed-group'
import { bringVersion } from './parts/template'

type Refresh = Extract<Request, { procedure: 'refresh' }>

/** `/asg refresh <service>`: the template's default to the newest image (seed procedure S4). No instance is touched. */
export const refresh: Runbook<Refresh> = {
  async plan(request, desk) {
    const { service, account } = desk
    const found = await refreshedGroup(account, service)
    if (!found.ok) return found
    const group = found.value
    if (!service.image) return failure(reason('no_newest_source', { service: service.name }))
    if (!group.template) return failure(reason('group_without_template', { group: group.name }))
    const { id, name, pin } = group.template
    const [version, standard, candidates, launchTrouble, past] = await Promise.all([
      account.templates.version(id, pin === '$Latest' ? pin : '$Default'),
      account.templates.version(id, '$Default'),
      account.images.named(newestPattern(service.image)),
      findLaunchTrouble(account, group),
      pastOf(desk, 'refresh'),
    ])
    if (!version || !standard) return failure(reason('template_version_not_found', { template: name }))
    const [image] = version.imageId ? await account.images.byId([version.imageId]) : []
    const mended = request.securityGroupsById && (await mending(desk, group, version))
    if (mended && 'unclear' in mended) return failure(mended.unclear)
    return planNewest(
      { service, past },
      {
        group,
        version,
        defaultVersion: standard.number,
        candidates,
        ...(image && { image }),
        ...(launchTrouble && { launchTrouble }),
        ...(mended && { groupIds: mended.ids }),
      },
    )
  },

  async run(run, context) {
    const template = planned(context.plan.template, 'template')
    const image = planned(context.plan.image, 'image')
    const pin = await asPlanned(run, context)
    const version = await bringVersion(run, context, { pin }, image.how === 'bake' ? undefined : image.id)
    if (movesDefault(template)) await moveDefault(run, context, { templateId: template.id }, version)
  },
}

/** How the group follows its template, which still has the default that was planned for. */
const asPlanned = async (run: Run, context: Context) => {
  const template = planned(context.plan.template, 'template')
  const { account, service } = context
  const is = await run.record(templateSteps.followsNow, async () => {
    const group = await refreshedGroup(account, service)
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
const mending = async ({ account }: Desk, group: Group, version: TemplateVersion) =>
  groupsTrouble(version, group) && findGroupIds(account, group, groupNames(version))
