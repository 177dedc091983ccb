import { orphaned, undeleted } from '../../domain/images/pruned'
import type { Operation } from '../../domain/operation/operation'
import { blueGreenResidues } from './blue-green'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { Executed } from '../../durable/execute'
import type { Recorder } from '../../durable/recorder'
import type { Ending } from '../../domain/operation/operation'

type FailedExecution = Extract<Executed, { kind: 'failed' }>

/** Which of the endings a failed procedure comes to. `left` is what it leaves in AWS. */
export const endingKind = (
  operation: Operation,
  failed: FailedExecution,
  residues: readonly Reason[],
): Ending['kind'] => {
  if (failed.committed || failed.left.length > 0) return 'needs attention'
  // What is deleted by half is not clean, unless a person stopped it there.
  const isPartial = operation.request.procedure === 'prune' && residues.length > 0
  if (isPartial && failed.reason.code !== 'cancelled_by_person') return 'needs attention'
  if (failed.reason.code === 'cancelled_by_person') return 'cancelled'
  return failed.changed ? 'rolled back' : 'failed clean'
}

/** What a failed operation leaves in AWS: what it made and did not take back, all tagged with its id or named so. */
export const residualResources = (
  operation: Operation,
  recorder: Recorder,
  failed: FailedExecution,
): readonly Reason[] => {
  if (operation.request.procedure === 'prune') return undeletedImages(operation, recorder)
  // What serves is not left over: a person who tidied it up would take the fleet's image away.
  return failed.committed ? failed.left : [...failed.left, ...createdResources(operation, recorder, failed)]
}

/** The image and the template version that an operation made and did not take back. */
export const createdResources = (
  operation: Operation,
  recorder: Recorder,
  failed?: Pick<FailedExecution, 'reason' | 'left'>,
): readonly Reason[] => {
  const outcome = (key: string) =>
    recorder.startingWith(key).find((step) => step.key === key && step.state === 'done')?.outcome
  const image = outcome('image/create')
  const version = outcome('template/create version')
  const deleted = outcome('return/template/delete version') !== undefined
  const ofBlueGreen = recorder
    .startingWith('version/create ')
    .map(({ key, outcome: createdResources }) => ({
      template: key.slice('version/create '.length),
      made: createdResources,
    }))
    .filter(({ template }) => outcome(`return/finish/delete ${template}`) === undefined)
  return [
    ...(failed?.left.length === 0 ? [] : blueGreenResidues(recorder)),
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
    ...ofBlueGreen.flatMap(({ template, made: createdResources }) =>
      typeof createdResources === 'number' && failed?.left.length === 0
        ? [reason('left_template_version', { template, version: createdResources })]
        : [],
    ),
  ]
}

/** What a prune was to delete and did not: refused by AWS, or not come to while its image is gone. */
const undeletedImages = ({ plan }: Operation, recorder: Recorder): readonly Reason[] => {
  const now = { ...(plan && { plan }), steps: recorder.startingWith('') }
  return [...undeleted(now), ...orphaned(now)]
}
