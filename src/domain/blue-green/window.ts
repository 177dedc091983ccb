import type { Json } from '../json'
import type { OperationId } from '../operation/id'
import type { Operation } from '../operation/operation'
import { standbySteps, windowSteps } from '../steps/blue-green/standby'
import { trafficSteps } from '../steps/blue-green/traffic'
import { colorVersionSteps } from '../steps/blue-green/version'
import { outcomeOf, recordOf, recordsOf } from '../steps/records'
import type { Color } from './color'
import type { ColorsSnapshot } from './snapshot'

/** Id of the timer that ends a service's window: there is one at a time. */
export const windowId = (service: string): string => `finish ${service}`

/** What a swap keeps in Standby, or at weight 0, and on what it runs. */
export type KeptStandby = {
  readonly instances: readonly string[]
  /** How many there are of each instance type. */
  readonly types: { readonly [type: string]: number }
}

/** What an operation keeps, as it wrote it down. */
export const keptStandbyOf = ({ steps }: Pick<Operation, 'steps'>): KeptStandby | undefined =>
  outcomeOf(steps, windowSteps.kept) as KeptStandby | undefined

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
  const snapshot = outcomeOf(steps, colorVersionSteps.snapshot)
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
      const made = recordOf(steps, colorVersionSteps.create.at({ template: template.name }))?.outcome
      const number = template.target.how === 'existing' ? template.target.number : made
      return typeof number === 'number' ? [[template.id, number] as const] : []
    }),
  )

const instancesIn = (choice: Json | undefined): readonly string[] =>
  (choice as { readonly instances?: readonly string[] } | undefined)?.instances ?? []

/** Instances that operations put into Standby, however they ended: all others there are a person's. */
export const putIntoStandby = (operations: readonly Pick<Operation, 'steps'>[]): ReadonlySet<string> =>
  new Set(
    operations.flatMap(({ steps }) =>
      recordsOf(steps, standbySteps.enter).flatMap(({ record }) => instancesIn(record.choice)),
    ),
  )

/** When traffic was shifted last: so long clients may have been sent to the color that left. */
export const shiftedAt = ({ steps }: Pick<Operation, 'steps'>): number =>
  Math.max(
    0,
    ...[trafficSteps.set, trafficSteps.all]
      .flatMap((step) => recordsOf(steps, step))
      .filter(({ onWayBack }) => !onWayBack)
      .map(({ record }) => record.endedAt ?? 0),
  )
