import { orphaned, undeleted } from '../domain/images/pruned'
import type { Operation } from '../domain/operation'
import { colorLeftovers } from './color-leftovers'
import { type Reason, reason } from '../domain/reasons'
import type { Executed } from '../durable/execute'
import type { Recorder } from '../durable/recorder'
import type { Ending } from '../domain/operation'

type Failed = Extract<Executed, { kind: 'failed' }>

/** Which of the endings a failed procedure comes to. `left` is what it leaves in AWS. */
export const endingKind = (operation: Operation, failed: Failed, left: readonly Reason[]): Ending['kind'] => {
  if (failed.committed || failed.left.length > 0) return 'needs attention'
  // What is deleted by half is not clean, unless a person stopped it there.
  const half = operation.request.procedure === 'prune' && left.length > 0
  if (half && failed.reason.code !== 'cancelled_by_person') return 'needs attention'
  if (failed.reason.code === 'cancelled_by_person') return 'cancelled'
  return failed.changed ? 'rolled back' : 'failed clean'
}

/** What a failed operation leaves in AWS: what it made and did not take back, all tagged with its id or named so. */
export const leftovers = (operation: Operation, recorder: Recorder, failed: Failed): readonly Reason[] => {
  if (operation.request.procedure === 'prune') return unpruned(operation, recorder)
  // What serves is not left over: a person who tidied it up would take the fleet's image away.
  return failed.committed ? failed.left : [...failed.left, ...made(operation, recorder, failed)]
}

/** The image and the template version that an operation made and did not take back. */
export const made = (
  operation: Operation,
  recorder: Recorder,
  failed?: Pick<Failed, 'reason' | 'left'>,
): readonly Reason[] => {
  const outcome = (key: string) =>
    recorder.startingWith(key).find((step) => step.key === key && step.state === 'done')?.outcome
  const image = outcome('image/create')
  const version = outcome('template/create version')
  const deleted = outcome('return/template/delete version') !== undefined
  const ofColors = recorder
    .startingWith('version/create ')
    .map(({ key, outcome: made }) => ({ template: key.slice('version/create '.length), made }))
    .filter(({ template }) => outcome(`return/finish/delete ${template}`) === undefined)
  return [
    ...(failed?.left.length === 0 ? [] : colorLeftovers(recorder)),
    ...(typeof image === 'string'
      ? [
          reason('left_image', {
            image,
            name: operation.plan?.image?.how === 'bake' ? operation.plan.image.name : image,
            ...(failed?.reason.code === 'image_failed' && { unusable: 'failed' }),
          }),
        ]
      : []),
    ...(typeof version === 'number' && !deleted && failed?.left.length === 0
      ? [reason('left_template_version', { template: operation.plan?.template?.name, version })]
      : []),
    ...ofColors.flatMap(({ template, made }) =>
      typeof made === 'number' && failed?.left.length === 0
        ? [reason('left_template_version', { template, version: made })]
        : [],
    ),
  ]
}

/** What a prune was to delete and did not: refused by AWS, or not come to while its image is gone. */
const unpruned = ({ plan }: Operation, recorder: Recorder): readonly Reason[] => {
  const now = { ...(plan && { plan }), steps: recorder.startingWith('') }
  return [...undeleted(now), ...orphaned(now)]
}
