import type { Operation } from '../operation/operation'
import { type Previous, previousOf } from '../fleet/previous'
import { templateSteps } from '../steps/fleet'
import { imageSteps } from '../steps/images'
import { outcomeOf } from '../steps/records'
import type { Instant, Milliseconds } from '../time/time'
import { imageName } from './image-names'
import type { Reference } from './uses'

const referenceOf = ({ operation, templateId, templateVersion, imageId }: Previous): Reference => ({
  operation,
  ...(templateId !== undefined && { templateId }),
  version: templateVersion,
  ...(imageId !== undefined && { imageId }),
})

/**
 * What can still be gone back to: from every operation that ended within the time that is kept, and from the newest
 * of each service, whenever that was. `ended` are operations of all services, newest first.
 */
export const rollbackReferences = (
  ended: readonly Operation[],
  now: Instant,
  keep: Milliseconds,
): readonly Reference[] => {
  const seen = new Set<string>()
  return ended.flatMap((operation) => {
    const previous = previousOf(operation)
    const { service } = operation.request
    if (!previous) return []
    const newest = !seen.has(service)
    seen.add(service)
    const young = now - (operation.ending?.at ?? now) < keep
    return newest || young ? [referenceOf(previous)] : []
  })
}

/** What an operation that has not ended works with, or will ask for. `pattern` names its service's images. */
export const pendingReferences = (
  operation: Operation,
  pattern: string | undefined,
): readonly Reference[] => {
  const { id, plan, request } = operation
  const { template, image } = plan ?? {}
  const of = template && { templateId: template.id }
  const made = outcomeOf(operation.steps, templateSteps.create)
  const baked = outcomeOf(operation.steps, imageSteps.create)
  const target = template?.target
  const numbers = [
    template?.current,
    template?.default,
    target?.how === 'existing' ? target.number : target?.from,
    typeof made === 'number' ? made : undefined,
    request.procedure === 'roll' ? request.templateVersion : undefined,
  ]
  const images = [
    image && image.how !== 'bake' ? image.id : undefined,
    typeof baked === 'string' ? baked : undefined,
    request.procedure === 'deploy' && request.from?.startsWith('ami-') ? request.from : undefined,
  ]
  const asked = request.procedure === 'deploy' || request.procedure === 'bake' ? request.version : undefined
  const names = [
    image?.name,
    asked !== undefined && pattern !== undefined ? imageName(pattern, asked) : undefined,
  ]
  return [
    ...numbers.flatMap((version) => (version === undefined ? [] : [{ operation: id, ...of, version }])),
    ...images.flatMap((imageId) => (imageId === undefined ? [] : [{ operation: id, imageId }])),
    ...names.flatMap((name) => (name === undefined ? [] : [{ operation: id, imageName: name }])),
  ]
}
