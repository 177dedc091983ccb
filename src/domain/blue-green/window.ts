import type { Operation, StepRecord } from '../operation/operation'
import type { Color } from './color'
import { type ColorsSnapshot, colorsSnapshotKey } from './snapshot'
import type { OperationId } from '../operation/id'

/** Id of the timer that ends a service's window: there is one at a time. */
export const windowId = (service: string): string => `finish ${service}`

/** What a swap keeps in Standby, or at weight 0, and on what it runs. */
export type KeptStandby = {
  readonly instances: readonly string[]
  /** How many there are of each instance type. */
  readonly types: { readonly [type: string]: number }
}

/** Key of the step under which a swap writes down what it keeps. */
export const keptStandbyKey = 'finish/kept'

/** What an operation keeps, as it wrote it down. */
export const keptStandbyOf = ({ steps }: Pick<Operation, 'steps'>): KeptStandby | undefined =>
  steps.find(({ key, state }) => key === keptStandbyKey && state === 'done')?.outcome as
    | KeptStandby
    | undefined

/** A swap that ended well: what is gone back from, or finished. */
export interface Swapped {
  readonly operation: OperationId
  readonly from: Color
  readonly to: Color
  /** What people call the version before it and after it. */
  readonly before?: string
  readonly version: string
  readonly snapshot: ColorsSnapshot
  /** The template version that it moved to, by the template's id. */
  readonly moved: { readonly [template: string]: number }
}

/** What a swap left behind, as its journal recorded it; undefined for anything but a swap that succeeded. */
export const swappedBy = (operation: Operation): Swapped | undefined => {
  const { plan, ending, steps, id } = operation
  const colors = plan?.colors
  if (ending?.kind !== 'succeeded' || colors?.how !== 'swap') return undefined
  const snapshot = steps.find(({ key, state }) => key === colorsSnapshotKey && state === 'done')?.outcome
  if (snapshot === undefined) return undefined
  return {
    operation: id,
    from: colors.from,
    to: colors.to,
    ...(plan?.before !== undefined && { before: plan.before }),
    version: plan?.version ?? '',
    snapshot: snapshot as unknown as ColorsSnapshot,
    moved: movedBy(operation),
  }
}

const movedBy = ({ plan, steps }: Operation): { readonly [template: string]: number } =>
  Object.fromEntries(
    (plan?.colors?.components ?? []).flatMap(({ template }) => {
      if (!template) return []
      const made = steps.find(({ key }) => key === `version/create ${template.name}`)?.outcome
      const number = template.target.how === 'existing' ? template.target.number : made
      return typeof number === 'number' ? [[template.id, number] as const] : []
    }),
  )

/** Whether an operation went forward of its own accord; a rollback is gone back from only where it is named. */
export const goesForward = ({ request }: Pick<Operation, 'request'>): boolean =>
  request.procedure === 'deploy' || request.procedure === 'swap'

const entering = /^(?:return\/)?standby\/enter /

const instancesIn = ({ choice }: StepRecord): readonly string[] =>
  (choice as { readonly instances?: readonly string[] } | undefined)?.instances ?? []

/** Instances that operations put into Standby, however they ended: all others there are a person's. */
export const putIntoStandby = (operations: readonly Pick<Operation, 'steps'>[]): ReadonlySet<string> =>
  new Set(
    operations.flatMap(({ steps }) => steps.filter(({ key }) => entering.test(key)).flatMap(instancesIn)),
  )

const weightSteps = /^weights\/(?:set|all) /

/** When traffic was shifted last: so long clients may have been sent to the color that left. */
export const shiftedAt = ({ steps }: Pick<Operation, 'steps'>): number =>
  Math.max(0, ...steps.flatMap(({ key, endedAt = 0 }) => (weightSteps.test(key) ? [endedAt] : [])))
