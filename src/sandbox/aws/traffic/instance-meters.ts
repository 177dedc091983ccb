import type { Simulation } from '../engine/simulation'
import type { Group } from '../autoscaling/state'
import { warmupOf } from '../autoscaling/warmup'
import { resolve } from '../autoscaling/template'
import { forwards } from '../elbv2/routing'
import type { Instance } from '../ec2/state'
import type { Capacity } from './capacity'

const minute = 60_000
/** aws: EC2 user guide, "Basic monitoring and detailed monitoring". */
const basicMinutes = 5
/** From the end of a period until CloudWatch tells of it: AWS names no figure. */
const telling = 60_000
const groupTelling = 30_000

interface Sum {
  count: number
  sum: number
  min: number
  max: number
}

/** What instances and groups tell CloudWatch. */
export class InstanceMeters {
  private readonly periods = new Map<string, Sum>()

  constructor(
    private readonly sim: Simulation,
    private readonly capacity: Capacity,
    /** Whether anyone has said how many customers a load balancer has. */
    private readonly isKnown: (loadBalancer: string) => boolean,
  ) {}

  /** Takes the CPU of running instances whose load is known; to be called evenly within a minute. */
  sample(): void {
    const loaded = this.loaded()
    for (const instance of this.sim.world.instances.values())
      if (instance.state === 'running' && loaded.has(instance.id)) {
        const cpu = this.capacity.cpuOf(instance)
        const now = this.periods.get(instance.id)
        if (now) add(now, { count: 1, sum: cpu, min: cpu, max: cpu })
        else this.periods.set(instance.id, { count: 1, sum: cpu, min: cpu, max: cpu })
      }
  }

  /** Publishes what ends with this minute: of five where an instance has basic monitoring. */
  publish(end: number): void {
    const { world, metrics } = this.sim
    const inGroups = new Map<string, Sum>()
    for (const [id, sum] of this.periods) {
      const instance = world.instances.get(id)
      if (!instance) {
        this.periods.delete(id)
        continue
      }
      const minutes = this.isDetailed(instance) ? 1 : basicMinutes
      if ((end / minute) % minutes !== 0) continue
      this.periods.delete(id)
      const average = sum.sum / sum.count
      const point = { count: 1, sum: average, min: average, max: average }
      const when = { at: end - minutes * minute, availableAt: end + telling }
      this.put('CPUUtilization', { InstanceId: id }, { ...point, ...when })
      const group = this.warmIn(instance, end)
      if (!group) continue
      const key = `${group.name} ${minutes}`
      const total = inGroups.get(key)
      if (total) add(total, point)
      else inGroups.set(key, { ...point })
    }
    for (const [key, sum] of inGroups) {
      const [, name = '', minutes = '1'] = /^(.*) (\d+)$/.exec(key) ?? []
      const at = end - Number(minutes) * minute
      this.put('CPUUtilization', { AutoScalingGroupName: name }, { ...sum, at, availableAt: end + telling })
    }
    for (const group of world.groups.values())
      for (const [name, value] of Object.entries(sizesOf(group)))
        if (group.metrics.has(name))
          metrics.put(
            {
              namespace: 'AWS/AutoScaling',
              name,
              dimensions: [{ Name: 'AutoScalingGroupName', Value: group.name }],
            },
            'None',
            {
              count: 1,
              sum: value,
              min: value,
              max: value,
              at: end - minute,
              availableAt: end + groupTelling,
            },
          )
  }

  /** Instances behind load balancers with customers: targets, and members of groups that are attached there. */
  private loaded(): ReadonlySet<string> {
    const { world } = this.sim
    const arns = new Set(
      forwards(world).flatMap((one) => (this.isKnown(one.loadBalancer) ? [one.targetGroup] : [])),
    )
    const found = new Set<string>()
    for (const arn of arns)
      for (const { instance } of world.targetGroups.get(arn)?.targets.values() ?? []) found.add(instance)
    for (const group of world.groups.values())
      if (group.attachments.some((one) => arns.has(one.arn)))
        for (const id of group.members.keys()) found.add(id)
    return found
  }

  private put(
    name: string,
    where: Readonly<Record<string, string>>,
    point: Sum & { readonly at: number; readonly availableAt: number },
  ): void {
    const dimensions = Object.entries(where).map(([Name, Value]) => ({ Name, Value }))
    this.sim.metrics.put({ namespace: 'AWS/EC2', name, dimensions }, 'Percent', point)
  }

  private isDetailed(instance: Instance): boolean {
    const { world } = this.sim
    const id = instance.tags.get('aws:ec2launchtemplate:id')
    const version = instance.tags.get('aws:ec2launchtemplate:version')
    if (id === undefined) return false
    return resolve(world, { id, name: '', version })?.data.Monitoring?.Enabled ?? false
  }

  /**
   * The group whose metrics an instance counts in: in service, and its warm-up over. "Until its specified warm-up time
   * has expired, an instance is not counted toward the aggregated EC2 instance metrics of the Auto Scaling group."
   */
  private warmIn(instance: Instance, now: number): Group | undefined {
    for (const group of this.sim.world.groups.values()) {
      const member = group.members.get(instance.id)
      if (!member) continue
      const warm = member.lifecycle === 'InService' && (member.inServiceAt ?? now) + warmupOf(group) <= now
      return warm ? group : undefined
    }
    return undefined
  }
}

function add(to: Sum, one: Sum): void {
  to.count += one.count
  to.sum += one.sum
  to.min = Math.min(to.min, one.min)
  to.max = Math.max(to.max, one.max)
}

function sizesOf(group: Group): Readonly<Record<string, number>> {
  const members = [...group.members.values()]
  const of = (prefix: string) => members.filter(({ lifecycle }) => lifecycle.startsWith(prefix)).length
  return {
    GroupMinSize: group.min,
    GroupMaxSize: group.max,
    GroupDesiredCapacity: group.desired,
    GroupInServiceInstances: of('InService'),
    GroupPendingInstances: of('Pending'),
    GroupStandbyInstances: of('Standby') + of('EnteringStandby'),
    GroupTerminatingInstances: of('Terminating'),
    GroupTotalInstances: members.length,
  }
}
