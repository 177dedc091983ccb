import { movesDefault } from '../../domain/images/plan-image-update'
import { reason } from '../../domain/reasons/reason'
import { templateSteps } from '../../domain/steps/fleet'
import type { Run } from '../../durable/run'
import { planUpdate, type UpdateImage } from '../../facts/images/plan-update'
import { updatedGroup } from '../../facts/images/updated-group'
import { type Context, planned, type Runbook } from '../context'
import { ensureTemplateVersion } from '../fleet/group/template-version'
import { moveDefault } from '../fleet/promote-version'

/** `/asg update-image <service>`: the template's default to the newest image (seed procedure S4). No instance is touched. */
export const updateImage: Runbook<UpdateImage> = {
  plan: planUpdate,

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
