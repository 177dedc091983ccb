import type { Person } from '../access/person'
import type { Color } from '../blue-green/color'
import type { OperationId } from '../operation/id'

/** A swap whose old color is kept while customers are looked at. */
export interface WatchedSwap {
  readonly operation: OperationId
  /** Who asked for it: who is called when customers notice it. */
  readonly by: Person
  /** The color that is kept. */
  readonly kept: Color
}
