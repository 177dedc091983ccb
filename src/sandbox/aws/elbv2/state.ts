import type {
  Action,
  LoadBalancer as LoadBalancerShape,
  RuleCondition,
  TargetGroup as TargetGroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Tags } from '../tag-map'

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
  /** It gets a share of requests that grows with time: slow start. */
  slowStart?: { readonly from: number; readonly until: number } | undefined
  /** Its instance has ended while it was healthy: it gets requests until health checks have noticed. */
  routedUntil?: number
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
