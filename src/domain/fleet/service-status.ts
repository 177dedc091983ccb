import type { Color } from '../blue-green/color'
import type { FleetSnapshot, Refresh, TemplatePin } from './fleet'
import type { Lock } from '../access/lock'
import type { Operation } from '../operation/operation'
import type { Reason } from '../reasons/reason'
import type { Instant } from '../time/time'
import type { Closure } from '../windows/closures'
import type { OperationId } from '../operation/id'

/** A service as far as it is known now. What AWS or the journal did not tell is left out, never guessed. */
export interface ServiceStatus {
  readonly service: string
  /** What it serves, as people call it, e.g. `v2`. */
  readonly version?: string
  readonly group?: {
    readonly name: string
    readonly min: number
    readonly desired: number
    readonly max: number
    readonly pin?: TemplatePin
    readonly suspended: readonly string[]
  }
  readonly fleet?: FleetSnapshot
  /** What people call the template's versions, by number. */
  readonly versionNames?: Readonly<Record<string, string>>
  /** The color that serves, where there are two. */
  readonly live?: Color
  /** How much of the traffic each color gets, in percent, where it is shared out by weights. */
  readonly shares?: { readonly blue: number; readonly green: number }
  /** Set where its fleet is still to be built, and the catalogue says how. */
  readonly unbuilt?: true
  /** What is not in order with the colors, though AWS told all of it. */
  readonly problem?: Reason
  /** The open window after a swap: the old color is kept until then. */
  readonly window?: {
    readonly operation: OperationId
    readonly until: Instant
    readonly color: Color
    /** What it serves when it is back. */
    readonly version?: string
    /** Whether it runs on at weight 0, instead of standing by. */
    readonly byWeights?: true
  }
  /** An instance refresh that runs now. */
  readonly refresh?: Pick<Refresh, 'id' | 'status' | 'percent' | 'reason'>
  /** The window of the calendar that is closed, and what closes next. */
  readonly closed?: Closure
  readonly closes?: Closure
  readonly locks: readonly Lock[]
  /** The operation that owns the service now. */
  readonly running?: Operation
  /** Operations that wait for their turn, the next one first. */
  readonly queue: readonly OperationId[]
  /** The last operation that ended. */
  readonly last?: Operation
  /** Records that cannot be read, as people are told of them. */
  readonly unreadable?: readonly string[]
  /** Why facts of AWS are missing: AWS's own answer, or that no worker answered. */
  readonly error?: Reason | 'unanswered'
}
