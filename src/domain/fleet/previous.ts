import type { OperationId } from '../operation/id'
import type { Operation } from '../operation/operation'
import { templateSteps } from '../steps/fleet'
import { outcomeOf } from '../steps/records'
import { goesForward } from '../procedures'

/** What an ended operation moved away from: where a rollback of it goes. */
export interface Previous {
  readonly operation: OperationId
  /** Template, its version and image that the fleet was on before it. */
  readonly templateId?: string
  readonly templateVersion: number
  readonly imageId?: string
  /** What people called it, e.g. `v1`. */
  readonly label?: string
  /** The template version that it moved the fleet to. */
  readonly movedTo: number
}

/** Whether it moved the template alone, and no instance. */
export const isImageUpdate = ({ request }: Pick<Operation, 'request'>): boolean =>
  request.procedure === 'update-image'

/** What a rollback of this operation would go back to, as its journal recorded it; undefined when there is nothing. */
export const previousOf = (operation: Operation): Previous | undefined => {
  if (operation.ending?.kind !== 'succeeded' || !goesForward(operation.request)) return undefined
  if (isImageUpdate(operation)) return beforeImageUpdate(operation)
  const target = operation.plan?.template?.target
  const made = outcomeOf(operation.steps, templateSteps.create)
  const movedTo = target?.how === 'existing' ? target.number : made
  const snapshot = outcomeOf(operation.steps, templateSteps.snapshot) as
    | { version?: number; imageId?: string; templateId?: string }
    | undefined
  if (snapshot?.version === undefined || typeof movedTo !== 'number' || snapshot.version === movedTo)
    return undefined
  return {
    operation: operation.id,
    ...(snapshot.templateId !== undefined && { templateId: snapshot.templateId }),
    templateVersion: snapshot.version,
    ...(snapshot.imageId !== undefined && { imageId: snapshot.imageId }),
    ...(operation.plan?.before !== undefined && { label: operation.plan.before }),
    movedTo,
  }
}

/** An image update that also fixed the template has no way back: before it nothing could be launched. */
const beforeImageUpdate = ({ id, plan, steps }: Operation): Previous | undefined => {
  const { template, before } = plan ?? {}
  const movedTo = outcomeOf(steps, templateSteps.create)
  if (!template || template.groupIds || typeof movedTo !== 'number') return undefined
  return {
    operation: id,
    templateId: template.id,
    templateVersion: template.current,
    ...(before !== undefined && { label: before }),
    movedTo,
  }
}
