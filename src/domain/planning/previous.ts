import type { Operation, OperationId } from '../operation'

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

/** Key of the step under which every fleet procedure writes down the group as it was. */
export const shapeKey = 'template/group as it is'

const goesForward = new Set<Operation['request']['procedure']>(['deploy', 'roll'])

/** What a rollback of this operation would go back to, as its journal recorded it; undefined when there is nothing. */
export const previousOf = (operation: Operation): Previous | undefined => {
  if (operation.ending?.kind !== 'succeeded' || !goesForward.has(operation.request.procedure))
    return undefined
  const target = operation.plan?.template?.target
  const made = outcomeOf(operation, 'template/create version')
  const movedTo = target?.how === 'existing' ? target.number : made
  const shape = outcomeOf(operation, shapeKey) as
    | { version?: number; imageId?: string; templateId?: string }
    | undefined
  if (shape?.version === undefined || typeof movedTo !== 'number' || shape.version === movedTo)
    return undefined
  return {
    operation: operation.id,
    ...(shape.templateId !== undefined && { templateId: shape.templateId }),
    templateVersion: shape.version,
    ...(shape.imageId !== undefined && { imageId: shape.imageId }),
    ...(operation.plan?.before !== undefined && { label: operation.plan.before }),
    movedTo,
  }
}

const outcomeOf = (operation: Operation, key: string) =>
  operation.steps.find((step) => step.key === key && step.state === 'done')?.outcome
