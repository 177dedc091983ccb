import type { Json } from '../../domain/json'
import type { Operation, StepRecord } from '../../domain/operation/operation'
import { groupSnapshotKey } from '../../domain/fleet/previous'
import { type Reason, reason } from '../../domain/reasons/reason'

/** What the journal knows of a group: as it was, or as the operation has set it since. */
interface GroupState {
  readonly min?: number
  readonly desired?: number
  readonly max?: number
  readonly pin?: string | number
}

/**
 * What an operation leaves that stops in its middle with nothing put back, as its journal tells: nobody looks at AWS
 * for it, for that may be what failed. A change that was only intended may have happened, and counts.
 */
export const interruptedResidues = (
  operation: Operation,
  steps: readonly StepRecord[],
): readonly Reason[] => {
  const { plan, fleet } = operation
  const group = plan?.group?.name
  const ended = (key: string) => steps.find((step) => step.key === key && step.state === 'done')
  const was = groupBefore(operation, steps)
  const is = groupChanges(steps).reduce<GroupState>(
    (groupState, change) => ({ ...groupState, ...change }),
    was,
  )
  const resized = is.min !== was.min || is.desired !== was.desired || is.max !== was.max
  const refresh = steps.findLast(
    ({ key, state }) => key.startsWith('fleet/start refresh ') && state === 'done',
  )
  const round = refresh?.key.slice('fleet/start refresh '.length)
  const running = refresh && !ended(`fleet/refresh ${round}`) && !ended(`fleet/stop ${round} ended`)
  const protectedStep = ended('fleet/unprotect') ? undefined : ended('fleet/protect')
  const promoted = ended('finish/default')
  const version = targetOf(operation, steps)
  const replaced = (fleet?.cells ?? []).filter((cell) => version !== undefined && cell.version === version)
  // Once it has passed, the new instances are what serves: they are not left over.
  const isCommitting = operation.phase === 'finishing'
  return [
    reason('left_midway', { operation: operation.id }),
    ...(running ? [reason('left_refresh', { group, refresh: text(refresh.outcome) })] : []),
    ...(is.pin !== was.pin ? [reason('left_group_template', { group, is: is.pin, was: was.pin })] : []),
    ...(resized
      ? [reason('left_group_sizes', { group, min: is.min, desired: is.desired, max: is.max })]
      : []),
    ...(protectedStep ? [reason('left_protected', { group, instances: idsOf(protectedStep) })] : []),
    ...(replaced.length > 0 && !isCommitting
      ? [
          reason('left_instances', {
            group,
            instances: replaced.map(({ id }) => id),
            version: plan?.version,
          }),
        ]
      : []),
    ...(promoted && version !== undefined
      ? [
          reason('left_template_default', {
            template: plan?.template?.name,
            is: version,
            was: plan?.template?.default,
          }),
        ]
      : []),
  ]
}

const text = (value: StepRecord['outcome']): string | undefined =>
  typeof value === 'string' ? value : undefined

type Fields = { readonly [name: string]: Json | undefined }
const fields = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** The group before the first change: as it was recorded, or as the plan found it. */
const groupBefore = ({ plan }: Operation, steps: readonly StepRecord[]): GroupState => {
  const snapshot = steps.find(({ key }) => key === groupSnapshotKey)?.outcome
  return snapshot === undefined ? (plan?.group?.before ?? {}) : groupState({ ...fields(snapshot) })
}

const groupTask = /^(?:return\/)?(?:template|fleet|finish)\//

/** What was asked of the group, oldest first. */
const groupChanges = (steps: readonly StepRecord[]): readonly GroupState[] =>
  steps
    .filter(({ key, state }) => groupTask.test(key) && (state === 'done' || state === 'intended'))
    .toSorted((a, b) => a.order - b.order)
    .map(({ choice }) => {
      const { template, ...sizes } = fields(choice)
      return groupState({ ...sizes, ...fields(template) })
    })

const groupState = (values: Fields): GroupState => {
  const number = (name: string) => {
    const value = values[name]
    return typeof value === 'number' ? { [name]: value } : {}
  }
  const pin = values['pin']
  return {
    ...number('min'),
    ...number('desired'),
    ...number('max'),
    ...((typeof pin === 'number' || typeof pin === 'string') && { pin }),
  }
}

/** The template version that the fleet moves to, once there is one. */
const targetOf = ({ plan }: Operation, steps: readonly StepRecord[]): number | undefined => {
  const target = plan?.template?.target
  if (target?.how === 'existing') return target.number
  const made = steps.find(({ key, state }) => key === 'template/create version' && state === 'done')?.outcome
  return typeof made === 'number' ? made : undefined
}

const idsOf = ({ choice }: StepRecord): readonly string[] => {
  const { instances } = fields(choice)
  return Array.isArray(instances) ? instances.filter((id) => typeof id === 'string') : []
}
