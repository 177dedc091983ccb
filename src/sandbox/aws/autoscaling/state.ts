import type {
  AutoScalingGroup,
  LifecycleHook as HookShape,
  ScalingPolicy,
  TrafficSourceIdentifier,
} from '@aws-sdk/client-auto-scaling'
import type { Refresh } from './refresh-state'
import type { LaunchSource } from './launch-source'

export interface WarmPool {
  readonly min: number
  /** How many instances the group and its pool may have together; the group's maximum where absent. */
  readonly prepared?: number | undefined
  readonly state: 'Stopped' | 'Running' | 'Hibernated'
  /** Undefined where no policy was named. */
  readonly reuse?: boolean
  deleting: boolean
}

/** Settings of a group that change nothing here and are told as they were set. */
type Echoed = Pick<
  AutoScalingGroup,
  | 'PlacementGroup'
  | 'Context'
  | 'AvailabilityZoneDistribution'
  | 'AvailabilityZoneImpairmentPolicy'
  | 'CapacityReservationSpecification'
  | 'InstanceLifecyclePolicy'
  | 'DeletionProtection'
  | 'ServiceLinkedRoleARN'
>

type Lifecycle =
  | 'Pending'
  | 'Pending:Wait'
  | 'Pending:Proceed'
  | 'InService'
  | 'EnteringStandby'
  | 'Standby'
  | 'Detaching'
  | 'Terminating'
  | 'Terminating:Wait'
  | 'Terminating:Proceed'
  | 'Warmed:Pending'
  | 'Warmed:Pending:Wait'
  | 'Warmed:Pending:Proceed'
  | 'Warmed:Stopped'
  | 'Warmed:Running'
  | 'Warmed:Hibernated'
  | 'Warmed:Terminating'
  | 'Warmed:Terminating:Wait'
  | 'Warmed:Terminating:Proceed'

export interface MemberTemplate {
  readonly id: string
  readonly name: string
  readonly version: number
}

/** A lifecycle action that a member waits for. */
export interface HookWait {
  readonly hook: string
  readonly token: string
  deadline: number
  /** No heartbeat moves the deadline past this. */
  readonly ceiling: number
}

/** An instance as its group sees it. */
export interface Member {
  readonly id: string
  lifecycle: Lifecycle
  health: 'Healthy' | 'Unhealthy'
  readonly zone: string
  readonly type: string
  /** What it was launched from; an attached instance may come from no template. */
  readonly template: MemberTemplate | undefined
  /** The launch configuration that it was launched from. */
  readonly configuration?: string | undefined
  /** Units that it counts; 1 where its group has no weights. */
  weight: number
  readonly spot: boolean
  protected: boolean
  readonly joinedAt: number
  /** The last time it came into service. */
  inServiceAt?: number
  /** Health verdicts of load balancers and operators are ignored until then. */
  graceUntil: number
  /** The activity that brings it in or takes it away. */
  activity?: string
  /** The lifecycle actions that it waits for. */
  waits: HookWait[]
  /** It is to go once an instance launched ahead has taken its place; until then it is no part of the capacity. */
  awaitingReplacement?: 'refresh' | 'health' | 'balance' | 'lifetime'
  /** The verdict that made it unhealthy, in AWS's words. */
  verdict?: string
}

interface GroupTag {
  readonly value: string
  readonly propagate: boolean
}

interface Attachment {
  /** An ARN; of a Classic Load Balancer its name. */
  readonly arn: string
  readonly type: 'elbv2' | 'elb' | 'vpc-lattice'
  state: 'Adding' | 'Added' | 'InService' | 'Removing'
  /** Attached by AttachTrafficSources or by the target group calls. */
  readonly source?: TrafficSourceIdentifier
}

export interface Activity {
  readonly id: string
  readonly group: string
  description: string
  cause: string
  readonly startedAt: number
  endedAt?: number
  status:
    | 'PreInService'
    | 'InProgress'
    | 'WaitingForELBConnectionDraining'
    | 'MidLifecycleAction'
    | 'Successful'
    | 'Failed'
    | 'Cancelled'
  message?: string
  progress: number
  readonly details: string
}

export interface ScheduledAction {
  readonly name: string
  readonly arn: string
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly recurrence?: string | undefined
  readonly timezone?: string | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly desired?: number | undefined
  /** When it is next due, and when it runs then, late as AWS may be. */
  next: number
  runs: number
}

export interface Group {
  readonly name: string
  readonly arn: string
  readonly createdAt: number
  min: number
  max: number
  desired: number
  cooldown: number
  healthCheckType: string
  grace: number
  defaultWarmup?: number | undefined
  template: LaunchSource
  /** What units and weights count: `units` where nothing is said. */
  capacityType?: string | undefined
  warmPool?: WarmPool | undefined
  echoed: Echoed
  subnets: string[]
  attachments: Attachment[]
  readonly tags: Map<string, GroupTag>
  /** Process → the reason it is suspended for. */
  readonly suspended: Map<string, string>
  terminationPolicies: string[]
  protectNew: boolean
  capacityRebalance: boolean
  maxInstanceLifetime?: number | undefined
  readonly metrics: Set<string>
  maintenance?: { readonly min: number; readonly max: number } | undefined
  readonly hooks: Map<string, HookShape>
  readonly policies: Map<string, ScalingPolicy>
  readonly schedules: Map<string, ScheduledAction>
  readonly members: Map<string, Member>
  /** Oldest first. */
  readonly activities: Activity[]
  /** Oldest first. */
  readonly refreshes: Refresh[]
  /** Why desired capacity last changed, in AWS's words: the first half of the next activities' cause. */
  intent: string
  /** When desired capacity last changed. */
  desiredAt?: number
  /** When the last scaling activity ended, for the cooldown. */
  scaledAt: number
  /** Launches failed this many times in a row: the next attempt waits longer. */
  launchFailures: number
  launchAgainAt: number
  deleting: boolean
}
