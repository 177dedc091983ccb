import type {
  LifecycleHook as HookShape,
  ScalingPolicy,
  TrafficSourceIdentifier,
} from '@aws-sdk/client-auto-scaling'
import type { IpPermission, RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type {
  Action,
  LoadBalancer as LoadBalancerShape,
  RuleCondition,
  TargetGroup as TargetGroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Refresh } from './autoscaling/refresh-state'

/**
 * All that exists in the simulated account, as plain data (so that it can be copied: late consistency answers
 * reads from a copy). Instants are simulated epoch milliseconds. Nothing here holds timers.
 */
export interface World {
  readonly account: string
  readonly region: string
  readonly zones: readonly Zone[]
  readonly vpcs: Map<string, Vpc>
  readonly subnets: Map<string, Subnet>
  readonly securityGroups: Map<string, SecurityGroup>
  readonly images: Map<string, Image>
  readonly snapshots: Map<string, Snapshot>
  readonly instances: Map<string, Instance>
  readonly templates: Map<string, Template>
  /** By name. */
  readonly groups: Map<string, Group>
  /** These four by ARN. */
  readonly loadBalancers: Map<string, LoadBalancer>
  readonly targetGroups: Map<string, TargetGroup>
  readonly listeners: Map<string, Listener>
  readonly rules: Map<string, Rule>
}

export type Tags = Map<string, string>

export interface Zone {
  readonly name: string
  readonly id: string
}
export interface Vpc {
  readonly id: string
  readonly cidr: string
  readonly tags: Tags
  readonly isDefault: boolean
}
export interface Subnet {
  readonly id: string
  readonly vpc: string
  readonly cidr: string
  readonly zone: string
  readonly public: boolean
  readonly tags: Tags
}
export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly vpc: string
  readonly tags: Tags
  /** Ingress permissions in the SDK's shape. */
  ingress: IpPermission[]
}

export interface Image {
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  state: 'pending' | 'available' | 'failed' | 'deregistered'
  reason?: { readonly code: string; readonly message: string }
  readonly createdAt: number
  /** Reads do not know it before this instant: EC2 is eventually consistent. */
  readonly visibleAt: number
  readonly sourceInstance?: string | undefined
  readonly snapshots: readonly string[]
  readonly tags: Tags
  deprecatedAt?: number
}
export interface Snapshot {
  readonly id: string
  readonly volume: string
  readonly sizeGiB: number
  readonly description: string
  state: 'pending' | 'completed' | 'error'
  /** When its state ends, for the progress that reads show. */
  readonly startedAt: number
  readonly endsAt: number
  readonly visibleAt: number
  readonly tags: Tags
}

export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped'
export interface Instance {
  readonly id: string
  state: InstanceState
  readonly imageId: string
  readonly type: string
  readonly subnet: string
  readonly vpc: string
  readonly zone: string
  readonly privateIp: string
  readonly volume: string
  readonly securityGroups: readonly string[]
  readonly keyName?: string | undefined
  readonly launchedAt: number
  readonly visibleAt: number
  stateReason?: { readonly code: string; readonly message: string }
  stoppedAt?: number
  readonly tags: Tags
  readonly clientToken?: string | undefined
  readonly protectedFromTermination: boolean
  /** Its application never answers: the fault `never-healthy`. */
  readonly broken: boolean
  /** Its application does not answer until then: a reboot. */
  downUntil: number
}

export interface Template {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly visibleAt: number
  default: number
  /** What reads show until `defaultSeenAt`. */
  formerDefault: number
  defaultSeenAt: number
  latest: number
  readonly versions: Map<number, TemplateVersion>
  readonly tags: Tags
}
export interface TemplateVersion {
  readonly number: number
  readonly description?: string | undefined
  readonly createdAt: number
  readonly visibleAt: number
  readonly data: RequestLaunchTemplateData
}
/** A template as a group names it; without `version` it follows `$Default` and says nothing of it. */
export interface TemplateReference {
  readonly id: string
  readonly name: string
  readonly version?: string | undefined
}

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
  awaitingReplacement?: 'refresh' | 'health' | 'balance'
  /** The verdict that made it unhealthy, in AWS's words. */
  verdict?: string
}

interface GroupTag {
  readonly value: string
  readonly propagate: boolean
}
interface Attachment {
  readonly arn: string
  readonly type: string
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
  /** When it is next due. */
  next: number
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
  template: TemplateReference
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
  /** When the last scaling activity ended, for the cooldown. */
  scaledAt: number
  /** Launches failed this many times in a row: the next attempt waits longer. */
  launchFailures: number
  launchAgainAt: number
  deleting: boolean
}

export interface LoadBalancer {
  readonly arn: string
  readonly createdAt: number
  readonly shape: Omit<LoadBalancerShape, 'State' | 'SecurityGroups' | 'AvailabilityZones'>
  state: 'provisioning' | 'active'
  securityGroups: string[]
  subnets: string[]
  readonly attributes: Map<string, string>
  readonly tags: Tags
}
export interface TargetGroup {
  readonly arn: string
  readonly name: string
  readonly vpc?: string | undefined
  /** Protocol, port and health check, as the SDK shapes them. */
  shape: Omit<TargetGroupShape, 'LoadBalancerArns'>
  readonly attributes: Map<string, string>
  readonly tags: Tags
  /** By `instance:port`. */
  readonly targets: Map<string, Target>
}
export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining'
export interface Target {
  readonly instance: string
  readonly port: number
  state: TargetState
  reason?: string | undefined
  description?: string | undefined
  /** Rises at each new state, so that what was planned for the former one does not happen. */
  generation: number
}
export interface Listener {
  readonly arn: string
  readonly loadBalancer: string
  port: number
  protocol: string
  actions: Action[]
  readonly tags: Tags
}
export interface Rule {
  readonly arn: string
  readonly listener: string
  priority: number
  conditions: RuleCondition[]
  actions: Action[]
  readonly tags: Tags
}

export function emptyWorld(account: string, region: string, zones: readonly Zone[]): World {
  return {
    account,
    region,
    zones,
    vpcs: new Map(),
    subnets: new Map(),
    securityGroups: new Map(),
    images: new Map(),
    snapshots: new Map(),
    instances: new Map(),
    templates: new Map(),
    groups: new Map(),
    loadBalancers: new Map(),
    targetGroups: new Map(),
    listeners: new Map(),
    rules: new Map(),
  }
}
