import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { Tags } from '../tag-map'

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
  /** The one that AWS made in this zone of the default VPC. */
  readonly defaultForZone?: boolean
  readonly tags: Tags
}

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly vpc: string
  /** Calls do not know it before this instant: EC2 is eventually consistent. */
  readonly visibleAt: number
  readonly tags: Tags
  /** In the order in which they came. */
  rules: SecurityGroupRule[]
}

/** One source or destination of one rule, as DescribeSecurityGroupRules tells it. */
export interface SecurityGroupRule {
  readonly id: string
  readonly egress: boolean
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1`. */
  readonly protocol: string
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly kind: 'cidr' | 'cidr6' | 'group' | 'prefix'
  /** A range, or the id of a security group or a prefix list. */
  readonly peer: string
  readonly description?: string | undefined
  /** None where nobody has tagged it. */
  tags?: Tags | undefined
}

/** An interface of a load balancer in one of its subnets; instances have theirs with them. */
export interface Interface {
  readonly id: string
  /** ARN. */
  readonly loadBalancer: string
  readonly description: string
  readonly subnet: string
  securityGroups: readonly string[]
  /** `available`: its load balancer is deleted, and it is about to go. */
  status: 'in-use' | 'available'
}

export interface Image {
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  state: 'pending' | 'available' | 'failed' | 'deregistered' | 'disabled'
  reason?: { readonly code: string; readonly message: string }
  readonly createdAt: number
  /** Reads do not know it before this instant: EC2 is eventually consistent. */
  readonly visibleAt: number
  readonly sourceInstance?: string | undefined
  /** Of its devices, the root's first. */
  readonly snapshots: readonly string[]
  /** Its devices beside the root, in the order of their snapshots. */
  readonly devices?: readonly Device[]
  readonly encrypted?: boolean
  /** The account that owns it, where it is not this one. */
  readonly owner?: string
  /** Accounts that may launch it; `all` makes it public. */
  readonly permissions: Set<string>
  /** Deregistering it is refused. */
  protected?: 'enabled' | 'enabled-with-cooldown'
  readonly tags: Tags
  deprecatedAt?: number
  /** Another one than that of the instances here. */
  readonly architecture?: 'arm64'
}

/** A volume of an instance or of an image, beside the root's. */
export interface Device {
  readonly name: string
  readonly sizeGiB: number
  readonly snapshot?: string | undefined
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
  readonly devices: readonly Device[]
  readonly spot: boolean
  readonly securityGroups: readonly string[]
  readonly keyName?: string | undefined
  readonly launchedAt: number
  readonly visibleAt: number
  stateReason?: { readonly code: string; readonly message: string }
  stoppedAt?: number
  readonly tags: Tags
  readonly clientToken?: string | undefined
  readonly protectedFromTermination: boolean
  /** What ends it instead of letting it run: the fault `dies-pending`. */
  readonly diesOf?: string | undefined
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
