import type { Operation } from '../../domain/operation/operation'
import type { Planned } from '../../domain/operation/planning'
import { planFleet } from '../../domain/fleet/plan-fleet'
import { planDefault } from '../../domain/images/plan-image-update'
import { isImageUpdate, previousOf } from '../../domain/fleet/previous'
import { securityGroupsProblem } from '../../domain/fleet/security-groups'
import { reason } from '../../domain/reasons/reason'
import { failure, ok } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import { planned, type Runbook } from '../context'
import { moveDefault } from './promote-version'
import { freeze } from '../freeze'
import { withOverlapWarnings } from '../../facts/events/overlap-warnings'
import { gatherFleet } from '../../facts/fleet/gather-fleet'
import { moveFleet } from './move-fleet'
import { recentSuccesses } from '../../facts/recent-operations'
import { askAfterFailure, forwardUnderWay } from '../../facts/rollback-target'
import { snapshotGroup } from './group/snapshot-group'
import { pinGroup } from './group/template-version'
import type { PlanContext } from '../../facts/plan-context'

type Rollback = Extract<Request, { procedure: 'rollback' }>

/**
 * `/asg rollback <service> [<operation>]`: the fleet to where a finished deploy, roll or refresh came from. Forward deploys
 * wait for a person's word afterwards (who went back once does not want the same again by itself).
 */
export const rollback: Runbook<Rollback> = {
  async plan(request, context) {
    const { service, account } = context
    const nothingToUndo = failure(reason('nothing_to_roll_back', { service: service.name }))
    const ahead = await forwardUnderWay(context)
    if (ahead) return failure(ahead)
    const undone = await findOperationToUndo(request, context)
    const previous = undone && previousOf(undone)
    if (!previous || undone.request.service !== service.name) return nothingToUndo

    const [found, history] = await Promise.all([gatherFleet(context), recentSuccesses(context, 'rollback')])
    if (!found.ok) return found
    const facts = found.value
    const { templateId, templateName } = facts.current
    // A refresh of a pinned group has moved the default alone.
    const defaultAlone = isImageUpdate(undone) && typeof facts.group.template?.pin === 'number'
    const at = defaultAlone ? facts.defaultVersion : facts.current.number
    // The newest forward step alone can be gone back from by itself; an older one must be named.
    if (at !== previous.movedTo && (request.operation === undefined || defaultAlone)) return nothingToUndo
    // The numbers of another template mean other things.
    if (previous.templateId !== undefined && previous.templateId !== templateId) return nothingToUndo
    const version = await account.templates.version(templateId, previous.templateVersion)
    if (!version) {
      return failure(
        reason('previous_version_gone', { template: templateName, version: previous.templateVersion }),
      )
    }
    const label = previous.label ?? `${templateName} ${previous.templateVersion}`
    if (!(await imageAvailable(context, version.imageId))) {
      return failure(reason('previous_image_gone', { version: label, image: version.imageId }))
    }
    const problem = securityGroupsProblem(version, facts.group)
    if (problem) return failure(problem)
    const wanted = {
      version: label,
      ...(undone.plan && { before: undone.plan.version }),
      target: { how: 'existing' as const, number: previous.templateVersion },
    }
    if (defaultAlone)
      return askAfterFailure(planDefault({ service, history }, facts, wanted), undone, context)
    const strategy = undone.plan?.strategy ?? service.strategy
    const fleetPlan = planFleet({ service, history }, facts, { ...wanted, strategy })
    // An event is told, and holds no rollback back.
    const back = await withOverlapWarnings(context, fleetPlan, { asks: false })
    if (request.operation !== undefined) return back
    return askAfterFailure(await warnOfEarlierChange(back, undone, context), undone, context)
  },

  async run(run, context) {
    const { id, target } = planned(context.plan.template, 'template')
    if (target.how !== 'existing') throw new Error('a rollback goes to a version that exists')
    if (context.plan.group) {
      const before = await snapshotGroup(run, context)
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
const warnOfEarlierChange = async (
  made: Planned,
  undone: Operation,
  { journal, service }: PlanContext,
): Promise<Planned> => {
  if (!made.ok || !isImageUpdate(undone)) return made
  const earlier = (await journal.history(service.name, 50)).find(
    (one) => !isImageUpdate(one) && previousOf(one) !== undefined,
  )
  if (!earlier) return made
  const facts = { service: service.name, operation: earlier.id, version: earlier.plan?.version }
  const warnings = [reason('rollback_of_refresh', facts), ...made.value.warnings]
  return ok({ ...made.value, confirm: true, warnings })
}

const findOperationToUndo = async (
  request: Rollback,
  context: PlanContext,
): Promise<Operation | undefined> => {
  if (request.operation) return context.journal.read(request.operation)
  return (await context.journal.history(context.service.name, 50)).find(
    (operation) => previousOf(operation) !== undefined,
  )
}

const imageAvailable = async (context: PlanContext, imageId: string | undefined): Promise<boolean> => {
  if (!imageId) return false
  const [image] = await context.account.images.byId([imageId])
  return image?.state === 'available'
}
