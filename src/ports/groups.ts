import type {
  Activity,
  Group,
  LifecycleHook,
  Refresh,
  PolicyAlarm,
  ScalingPolicy,
  ScheduledAction,
  TemplatePin,
} from '../domain/fleet/fleet'
import type { NewGroup } from '../domain/provision/resources'
import type { Milliseconds } from '../domain/time/time'
import type { Freshness } from './freshness'
import type { Answer } from './refusal'

/** Fields of a group to change; what is left out stays. */
export interface GroupChange {
  readonly min?: number
  readonly desired?: number
  readonly max?: number
  readonly cooldown?: number
  readonly template?: { readonly id: string; readonly pin: TemplatePin }
  readonly terminationPolicies?: readonly string[]
  readonly healthCheck?: Group['healthCheck']
  /** Seconds, as DefaultInstanceWarmup; `none` takes it off. */
  readonly warmup?: number | 'none'
  readonly subnets?: readonly string[]
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
  /** All groups of the account and region, whoever made them. Never shared with others' reads. */
  all(): Promise<readonly Group[]>
  /** Ids of the images that these launch configurations name. */
  configurationImages(names: readonly string[]): Promise<readonly string[]>
  /** The groups that carry all of these tags, in no order; at least one tag must be given. */
  tagged(tags: Readonly<Record<string, string>>): Promise<readonly Group[]>
  /** Newest first. */
  refreshes(name: string, freshness?: Freshness): Promise<readonly Refresh[]>
  /** Newest first, at most the last hundred. */
  activities(name: string, freshness?: Freshness): Promise<readonly Activity[]>

  /** Lifecycle hooks, in no order. */
  hooks(name: string): Promise<readonly LifecycleHook[]>
  /** Scheduled actions that are still to run, in no order. */
  scheduled(name: string): Promise<readonly ScheduledAction[]>

  /**
   * Makes a scheduled action, or replaces the one of its name, sizes and times whole. For one that recurs, `startAt`
   * must be left out unless it shall begin later: what AWS computed must not be sent back.
   */
  schedule(name: string, action: ScheduledAction): Promise<void>
  unschedule(name: string, action: string): Promise<void>
  /**
   * CreateAutoScalingGroup, its tags in the call. `exists`: the name is taken. `unknown`: AWS does not know the template, a
   * subnet, a target group, or a security group or an image that the template names. On the first use of an account it may
   * throw an ambiguous AwsFailure (`ServiceLinkedRoleFailure`) for seconds.
   */
  create(group: NewGroup): Promise<Answer<void, 'exists' | 'unknown'>>
  update(name: string, change: GroupChange): Promise<void>
  /** AttachLoadBalancerTargetGroups; those that are attached stay so. */
  attach(name: string, targetGroups: readonly string[]): Promise<void>
  /** EnableMetricsCollection: all metrics of the group, by the minute. */
  collectMetrics(name: string): Promise<void>
  /**
   * DeleteAutoScalingGroup without force; its scheduled actions and policies go with it, gone already is deleted.
   * `in-use`: it has instances, or an activity is under way. It may be told for a while as one whose `status` is set.
   */
  delete(name: string): Promise<Answer<void, 'in-use'>>
  /** `afterCooldown`: AWS refuses with `ScalingActivityInProgress` while the group's cooldown lasts. */
  setDesired(name: string, desired: number, options?: { readonly afterCooldown?: boolean }): Promise<void>
  terminate(instance: string, options: { readonly decrement: boolean }): Promise<void>
  protect(name: string, instances: readonly string[], on: boolean): Promise<void>
  suspend(name: string, processes: readonly string[]): Promise<void>
  resume(name: string, processes: readonly string[]): Promise<void>
  tag(
    name: string,
    tags: Readonly<Record<string, string>>,
    options: { readonly propagate: boolean },
  ): Promise<void>
  untag(name: string, keys: readonly string[]): Promise<void>
  /** Scaling policies of all kinds, in no order. */
  policies(name: string): Promise<readonly ScalingPolicy[]>
  /** The alarms that call its policies, those that AWS made for them and those that people did. */
  policyAlarms(name: string): Promise<readonly PolicyAlarm[]>
  /** Makes a policy, or replaces the one of its name; it keeps its ARN, and so the alarms that call it. */
  putPolicy(name: string, policy: ScalingPolicy): Promise<void>
  deletePolicy(name: string, policy: string): Promise<void>
  /**
   * Takes at most 19 InService instances out of service; desired falls by as many, and must not fall below min. Without
   * `decrement` it stays, and AWS launches a replacement for each while it may.
   */
  enterStandby(
    name: string,
    instances: readonly string[],
    how?: { readonly decrement: boolean },
  ): Promise<void>
  /** Brings at most 19 Standby instances back; desired rises by as many, and must not rise above max. */
  exitStandby(name: string, instances: readonly string[]): Promise<void>
  /** Gives the refresh's id. */
  startRefresh(name: string, preferences: RefreshPreferences): Promise<string>
  cancelRefresh(name: string): Promise<void>
  rollbackRefresh(name: string): Promise<void>
}
