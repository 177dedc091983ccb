/** Tags of a resource, or those that it is given. */
export type Tags = Readonly<Record<string, string>>

export interface Vpc {
  readonly id: string
  /** Its Name tag, where it has one. */
  readonly name?: string
  readonly isDefault: boolean
}

export interface Subnet {
  readonly id: string
  /** Its Name tag, where it has one. */
  readonly name?: string
  readonly vpc: string
  readonly zone: string
  readonly freeAddresses: number
  /** The one that AWS made in this zone of the default VPC. */
  readonly defaultForZone: boolean
}

/** One source of one inbound rule; a rule of several sources is told as several. */
export interface IngressRule {
  /** `tcp`, `udp`, `icmp`, a protocol's number, or `-1` for all. */
  readonly protocol: string
  /** Absent where all ports are meant. */
  readonly ports?: { readonly from: number; readonly to: number }
  /** IPv4 or IPv6 range, the id of a security group, or the id of a prefix list. */
  readonly source:
    | { readonly cidr: string }
    | { readonly securityGroup: string }
    | { readonly prefixList: string }
}

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  /** Cannot be changed (Amazon EC2 user guide, "Security group rules"). */
  readonly description: string
  readonly vpc: string
  readonly ingress: readonly IngressRule[]
  readonly tags: Tags
}
export type NewSecurityGroup = Pick<SecurityGroup, 'name' | 'description' | 'vpc' | 'tags'>

/** A network interface, and who made it in AWS's words, e.g. `ELB app/Lab-ALB/50dc6c495c0c9188`. */
export interface NetworkInterface {
  readonly id: string
  readonly description: string
  readonly instance?: string
}

export interface LaunchTemplate {
  readonly id: string
  readonly name: string
  readonly defaultVersion: number
  readonly latestVersion: number
  readonly tags: Tags
}
export interface NewLaunchTemplate {
  readonly name: string
  /** Of its version 1. */
  readonly description: string
  /** RequestLaunchTemplateData as JSON, e.g. `{"ImageId": "ami-…", "InstanceType": "t2.micro"}`. */
  readonly data: string
  /** Of the template itself: those of instances and volumes stand in its data. */
  readonly tags: Tags
  /** The same token gives the same template. */
  readonly token: string
}

/** What AWS takes where nothing is said: `/` on the traffic's port, 30 s, 5 s, healthy after 5, unhealthy after 2, 200. */
export interface TargetHealthCheck {
  readonly protocol: string
  readonly path: string
  /** A number, or `traffic-port`. */
  readonly port: string
  readonly intervalSeconds: number
  readonly timeoutSeconds: number
  readonly healthyThreshold: number
  readonly unhealthyThreshold: number
  /** Codes that count as healthy, e.g. `200` or `200-299`. */
  readonly codes: string
}

/** Of a target group, its health check alone can be changed. */
export interface TargetGroup {
  readonly arn: string
  readonly name: string
  readonly vpc: string
  readonly protocol: string
  /** `HTTP1`, `HTTP2` or `GRPC`. */
  readonly protocolVersion: string
  readonly port: number
  /** `instance` or `ip`; others are not for a group. */
  readonly targetType: string
  readonly healthCheck: TargetHealthCheck
  /** ARNs of the load balancers whose listeners or rules forward to it. */
  readonly loadBalancers: readonly string[]
  readonly tags: Tags
}
export type NewTargetGroup = Pick<
  TargetGroup,
  'name' | 'vpc' | 'protocol' | 'protocolVersion' | 'port' | 'tags'
> & { readonly healthCheck?: Partial<TargetHealthCheck> }

export interface LoadBalancer {
  readonly arn: string
  readonly name: string
  readonly dnsName: string
  /** `application`, `network` or `gateway`. */
  readonly type: string
  readonly scheme: 'internet-facing' | 'internal' | (string & {})
  readonly vpc: string
  readonly state: 'provisioning' | 'active' | 'active_impaired' | 'failed' | (string & {})
  /** Why it failed, in AWS's words. */
  readonly stateReason?: string
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly tags: Tags
}
/** An application load balancer over IPv4. */
export type NewLoadBalancer = Pick<LoadBalancer, 'name' | 'subnets' | 'securityGroups' | 'tags'> & {
  readonly scheme: 'internet-facing' | 'internal'
}

export interface Listener {
  readonly arn: string
  readonly loadBalancer: string
  readonly port: number
  readonly protocol: string
  /** ARN of its default certificate, where it speaks TLS. */
  readonly certificate?: string
  /** Those that its default action forwards to, by ARN. */
  readonly targetGroups: readonly string[]
  readonly tags: Tags
}
export interface NewListener {
  /** ARN. */
  readonly loadBalancer: string
  readonly port: number
  readonly protocol: 'HTTP' | 'HTTPS'
  /** ARN, needed for HTTPS. */
  readonly certificate?: string
  /** ARN of the one that it forwards to. */
  readonly targetGroup: string
  readonly tags: Tags
}

/** A tag of a group, and whether instances get it at launch. */
export interface GroupTag {
  readonly key: string
  readonly value: string
  readonly propagate: boolean
}

/** A group that launches from a template into subnets. */
export interface NewGroup {
  readonly name: string
  readonly template: { readonly id: string; readonly pin: '$Default' | '$Latest' | number }
  readonly min: number
  readonly desired: number
  readonly max: number
  readonly subnets: readonly string[]
  /** ARNs. */
  readonly targetGroups: readonly string[]
  readonly healthCheck: { readonly types: readonly string[]; readonly graceSeconds: number }
  /** Seconds, as DefaultInstanceWarmup; none where absent. */
  readonly warmup?: number
  /** Seconds; 300 where absent. */
  readonly cooldown?: number
  readonly tags: readonly GroupTag[]
}
