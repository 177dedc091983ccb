import type { Instant, Milliseconds } from '../time/time'

/** How a group names the template version it launches from. */
export type TemplatePin = '$Default' | '$Latest' | number

/** A template as a group names it. */
export interface GroupTemplate {
  readonly id: string
  readonly name: string
  readonly pin: TemplatePin
}

export interface GroupInstance {
  readonly id: string
  readonly zone: string
  /** Lifecycle state in AWS's own words (`InService`, `Pending:Wait`, …), possibly one we do not know. */
  readonly lifecycle: string
  /** AWS's `HealthStatus`, compared case-insensitively by the adapter. */
  readonly healthy: boolean
  readonly protected: boolean
  /** Units of the desired capacity that it counts, by the weight of its type; one where absent. */
  readonly units?: number
  /** Resolved template version the instance was launched from; absent when launched otherwise. */
  readonly templateId?: string
  readonly templateVersion?: number
}

/** What holds instances on their way into a group, or out of it, until somebody says that it may go on. */
export interface LifecycleHook {
  readonly name: string
  readonly on: 'launch' | 'termination'
  /** How long it holds one where nobody says anything. */
  readonly timeout: Milliseconds
}

/** An Auto Scaling group as DescribeAutoScalingGroups tells it. */
export interface Group {
  readonly name: string
  readonly min: number
  readonly desired: number
  readonly max: number
  readonly cooldown: number
  readonly template?: GroupTemplate
  /** Further templates that it may launch from: the overrides of a mixed instances policy. */
  readonly alternatives?: readonly GroupTemplate[]
  /** Name of its launch configuration, where it has no template. */
  readonly configuration?: string
  /** Set where it launches instances of several types, or Spot ones, by a mixed instances policy. */
  readonly mixed?: true
  /** The weights that its overrides give, by instance type. */
  readonly unitsByType?: Readonly<Record<string, number>>
  /** What its sizes count, in AWS's word, where it chooses types by their attributes: `units`, `vcpu` or `memory-mib`. */
  readonly capacityType?: string
  /** Instance types that its overrides name, and images of their own. */
  readonly overrideTypes?: readonly string[]
  readonly overrideImages?: readonly string[]
  /** Instances that wait beside it to be taken in, where it has a warm pool. */
  readonly warmPool?: { readonly size: number }
  /** Load balancers that are no target groups: Classic ones by name, VPC Lattice by ARN. */
  readonly uncheckedSources?: readonly string[]
  readonly instances: readonly GroupInstance[]
  readonly targetGroups: readonly string[]
  /** Names of suspended processes (`Launch`, `AZRebalance`, …). */
  readonly suspended: readonly string[]
  readonly terminationPolicies: readonly string[]
  readonly healthCheck: { readonly types: readonly string[]; readonly graceSeconds: number }
  /** Seconds, as DefaultInstanceWarmup. */
  readonly warmup?: number
  readonly tags: Readonly<Record<string, string>>
  /** Keys of the tags that instances get at launch. */
  readonly propagated?: readonly string[]
  /** Names of the group metrics that it gives to CloudWatch; absent where it gives none. */
  readonly metrics?: readonly string[]
  readonly zones: readonly string[]
  readonly subnets: readonly string[]
  /** Set while the group is being deleted. */
  readonly status?: string
}

type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining' | 'unavailable'

export interface Target {
  readonly instance: string
  readonly port?: number
  readonly state: TargetState | (string & {})
  /** AWS's reason code, e.g. `Target.Timeout`. */
  readonly reason?: string
  readonly description?: string
}

/** A listener's default action, or a rule of its, that forwards to target groups. */
export interface Route {
  /** ARN of the listener or the rule. */
  readonly id: string
  readonly kind: 'listener' | 'rule'
  /** Of the listener; a rule names its listener's, and its own priority there. */
  readonly port?: number
  readonly priority?: string
  /** Relative weight of each target group, 0 to 999, by its ARN. */
  readonly weights: Readonly<Record<string, number>>
  /** Seconds for which a client stays with the target group it was sent to, where stickiness is on. */
  readonly sticky?: number
}

export interface Image {
  readonly id: string
  /** The account that owns it, where AWS tells it. */
  readonly owner?: string
  /** Device name of its root volume, e.g. `/dev/xvda`. */
  readonly rootDevice?: string
  readonly name: string
  readonly state: 'pending' | 'available' | 'failed' | (string & {})
  readonly createdAt: Instant
  readonly architecture?: string
  readonly snapshots: readonly string[]
  /** Of all its volumes together, where AWS tells it. */
  readonly sizeGiB?: number
  readonly tags: Readonly<Record<string, string>>
  /** Why it failed, in AWS's words. */
  readonly stateReason?: string
  readonly deprecated: boolean
}

export interface Snapshot {
  readonly id: string
  readonly state: 'pending' | 'completed' | 'error' | (string & {})
  readonly startedAt: Instant
  readonly sizeGiB: number
  readonly tags: Readonly<Record<string, string>>
}

export interface Instance {
  readonly id: string
  /** Of its image and of what is made of it, e.g. `arm64`. */
  readonly architecture?: string
  readonly state: string
  readonly imageId: string
  readonly launchedAt: Instant
  readonly type: string
  readonly vpc?: string
  readonly tags: Readonly<Record<string, string>>
}

/** One version of a launch template. */
export interface TemplateVersion {
  readonly templateId: string
  readonly templateName: string
  readonly number: number
  readonly isDefault: boolean
  /** The image that it launches; of one that is named by a parameter, what that stands for now. */
  readonly imageId?: string
  /** The Systems Manager parameter that names its image, e.g. `/golden/web`. */
  readonly parameter?: string
  readonly description?: string
  readonly createdAt: Instant
  /** The whole LaunchTemplateData in canonical JSON, for comparing two versions. */
  readonly data: string
}

type RefreshStatus =
  | 'Pending'
  | 'InProgress'
  | 'Baking'
  | 'Successful'
  | 'Failed'
  | 'Cancelling'
  | 'Cancelled'
  | 'RollbackInProgress'
  | 'RollbackSuccessful'
  | 'RollbackFailed'

export interface Refresh {
  readonly id: string
  readonly status: RefreshStatus | (string & {})
  readonly reason?: string
  readonly startedAt: Instant
  readonly percent: number
  readonly remaining: number
  /** The template, and its version, of its DesiredConfiguration, where it has one. */
  readonly templateId?: string
  readonly version?: string
  /** How long it bakes before it is over, where it was told to. */
  readonly bake?: Milliseconds
}

export interface Activity {
  readonly id: string
  readonly description: string
  readonly cause: string
  readonly status: string
  readonly message?: string
  readonly startedAt: Instant
  /** Absent while it is under way. */
  readonly endedAt?: Instant
}

/** An action that a group carries out by itself, as DescribeScheduledActions tells it. */
export interface ScheduledAction {
  readonly name: string
  readonly min?: number
  readonly desired?: number
  readonly max?: number
  /** When it runs next; AWS computes it for one that recurs. */
  readonly startAt?: Instant
  readonly endAt?: Instant
  /** Five cron fields, read in `timezone` (IANA name; UTC when absent). */
  readonly recurrence?: string
  readonly timezone?: string
}

/** A scaling policy of a group, as it can be given to another one. */
export interface ScalingPolicy {
  readonly name: string
  /** AWS's `PolicyType`: target tracking, step, simple or predictive. */
  readonly type: string
  /** Whether it acts; a disabled one keeps its alarms and does nothing. */
  readonly enabled: boolean
  /** All else that makes it what it is, in canonical JSON: equal text, equal policy. */
  readonly settings: string
}

/** An alarm of CloudWatch that calls a policy. */
export interface PolicyAlarm {
  readonly name: string
  readonly policy: ScalingPolicy
}

/** The fleet as a message shows it: one cell an instance. */
export interface FleetCell {
  readonly id: string
  /** Color and version where several groups are shown together, e.g. `green v2`. */
  readonly label?: string
  readonly version?: number
  readonly lifecycle: string
  readonly health: TargetState | (string & {}) | 'unknown'
}
export interface FleetSnapshot {
  readonly group: string
  readonly at: Instant
  readonly desired: number
  readonly cells: readonly FleetCell[]
}
