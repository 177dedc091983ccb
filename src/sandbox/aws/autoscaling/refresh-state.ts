import type {
  DesiredConfiguration,
  InstanceRefreshStatus,
  RefreshPreferences,
} from '@aws-sdk/client-auto-scaling'
import type { LaunchSource } from './launch-source'

type Choice = 'Refresh' | 'Terminate' | 'Ignore' | 'Wait'

/** An instance refresh, as plain data. Instants are simulated epoch milliseconds, spans milliseconds. */
export interface Refresh {
  readonly id: string
  readonly group: string
  status: InstanceRefreshStatus
  reason?: string | undefined
  readonly askedAt: number
  endedAt?: number
  percent: number
  toUpdate: number
  /** As asked for, for DescribeInstanceRefreshes. */
  readonly preferences: RefreshPreferences
  readonly desiredConfiguration?: DesiredConfiguration | undefined
  readonly rules: RefreshRules
  /** What new instances are launched from, where a configuration was given or a rollback is under way. */
  target: LaunchSource
  /** The group's own configuration at the start: where a rollback goes. */
  readonly former: LaunchSource
  /** Instances that are to be replaced and are still there, by id. */
  pending: Set<string>
  /** How many were to be replaced when the replacing, or the rollback, began. */
  total: number
  /** Instances that came since: what the percentage counts, once they are healthy and warm. */
  readonly launched: Set<string>
  /** Of those, the warm ones. */
  readonly warm: Set<string>
  checkpointsPassed: number
  /** Nothing is replaced before then: a checkpoint's delay. */
  pausedUntil: number
  /** When something last went forward; an hour without is a failure. */
  progressAt: number
  rollback?: {
    readonly reason: string
    readonly startedAt: number
    readonly percent: number
    readonly toUpdate: number
  }
  /** When it went into its bake. */
  bakingSince?: number
  /** A cancelled refresh is over only when nothing launches or leaves any more. */
  waitsForTransition?: boolean
}

/** The preferences of a refresh with their defaults filled in. */
export interface RefreshRules {
  /** Percent of desired capacity. */
  readonly minHealthy: number
  readonly maxHealthy: number
  readonly warmup: number
  readonly bake: number
  /** Percentages, ascending. */
  readonly checkpoints: readonly number[]
  readonly checkpointDelay: number
  readonly skipMatching: boolean
  readonly autoRollback: boolean
  readonly protectedInstances: Choice
  readonly standbyInstances: Choice
}

export const activeStatuses: ReadonlySet<string> = new Set([
  'Pending',
  'InProgress',
  'Baking',
  'Cancelling',
  'RollbackInProgress',
])
