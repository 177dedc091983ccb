import type { Operation } from '../domain/operation'
import { refusedPlan } from '../domain/planning/facts'
import { planFleet } from '../domain/planning/fleet'
import { previousOf } from '../domain/planning/previous'
import { reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import type { Desk, Runbook } from './context'
import { freeze } from './parts/freeze'
import { gatherFleet } from './parts/gather'
import { moveFleet } from './parts/move-fleet'
import { pastOf } from './parts/past'
import { recordShape } from './parts/shape'
import { pinGroup } from './parts/template'
import { rollbackColors } from './rollback-colors'

type Rollback = Extract<Request, { procedure: 'rollback' }>

/**
 * `/asg rollback <service> [<operation>]`: the fleet to where a finished deploy or roll came from. Forward deploys
 * wait for a person's word afterwards (who went back once does not want the same again by itself).
 */
export const rollback: Runbook<Rollback> = {
  async plan(request, desk) {
    const { service, account } = desk
    if (service.colors) return rollbackColors.plan(request, desk)
    const nothing = refusedPlan(reason('nothing_to_roll_back', { service: service.name }))
    const undone = await operationToUndo(request, desk)
    const previous = undone && previousOf(undone)
    if (!previous || undone.request.service !== service.name) return nothing

    const [facts, past] = await Promise.all([gatherFleet(service, account), pastOf(desk, 'rollback')])
    if ('code' in facts) return refusedPlan(facts)
    // The newest forward step alone can be gone back from by itself; an older one must be named.
    const superseded = facts.current.number !== previous.movedTo && request.operation === undefined
    if (superseded) return nothing
    const { templateId, templateName } = facts.current
    // The numbers of another template mean other things.
    if (previous.templateId !== undefined && previous.templateId !== templateId) return nothing
    const version = await account.templates.version(templateId, previous.templateVersion)
    if (!version) {
      return refusedPlan(
        reason('previous_version_gone', { template: templateName, version: previous.templateVersion }),
      )
    }
    const label = previous.label ?? `${templateName} ${previous.templateVersion}`
    if (!(await imageStillThere(desk, version.imageId))) {
      return refusedPlan(reason('previous_image_gone', { version: label, image: version.imageId }))
    }
    return planFleet({ service, past }, facts, {
      version: label,
      ...(undone.plan && { before: undone.plan.version }),
      strategy: undone.plan?.strategy ?? service.strategy,
      target: { how: 'existing', number: previous.templateVersion },
    })
  },

  async run(run, context) {
    if (context.plan.colors) return rollbackColors.run(run, context)
    const before = await recordShape(run, context)
    await pinGroup(run, context, before)
    const { target } = context.plan.template ?? {}
    if (target?.how !== 'existing') throw new Error('a rollback goes to a version that exists')
    await moveFleet(run, context, before, target.number)
    await freeze(run, context)
  },
}

const operationToUndo = async (request: Rollback, desk: Desk): Promise<Operation | undefined> => {
  if (request.operation) return desk.journal.read(request.operation)
  return (await desk.journal.history(desk.service.name, 50)).find(
    (operation) => previousOf(operation) !== undefined,
  )
}

const imageStillThere = async (desk: Desk, imageId: string | undefined): Promise<boolean> => {
  if (!imageId) return false
  const [image] = await desk.account.images.byId([imageId])
  return image?.state === 'available'
}
