import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'
import type { Group } from './autoscaling/state'
import type {
  Image,
  Instance,
  Interface,
  SecurityGroup,
  Snapshot,
  Subnet,
  Template,
  TemplateVersion,
  Vpc,
} from './ec2/state'
import type { EventRule, Queue } from './events/state'
import type { Tags } from './tag-map'
import type { Listener, LoadBalancer, Rule, TargetGroup } from './elbv2/state'

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
  /** Those of load balancers, by id. */
  readonly interfaces: Map<string, Interface>
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
  /** CloudWatch's, by name. */
  readonly alarms: Map<string, MetricAlarm>
  /** Tags of alarms, by name: an alarm's own shape has none. */
  readonly alarmTags: Map<string, Tags>
  /** What launch configurations hold, by name, in the form of a template's version. */
  readonly launchConfigurations: Map<string, TemplateVersion>
  /** Systems Manager's, by name. */
  readonly parameters: Map<string, Parameter>
  /** EventBridge's, by name. */
  readonly eventRules: Map<string, EventRule>
  /** SQS's, by URL. */
  readonly queues: Map<string, Queue>
  /** Whether Standby takes and gives the desired capacity by weight, where AWS may, rather than by the number of instances. */
  standbyCountsUnits?: boolean
}

export interface Parameter {
  readonly name: string
  readonly type: string
  readonly dataType: string
  readonly description?: string | undefined
  tags?: Tags
  /** Oldest first. */
  readonly versions: {
    readonly version: number
    readonly value: string
    readonly labels: string[]
    readonly at: number
  }[]
}

export interface Zone {
  readonly name: string
  readonly id: string
}

export function emptyWorld(account: string, region: string, zones: readonly Zone[]): World {
  return {
    account,
    region,
    zones,
    vpcs: new Map(),
    subnets: new Map(),
    securityGroups: new Map(),
    interfaces: new Map(),
    images: new Map(),
    snapshots: new Map(),
    instances: new Map(),
    templates: new Map(),
    groups: new Map(),
    loadBalancers: new Map(),
    targetGroups: new Map(),
    listeners: new Map(),
    rules: new Map(),
    alarms: new Map(),
    alarmTags: new Map(),
    launchConfigurations: new Map(),
    parameters: new Map(),
    eventRules: new Map(),
    queues: new Map(),
  }
}
