import type { Operation } from '../../domain/operation/operation'
import type { ReasonCode } from '../../domain/reasons/reason-facts'
import type { ReadRecord } from '../../domain/steps/records'
import { chosen, textOf } from './read-choice'

/** An operation that stopped before its end, as its journal knows it: AWS is not asked, for that may be what failed. */
export interface Stopped {
  readonly operation: Operation
  /** What it did and may have done, oldest first. */
  readonly records: readonly ReadRecord[]
  /** Whether it stopped in its middle and put nothing back. */
  readonly interrupted: boolean
  /** Whether everything was put back that could be. */
  readonly restored: boolean
  /** Whether the instances are those that they were; settings may not be. */
  readonly fleetRestored: boolean
  /** Whether it had passed: what it made serves, and is not left over. */
  readonly committed: boolean
  readonly because?: ReasonCode
}

/** The group that a step worked on: named in what it chose, in its key, or the plan's only one. */
export const groupOf = ({ operation: { plan } }: Stopped, read: ReadRecord): string | undefined =>
  textOf(chosen(read, 'group')) ?? read.scope.group ?? plan?.group?.name ?? plan?.schedule?.group
