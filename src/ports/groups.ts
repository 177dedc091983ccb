import type { Activity, Group, Refresh, ScheduledAction, TemplatePin } from '../domain/fleet'
import type { Milliseconds } from '../domain/time'
import type { Freshness } from './freshness'

/** Fields of a group to change; what is left out stays. */
export interface GroupChange {
  readonly min?: number
  readonly desired?: number
  readonly max?: number
  readonly cooldown?: number
  readonly template?: { readonly id: string; readonly pin: TemplatePin }
  readonly terminationPolicies?: readonly string[]
}

export interface RefreshPreferences {
  readonly templateId: string
  readonly version: number
  readonly minHealthy: number
  readonly maxHealthy: number
  readonly warmup?: Milliseconds
  readonly bake: Milliseconds
  readonly autoRollback: boolean
  readonly skipMatching: boolean
  readonly standby: 'Ignore' | 'Terminate' | 'Wait'
  readonly scaleInProtected: 'Ignore' | 'Refresh' | 'Wait'
}

/** Auto Scaling groups. Reads are batched; all methods throw AwsFailure. A change drops what was read before it. */
export interface Groups {
  describe(name: string, freshness?: Freshness): Promise<Group | undefined>
  /** Newest first. */
  refreshes(name: string, freshness?: Freshness): Promise<readonly Refresh[]>
  /** Newest first, at most the last hundred. */
  activities(name: string, freshness?: Freshness): Promise<readonly Activity[]>

  /** Scheduled actions that are still to run, in no order. */
  scheduled(name: string): Promise<readonly ScheduledAction[]>

  /**
   * Makes a scheduled action, or replaces the one of its name, sizes and times whole. For one that recurs, `startAt`
   * must be left out unless it shall begin later: what AWS computed must not be sent back.
   */
  schedule(name: string, action: ScheduledAction): Promise<void>
  unschedule(name: string, action: string): Promise<void>
  update(name: string, change: GroupChange): Promise<void>
  setDesired(name: string, desired: number): Promise<void>
  terminate(instance: string, options: { readonly decrement: boolean }): Promise<void>
  protect(name: string, instances: readonly string[], on: boolean): Promise<void>
  suspend(name: string, processes: readonly string[]): Promise<void>
  resume(name: string, processes: readonly string[]): Promise<void>
  tag(
    name: string,
    tags: Readonly<Record<string, string>>,
    options: { readonly propagate: boolean },
  ): Promise<void>
  /** Gives the refresh's id. */
  startRefresh(name: string, preferences: RefreshPreferences): Promise<string>
  cancelRefresh(name: string): Promise<void>
  rollbackRefresh(name: string): Promise<void>
}
