import type {
  DesiredConfiguration,
  InstanceRefreshStatus,
  RefreshPreferences,
} from '@aws-sdk/client-auto-scaling'
import type { TemplateReference } from '../world'

export type Choice = 'Refresh' | 'Terminate' | 'Ignore' | 'Wait'

/** An instance refresh, as plain data. Instants are simulated epoch milliseconds. */
export interface Refresh {
  readonly id: string
  readonly group: string
  status: InstanceRefreshStatus
  reason?: string | undefined
  readonly startedAt: number
  endedAt?: number | undefined
  percent: number
  toUpdate: number
  /** As asked for, for DescribeInstanceRefreshes. */
  readonly preferences: RefreshPreferences
  readonly desiredConfiguration?: DesiredConfiguration | undefined
  readonly minHealthy: number
  readonly maxHealthy: number
  /** Milliseconds. */
  readonly warmup: number
  readonly bake: number
  readonly checkpoints: readonly number[]
  readonly checkpointDelay: number
  readonly skipMatching: boolean
  readonly autoRollback: boolean
  readonly protectedInstances: Choice
  readonly standbyInstances: Choice
  /** Where it is going; the group's own until the end where no configuration was given. */
  target: TemplateReference
  /** What the group's template was at the start: where a rollback goes. */
  readonly former: TemplateReference
  /** Instances that it has to replace, by id. */
  pending: Set<string>
  /** How many it had to replace at the start, and at the start of a rollback. */
  total: number
  /** Instances that it launched. */
  readonly launched: Set<string>
  /** The replacing itself goes on only then: a checkpoint. */
  pausedUntil: number
  checkpointsPassed: number
  /** When something last went forward: an hour without is a failure. */
  progressAt: number
  /** When the bake ends. */
  bakedAt?: number | undefined
  rollback?:
    | {
        readonly reason: string
        readonly startedAt: number
        readonly percentAtStart: number
        readonly toUpdateAtStart: number
      }
    | undefined
  cancelWaits: boolean
}

export const activeStatuses: ReadonlySet<string> = new Set([
  'Pending',
  'InProgress',
  'Baking',
  'Cancelling',
  'RollbackInProgress',
])
