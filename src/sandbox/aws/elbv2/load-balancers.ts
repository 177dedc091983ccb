import type { LoadBalancer as LoadBalancerShape } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Simulation } from '../engine/simulation'
import type { ElbHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { LoadBalancer } from './state'
import type { World } from '../world'
import { attributeList, changeAttributes, checkName, elbPage, tagsOf } from './common'
import { releaseInterfaces, wearInterfaces } from './interfaces'
import { balancerGroups, balancerSubnets } from './network'

const defaults: readonly [string, string][] = [
  ['access_logs.s3.enabled', 'false'],
  ['access_logs.s3.bucket', ''],
  ['access_logs.s3.prefix', ''],
  ['deletion_protection.enabled', 'false'],
  ['idle_timeout.timeout_seconds', '60'],
  ['load_balancing.cross_zone.enabled', 'true'],
  ['routing.http.desync_mitigation_mode', 'defensive'],
  ['routing.http.drop_invalid_header_fields.enabled', 'false'],
  ['routing.http2.enabled', 'true'],
  ['client_keep_alive.seconds', '3600'],
  ['connection_logs.s3.enabled', 'false'],
  ['connection_logs.s3.bucket', ''],
  ['connection_logs.s3.prefix', ''],
  ['health_check_logs.s3.enabled', 'false'],
  ['health_check_logs.s3.bucket', ''],
  ['health_check_logs.s3.prefix', ''],
  ['routing.http.preserve_host_header.enabled', 'false'],
  ['routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'false'],
  ['routing.http.xff_client_port.enabled', 'false'],
  ['routing.http.xff_header_processing.mode', 'append'],
  ['waf.fail_open.enabled', 'false'],
  ['zonal_shift.config.enabled', 'false'],
]

export const loadBalancerMissing = (names: string) =>
  new AwsError('LoadBalancerNotFound', `Load balancers '[${names}]' not found`)

export const loadBalancerHandlers = {
  DescribeLoadBalancers({ world }, input) {
    const all = [...world.loadBalancers.values()]
    const { items, next } = elbPage(wanted(all, input.LoadBalancerArns, input.Names), input)
    return { LoadBalancers: items.map((one) => describe(world, one)), NextMarker: next }
  },

  CreateLoadBalancer(sim, input) {
    const name = input.Name
    checkName(name, 'load balancer')
    if (name.startsWith('internal-'))
      throw validationError(`The load balancer name '${name}' cannot begin with 'internal-'`)
    const subnets = input.Subnets ?? input.SubnetMappings?.map((mapping) => mapping.SubnetId ?? '') ?? []
    if (input.Type !== undefined && input.Type !== 'application')
      throw validationError(`Load balancers of type '${input.Type}' are not simulated`)
    const [first] = balancerSubnets(sim, subnets)
    const wanted = {
      name,
      subnets,
      securityGroups: balancerGroups(sim, first?.vpc ?? '', input.SecurityGroups ?? []),
      scheme: input.Scheme ?? ('internet-facing' as const),
      tags: tagsOf(input.Tags),
    }
    for (const other of sim.world.loadBalancers.values())
      if (other.shape.LoadBalancerName === name) {
        if (isSame(other, wanted)) return { LoadBalancers: [describe(sim.world, other)] }
        throw new AwsError(
          'DuplicateLoadBalancerName',
          `A load balancer with the same name '${name}' exists, but with different settings`,
        )
      }
    const created = createLoadBalancer(sim, wanted)
    sim.afterTimed('load-balancer', created.arn, sim.draw('loadBalancerProvisioning'), () => {
      created.state = 'active'
    })
    return { LoadBalancers: [describe(sim.world, created)] }
  },

  DeleteLoadBalancer(sim, input) {
    const arn = input.LoadBalancerArn
    const found = sim.world.loadBalancers.get(arn)
    if (!found) return {}
    if (found.attributes.get('deletion_protection.enabled') === 'true')
      throw new AwsError(
        'OperationNotPermitted',
        `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
      )
    sim.world.loadBalancers.delete(arn)
    for (const listener of sim.world.listeners.values())
      if (listener.loadBalancer === arn) {
        sim.world.listeners.delete(listener.arn)
        for (const rule of sim.world.rules.values())
          if (rule.listener === listener.arn) sim.world.rules.delete(rule.arn)
      }
    releaseInterfaces(sim, arn)
    sim.emit('routing')
    return {}
  },

  DescribeLoadBalancerAttributes({ world }, input) {
    return { Attributes: attributeList(loadBalancerOf(world, input.LoadBalancerArn).attributes) }
  },

  ModifyLoadBalancerAttributes(sim, input) {
    const found = loadBalancerOf(sim.world, input.LoadBalancerArn)
    changeAttributes(found.attributes, input.Attributes)
    return { Attributes: attributeList(found.attributes) }
  },

  SetSecurityGroups(sim, input) {
    const found = loadBalancerOf(sim.world, input.LoadBalancerArn)
    found.securityGroups = [...balancerGroups(sim, found.shape.VpcId ?? '', input.SecurityGroups)]
    wearInterfaces(sim, found)
    return { SecurityGroupIds: found.securityGroups }
  },

  /** aws: API reference, SetSubnets: "The specified subnets replace the previously enabled subnets." */
  SetSubnets(sim, input) {
    const found = loadBalancerOf(sim.world, input.LoadBalancerArn)
    const wanted = input.Subnets ?? input.SubnetMappings?.map(({ SubnetId = '' }) => SubnetId) ?? []
    const subnets = balancerSubnets(sim, wanted)
    if (subnets.some(({ vpc }) => vpc !== found.shape.VpcId))
      throw new AwsError('InvalidConfigurationRequest', 'All subnets must belong to the same VPC')
    found.subnets = subnets.map(({ id }) => id)
    wearInterfaces(sim, found)
    sim.emit('routing')
    return { AvailabilityZones: zonesOf(sim.world, found), IpAddressType: 'ipv4' as const }
  },

  DescribeCapacityReservation({ world }, input) {
    loadBalancerOf(world, input.LoadBalancerArn)
    return { CapacityReservationState: [], DecreaseRequestsRemaining: 2 }
  },
} satisfies ElbHandlers

export function loadBalancerOf(world: World, arn: string): LoadBalancer {
  const found = world.loadBalancers.get(arn)
  if (!found) throw loadBalancerMissing(arn)
  return found
}

/** Puts a load balancer into the world, provisioning. */
export function createLoadBalancer(sim: Simulation, wanted: Wanted): LoadBalancer {
  const { account, region } = sim.world
  const id = sim.hex(16)
  const vpc = sim.world.subnets.get(wanted.subnets[0] ?? '')?.vpc
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${wanted.name}/${id}`
  const prefix = wanted.scheme === 'internal' ? 'internal-' : ''
  const created: LoadBalancer = {
    arn,
    createdAt: sim.now,
    shape: {
      LoadBalancerArn: arn,
      LoadBalancerName: wanted.name,
      DNSName: `${prefix}${wanted.name}-${Number.parseInt(id.slice(0, 7), 16)}.${region}.elb.amazonaws.com`,
      CanonicalHostedZoneId: 'ZWKZPGTI48KDX',
      CreatedTime: new Date(sim.now),
      Scheme: wanted.scheme,
      VpcId: vpc,
      Type: 'application',
      IpAddressType: 'ipv4',
    },
    state: 'provisioning',
    securityGroups: [...wanted.securityGroups],
    subnets: [...wanted.subnets],
    attributes: new Map(defaults),
    tags: wanted.tags,
  }
  sim.world.loadBalancers.set(arn, created)
  wearInterfaces(sim, created)
  return created
}

function wanted(
  all: LoadBalancer[],
  arns: string[] | undefined,
  names: string[] | undefined,
): LoadBalancer[] {
  if (arns?.length && names?.length)
    throw validationError('Load balancer names and load balancer ARNs cannot be specified at the same time')
  const pick = (ids: string[], key: (one: LoadBalancer) => string | undefined) => {
    const missing = ids.filter((id) => !all.some((one) => key(one) === id))
    if (missing.length > 0) throw loadBalancerMissing(missing.join(', '))
    return all.filter((one) => ids.includes(key(one) ?? ''))
  }
  if (arns?.length) return pick(arns, (one) => one.arn)
  if (names?.length) return pick(names, (one) => one.shape.LoadBalancerName)
  return all
}

interface Wanted {
  readonly name: string
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly scheme: 'internal' | 'internet-facing'
  readonly tags: Map<string, string>
}

/** aws: API reference, CreateLoadBalancer: "if you attempt to create multiple load balancers with the same settings, each call succeeds". */
const isSame = (one: LoadBalancer, wanted: Wanted): boolean =>
  sorted(one.subnets) === sorted(wanted.subnets) &&
  sorted(one.securityGroups) === sorted(wanted.securityGroups) &&
  one.shape.Scheme === wanted.scheme

const sorted = (ids: readonly string[]) => String(ids.toSorted())

const zonesOf = (world: World, one: LoadBalancer) =>
  one.subnets.map((SubnetId) => ({
    SubnetId,
    ZoneName: world.subnets.get(SubnetId)?.zone,
    LoadBalancerAddresses: [],
  }))

function describe(world: World, one: LoadBalancer): LoadBalancerShape {
  return {
    ...one.shape,
    State: { Code: one.state },
    SecurityGroups: one.securityGroups,
    AvailabilityZones: zonesOf(world, one),
  }
}
