import type { TargetGroup as TargetGroupShape } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Simulation } from '../engine/simulation'
import type { ElbHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { TargetGroup } from './state'
import type { World } from '../world'
import { attributeList, changeAttributes, checkName, elbPage, inUseError, tagsOf } from './common'
import { loadBalancersOf, targetGroupMissing } from './routing'
import { loadBalancerOf } from './load-balancers'

type Said = Omit<TargetGroupShape, 'TargetGroupArn' | 'TargetGroupName'>

/** ELB's defaults for an HTTP target group of instances. */
const defaults: readonly [string, string][] = [
  ['deregistration_delay.timeout_seconds', '300'],
  ['stickiness.enabled', 'false'],
  ['stickiness.type', 'lb_cookie'],
  ['stickiness.lb_cookie.duration_seconds', '86400'],
  ['stickiness.app_cookie.cookie_name', ''],
  ['stickiness.app_cookie.duration_seconds', '86400'],
  ['slow_start.duration_seconds', '0'],
  ['load_balancing.algorithm.type', 'round_robin'],
  ['load_balancing.cross_zone.enabled', 'use_load_balancer_configuration'],
  ['target_group_health.dns_failover.minimum_healthy_targets.count', '1'],
  ['target_group_health.dns_failover.minimum_healthy_targets.percentage', 'off'],
  ['target_group_health.unhealthy_state_routing.minimum_healthy_targets.count', '1'],
  ['target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage', 'off'],
  ['load_balancing.algorithm.anomaly_mitigation', 'off'],
]

export const targetGroupHandlers = {
  DescribeTargetGroups({ world }, input) {
    const all = [...world.targetGroups.values()]
    let found = all
    if (input.TargetGroupArns?.length) found = input.TargetGroupArns.map((arn) => targetGroupOf(world, arn))
    else if (input.Names?.length) {
      const missing = input.Names.filter((name) => !all.some((one) => one.name === name))
      if (missing.length > 0) throw new AwsError('TargetGroupNotFound', `One or more target groups not found`)
      found = all.filter((one) => input.Names?.includes(one.name))
    } else if (input.LoadBalancerArn !== undefined) {
      const { arn } = loadBalancerOf(world, input.LoadBalancerArn)
      found = all.filter((one) => loadBalancersOf(world, one.arn).includes(arn))
    }
    const { items, next } = elbPage(found, input)
    return { TargetGroups: items.map((one) => describe(world, one)), NextMarker: next }
  },

  CreateTargetGroup(sim, input) {
    checkName(input.Name, 'target group')
    const { TargetType = 'instance' } = input
    if (TargetType !== 'lambda' && input.VpcId === undefined)
      throw validationError('A VPC ID must be specified')
    if (input.VpcId !== undefined && !sim.world.vpcs.has(input.VpcId))
      throw validationError(`The VPC ID '${input.VpcId}' is not found`)
    if (TargetType !== 'lambda' && (input.Port === undefined || input.Protocol === undefined))
      throw validationError('A port and a protocol must be specified')
    for (const other of sim.world.targetGroups.values())
      if (other.name === input.Name) {
        if (isSame(other.shape, shapeOf(other.arn, input.Name, input)))
          return { TargetGroups: [describe(sim.world, other)] }
        throw new AwsError(
          'DuplicateTargetGroupName',
          `A target group with the same name '${input.Name}' exists, but with different settings`,
        )
      }
    const { Name, Tags, ...settings } = input
    const created = createTargetGroup(sim, Name, settings, tagsOf(Tags))
    return { TargetGroups: [describe(sim.world, created)] }
  },

  ModifyTargetGroup(sim, input) {
    const found = targetGroupOf(sim.world, input.TargetGroupArn)
    const { TargetGroupArn: _, ...changes } = input
    found.shape = { ...found.shape, ...changes }
    return { TargetGroups: [describe(sim.world, found)] }
  },

  DeleteTargetGroup(sim, input) {
    if (loadBalancersOf(sim.world, input.TargetGroupArn).length > 0)
      throw inUseError(`Target group '${input.TargetGroupArn}' is currently in use by a listener or a rule`)
    sim.world.targetGroups.delete(input.TargetGroupArn)
    return {}
  },

  DescribeTargetGroupAttributes({ world }, input) {
    return { Attributes: attributeList(targetGroupOf(world, input.TargetGroupArn).attributes) }
  },

  ModifyTargetGroupAttributes(sim, input) {
    const found = targetGroupOf(sim.world, input.TargetGroupArn)
    for (const { Key, Value } of input.Attributes) {
      const seconds = Number(Value)
      if (Key === 'deregistration_delay.timeout_seconds' && !(seconds >= 0 && seconds <= 3600))
        throw new AwsError(
          'InvalidConfigurationRequest',
          `'deregistration_delay.timeout_seconds' value '${Value ?? ''}' must be between '0-3600' inclusive`,
        )
    }
    changeAttributes(found.attributes, input.Attributes)
    return { Attributes: attributeList(found.attributes) }
  },
} satisfies ElbHandlers

/** The target group of an ARN, or TargetGroupNotFound. */
export function targetGroupOf(world: World, arn: string): TargetGroup {
  const found = world.targetGroups.get(arn)
  if (!found) throw targetGroupMissing(arn)
  return found
}

/** Puts a target group into the world, with ELB's defaults for what is not said. */
export function createTargetGroup(
  sim: Simulation,
  name: string,
  shape: Said,
  tags: Map<string, string>,
): TargetGroup {
  const { account, region } = sim.world
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${sim.hex(16)}`
  const created: TargetGroup = {
    arn,
    name,
    vpc: shape.VpcId,
    shape: shapeOf(arn, name, shape),
    attributes: new Map(defaults),
    tags,
    targets: new Map(),
  }
  sim.world.targetGroups.set(arn, created)
  return created
}

/** What is said of a target group, with ELB's defaults for the rest (API reference, CreateTargetGroup). */
const shapeOf = (arn: string, name: string, said: Said): TargetGroup['shape'] => {
  const usual = {
    TargetType: 'instance' as const,
    ProtocolVersion: 'HTTP1',
    HealthCheckProtocol: 'HTTP' as const,
    HealthCheckPort: 'traffic-port',
    HealthCheckPath: '/',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    Matcher: { HttpCode: '200' },
    IpAddressType: 'ipv4' as const,
  }
  const known = Object.entries(said).filter(
    ([key, value]) => value !== undefined && !['Name', 'Tags'].includes(key),
  )
  return { TargetGroupArn: arn, TargetGroupName: name, ...usual, ...Object.fromEntries(known) }
}

/** aws: API reference, CreateTargetGroup: "if you attempt to create multiple target groups with the same settings, each call succeeds". */
const isSame = (one: TargetGroup['shape'], other: TargetGroup['shape']): boolean =>
  Object.keys({ ...one, ...other }).every((key) => settingOf(one, key) === settingOf(other, key))

const settingOf = (shape: TargetGroup['shape'], key: string) =>
  JSON.stringify(Object.entries(shape).find(([name]) => name === key)?.[1])

const describe = (world: World, one: TargetGroup): TargetGroupShape => ({
  ...one.shape,
  LoadBalancerArns: loadBalancersOf(world, one.arn),
})
