import { planNewest } from '../domain/planning/newest'
import { refusedPlan } from '../domain/planning/facts'
import { reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import { imageName } from '../domain/versions'
import { planned, type Runbook } from './context'
import { moveDefault } from './parts/finish'
import { findLaunchTrouble } from './parts/gather-events'
import { liveGroup } from './parts/live-group'
import { pastOf } from './parts/past'
import { bringVersion } from './parts/template'

type Refresh = Extract<Request, { procedure: 'refresh' }>

/** `/asg refresh <service>`: the template's default to the newest image (seed procedure S4). No instance is touched. */
export const refresh: Runbook<Refresh> = {
  async plan(_request, desk) {
    const { service, account } = desk
    const group = await liveGroup(account, service)
    if ('code' in group) return refusedPlan(group)
    if (!service.image) return refusedPlan(reason('no_image_source', { service: service.name }))
    if (!group.template) return refusedPlan(reason('group_without_template', { group: group.name }))
    const { id, name } = group.template
    const pattern = service.image.newest?.name ?? imageName(service.image.name, '*')
    const [version, candidates, launchTrouble, past] = await Promise.all([
      account.templates.version(id, '$Default'),
      account.images.named(pattern),
      findLaunchTrouble(account, group),
      pastOf(desk, 'refresh'),
    ])
    if (!version) return refusedPlan(reason('template_version_not_found', { template: name }))
    const [image] = version.imageId ? await account.images.byId([version.imageId]) : []
    return planNewest(
      { service, past },
      { group, version, candidates, ...(image && { image }), ...(launchTrouble && { launchTrouble }) },
    )
  },

  async run(run, context) {
    const template = planned(context.plan.template, 'template')
    const image = planned(context.plan.image, 'image')
    const pin = await run.record('template/how the group follows', async () => {
      const group = await liveGroup(context.account, context.service)
      return 'code' in group ? undefined : group.template?.pin
    })
    const chosen = image.how === 'bake' ? undefined : image.id
    const version = await bringVersion(run, context, { pin }, chosen)
    await moveDefault(run, context, { templateId: template.id }, version)
  },
}
