import type { StandardUnit } from '@aws-sdk/client-cloudwatch'
import type { MetricStore } from '../cloudwatch/store'
import type { Simulation } from '../engine/simulation'
import { loadBalancersOf } from '../elbv2/routing'
import type { World } from '../world'
import { isLoss, statusOf, type Outcome } from './outcomes'
import { Tally } from './tally'

const minute = 60_000
/** From the end of a minute until CloudWatch tells of it: AWS names no figure; one to three minutes are seen. */
const telling = 75_000

const namespace = 'AWS/ApplicationELB'

/** The last part of an ARN, as dimensions name load balancers and target groups. */
const suffix = (arn: string) =>
  arn
    .split(':')
    .at(-1)
    ?.replace(/^loadbalancer\//, '') ?? ''

/** What load balancers tell CloudWatch each minute. */
export class BalancerMeters {
  /** Of the minute under way: load balancer → target group → zone. */
  private minutes = new Map<string, Map<string, Map<string, Tally>>>()

  constructor(
    private readonly sim: Simulation,
    /** Whether anyone has said how many customers a load balancer has. */
    private readonly isKnown: (loadBalancer: string) => boolean,
  ) {}

  record(outcome: Outcome): void {
    const groups = made(this.minutes, outcome.loadBalancer, () => new Map<string, Map<string, Tally>>())
    const zones = made(groups, outcome.targetGroup ?? '', () => new Map<string, Tally>())
    made(zones, outcome.zone ?? '', () => new Tally()).add(outcome)
  }

  /** Publishes the minute that ends now. */
  publish(end: number): void {
    const { metrics, world } = this.sim
    for (const [loadBalancer, groups] of this.minutes)
      if (world.loadBalancers.has(loadBalancer)) publishRequests(metrics, loadBalancer, groups, end)
    for (const targetGroup of world.targetGroups.values())
      for (const loadBalancer of loadBalancersOf(world, targetGroup.arn))
        if (this.isKnown(loadBalancer)) this.publishTargets(loadBalancer, targetGroup.arn, end)
    this.minutes = new Map()
  }

  /** Always reported, requests or none. */
  private publishTargets(loadBalancer: string, arn: string, end: number): void {
    const { metrics, world } = this.sim
    const targets = [...(world.targetGroups.get(arn)?.targets.values() ?? [])]
    const both = { LoadBalancer: suffix(loadBalancer), TargetGroup: suffix(arn) }
    const zoneOf = (instance: string) => world.instances.get(instance)?.zone ?? ''
    for (const zone of [undefined, ...zonesOf(world, loadBalancer)]) {
      const own = targets.filter(({ instance }) => zone === undefined || zoneOf(instance) === zone)
      const healthy = own.filter(({ state }) => state === 'healthy').length
      const unhealthy = own.filter(({ state }) => state === 'unhealthy').length
      const where = { ...both, ...(zone === undefined ? {} : { AvailabilityZone: zone }) }
      gauge(metrics, 'HealthyHostCount', where, healthy, end)
      gauge(metrics, 'UnHealthyHostCount', where, unhealthy, end)
    }
    const healthy = targets.filter(({ state }) => state === 'healthy').length
    if (healthy === 0) return
    let requests = 0
    for (const tally of this.minutes.get(loadBalancer)?.get(arn)?.values() ?? []) requests += tally.requests
    for (const where of [{ TargetGroup: both.TargetGroup }, both])
      gauge(metrics, 'RequestCountPerTarget', where, requests / healthy, end)
  }
}

const zonesOf = (world: World, loadBalancer: string) =>
  world.loadBalancers.get(loadBalancer)?.subnets.flatMap((id) => world.subnets.get(id)?.zone ?? []) ?? []

/** aws: Application Load Balancers, "CloudWatch metrics for your Application Load Balancer". */
function publishRequests(
  metrics: MetricStore,
  loadBalancer: string,
  groups: ReadonlyMap<string, ReadonlyMap<string, Tally>>,
  end: number,
): void {
  const LoadBalancer = suffix(loadBalancer)
  const all = new Tally()
  const byZone = new Map<string, Tally>()
  for (const [group, zones] of groups) {
    const whole = new Tally()
    const TargetGroup = suffix(group)
    for (const [AvailabilityZone, tally] of zones) {
      whole.merge(tally)
      if (AvailabilityZone === '') continue
      made(byZone, AvailabilityZone, () => new Tally()).merge(tally)
      if (group !== '') ofTargets(metrics, { LoadBalancer, TargetGroup, AvailabilityZone }, tally, end)
    }
    all.merge(whole)
    if (group !== '') ofTargets(metrics, { LoadBalancer, TargetGroup }, whole, end)
  }
  for (const [AvailabilityZone, tally] of byZone) {
    ofTargets(metrics, { LoadBalancer, AvailabilityZone }, tally, end)
    ofBalancer(metrics, { LoadBalancer, AvailabilityZone }, tally, end)
  }
  ofTargets(metrics, { LoadBalancer }, all, end)
  ofBalancer(metrics, { LoadBalancer }, all, end)
}

type Where = Readonly<Record<string, string>>

function ofTargets(metrics: MetricStore, where: Where, tally: Tally, end: number): void {
  // "Only incremented for requests where the load balancer node was able to choose a target."
  const chosen = tally.requests - (tally.lostBy.get('no-target') ?? 0)
  count(metrics, 'RequestCount', where, chosen, end, { zero: true })
  const answered2xx = tally.succeeded - tally.byBalancer
  count(metrics, 'HTTPCode_Target_2XX_Count', where, answered2xx, end)
  count(metrics, 'HTTPCode_Target_4XX_Count', where, tally.target4xx, end)
  count(metrics, 'HTTPCode_Target_5XX_Count', where, tally.target5xx, end)
  const refused = (tally.lostBy.get('dead-instance') ?? 0) + (tally.lostBy.get('overloaded') ?? 0)
  count(metrics, 'TargetConnectionErrorCount', where, refused, end)
  const { times } = tally
  if (times.count === 0) return
  put(metrics, 'TargetResponseTime', where, 'Seconds', end, {
    count: times.count,
    sum: times.sum / 1000,
    min: (times.quantile(0) ?? 0) / 1000,
    max: (times.quantile(1) ?? 0) / 1000,
    values: times,
  })
}

function ofBalancer(metrics: MetricStore, where: Where, tally: Tally, end: number): void {
  count(metrics, 'HTTPCode_ELB_5XX_Count', where, tally.balancer5xx, end)
  for (const status of [502, 503, 504]) {
    let sum = 0
    for (const [loss, number] of tally.lostBy) if (isLoss(loss) && statusOf[loss] === status) sum += number
    count(metrics, `HTTPCode_ELB_${status}_Count`, where, sum, end)
  }
}

/** A count is a data point where it is not zero. */
function count(
  metrics: MetricStore,
  name: string,
  where: Where,
  value: number,
  end: number,
  { zero = false } = {},
): void {
  if (value > 0 || zero)
    put(metrics, name, where, 'Count', end, { count: 1, sum: value, min: value, max: value })
}

const gauge = (metrics: MetricStore, name: string, where: Where, value: number, end: number) =>
  put(metrics, name, where, 'Count', end, { count: 1, sum: value, min: value, max: value })

function put(
  metrics: MetricStore,
  name: string,
  where: Where,
  unit: StandardUnit,
  end: number,
  values: { count: number; sum: number; min: number; max: number; values?: Tally['times'] },
): void {
  const dimensions = Object.entries(where).map(([Name, Value]) => ({ Name, Value }))
  metrics.put({ namespace, name, dimensions }, unit, {
    at: end - minute,
    availableAt: end + telling,
    ...values,
  })
}

function made<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
