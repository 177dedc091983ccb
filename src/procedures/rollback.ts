import type { Operation } from '../domain/operation'
import type { Planned } from '../domain/planning/facts'
import { planFleet } from '../domain/planning/fleet'
import { planDefault } from '../domain/planning/newest'
import { isRefresh, previousOf } from '../domain/planning/previous'
import { groupsTrouble } from '../domain/planning/security-groups'
import { reason } from '../domain/reasons'
import { failure, ok } from '../domain/result'
import type { Request } from '../domain/request'
import { type Desk, planned, type Runbook } from './context'
import { moveDefault } from './parts/finish'
import { freeze } from './parts/freeze'
import { gatherFleet } from './parts/gather'
import { moveFleet } from './parts/move-fleet'
import { pastOf } from './parts/past'
import { recordShape } from './parts/shape'
import { pinGroup } from './parts/template'
import { rollbackColors } from './rollback-colors'

type Rollback = Extract<Request, { procedure: 'rollback' }>

/**
 * `/asg rollback <service> [<operation>]`: the fleet to where a finished deploy, roll or refresh came from. Forward deploys
 * wait for a person's word afterwards (who went back once does not want the same again by itself).
 */
export const rollback: Runbook<Rollback> = {
  async plan(request, desk) {
    const { service, account } = desk
    if (service.colors) return rollbackColors.plan(request, desk)
    const nothing = failure(reason('nothing_to_roll_back', { service: service.name }))
    const undone = await operationToUndo(request, desk)
    const previous = undone && previousOf(undone)
    if (!previous || undone.request.service !== service.name) return nothing

    const [found, past] = await Promise.all([gatherFleet(service, account), pastOf(desk, 'rollback')])
    if (!found.ok) return found
    const facts = found.value
    const { templateId, templateName } = facts.current
    // A refresh of a pinned group has moved the default alone.
    const defaultAlone = isRefresh(undone) && typeof facts.group.template?.pin === 'number'
    const at = defaultAlone ? facts.defaultVersion : facts.current.number
    // The newest forward step alone can be gone back from by itself; an older one must be named.
    if (at !== previous.movedTo && (request.operation === undefined || defaultAlone)) return nothing
    // The numbers of another template mean other things.
    if (previous.templateId !== undefined && previous.templateId !== templateId) return nothing
    const version = await account.templates.version(templateId, previous.templateVersion)
    if (!version) {
      return failure(
        reason('previous_version_gone', { template: templateName, version: previous.templateVersion }),
      )
    }
    const label = previous.label ?? `${templateName} ${previous.templateVersion}`
    if (!(await imageStillThere(desk, version.imageId))) {
      return failure(reason('previous_image_gone', { version: label, image: version.imageId }))
    }
    const trouble = groupsTrouble(version, facts.group)
    if (trouble) return failure(trouble)
    const wish = {
      version: label,
      ...(undone.plan && { before: undone.plan.version }),
      target: { how: 'existing' as const, number: previous.templateVersion },
    }
    if (defaultAlone) return planDefault({ service, past }, facts, wish)
    const strategy = undone.plan?.strategy ?? service.strategy
    const back = planFleet({ service, past }, facts, { ...wish, strategy })
    return request.operation === undefined ? sayWhatStays(back, undone, desk) : back
  },

  async run(run, context) {
    if (context.plan.colors) return rollbackColors.run(run, context)
    const { id, target } = planned(context.plan.template, 'template')
    if (target.how !== 'existing') throw new Error('a rollback goes to a version that exists')
    if (context.plan.group) {
      const before = await recordShape(run, context)
      await pinGroup(run, context, before)
      await moveFleet(run, context, before, target.number)
    } else {
      await moveDefault(run, context, { templateId: id }, target.number)
    }
    await freeze(run, context)
  },
}

/**
 * Whoever says `rollback` may mean the last deploy, while the last change was a move to a newer image by night: what is
 * taken back is named, with the way to the other, and waits for a yes.
 */
const sayWhatStays = async (
  made: Planned,
  undone: Operation,
  { journal, service }: Desk,
): Promise<Planned> => {
  if (!made.ok || !isRefresh(undone)) return made
  const earlier = (await journal.history(service.name, 50)).find(
    (one) => !isRefresh(one) && previousOf(one) !== undefined,
  )
  if (!earlier) return made
  const facts = { service: service.name, operation: earlier.id, version: earlier.plan?.version }
  const warnings = [reason('rollback_of_refresh', facts), ...made.value.warnings]
  return ok({ ...made.value, confirm: true, warnings })
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
