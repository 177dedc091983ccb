import type { Activity, Refresh, Target } from '../../../domain/fleet/fleet'
import type { Instant } from '../../../domain/time/time'
import type { Freshness } from '../../../ports/freshness'
import type { Clock } from '../../../ports/clock'
import type { RealTime } from '../../../ports/real-time'
import type { SdkClients } from '../client/sdk-clients'
import {
  groupsPerCall,
  loadActivities,
  loadGroups,
  loadRefreshes,
  type GroupRead,
} from '../autoscaling/group-reads'
import type { ServiceClients } from '../client/service-clients'
import { type CachedRead, BatchingReader } from './batching-reader'
import { isHealthy, refreshQuiescent, targetsQuiescent } from './quiescence'
import { StabilityTracker } from './stability-tracker'
import { loadHealth } from '../elb/target-reads'

/**
 * What all operations of one place watch: groups, a hundred to a call; refreshes, activities and target health, which
 * AWS gives one resource at a time. Every call is shared by all who wait for it, and a change made through the same
 * account drops what was read of its group before.
 */
export class CachedReads {
  private readonly stability = new StabilityTracker()
  /** When the newest refresh of a group was last seen at work, not yet baking. */
  private readonly atWork = new Map<string, { readonly id: string; readonly asOf: Instant }>()
  private readonly seen: BatchingReader<GroupRead>
  private readonly refreshing: BatchingReader<readonly Refresh[]>
  private readonly acting: BatchingReader<readonly Activity[]>
  private readonly targets: BatchingReader<readonly Target[]>

  constructor(
    private readonly clock: Clock,
    time: RealTime,
    clients: SdkClients,
    services: ServiceClients,
  ) {
    const { autoScaling, elb } = clients
    const shared = (service: keyof ServiceClients, action: string) => () => services[service].shared(action)
    this.seen = new BatchingReader({
      clock,
      time,
      maxKeys: groupsPerCall,
      load: loadGroups(autoScaling, services.autoScaling),
      onShared: shared('autoScaling', 'DescribeAutoScalingGroups'),
      onLoaded: (name, reading) => this.stability.record(name, reading.value?.group, reading.asOf),
    })
    this.refreshing = new BatchingReader({
      clock,
      time,
      maxKeys: 1,
      load: loadRefreshes(autoScaling, services.autoScaling),
      onShared: shared('autoScaling', 'DescribeInstanceRefreshes'),
      onLoaded: (name, { value: [newest] = [], asOf }) => {
        if (newest?.status === 'Pending' || newest?.status === 'InProgress')
          this.atWork.set(name, { id: newest.id, asOf })
      },
    })
    this.acting = new BatchingReader({
      clock,
      time,
      maxKeys: 1,
      load: loadActivities(autoScaling, services.autoScaling),
      onShared: shared('autoScaling', 'DescribeScalingActivities'),
    })
    this.targets = new BatchingReader({
      clock,
      time,
      maxKeys: 1,
      load: loadHealth(elb, services.elb),
      onShared: shared('elb', 'DescribeTargetHealth'),
    })
  }

  /** AWS reads an empty name list as "all groups": no name, no call. */
  async group(name: string, freshness?: Freshness): Promise<GroupRead | undefined> {
    return name === '' ? undefined : await this.seen.get(name, freshness)
  }

  async activities(name: string, freshness?: Freshness): Promise<readonly Activity[]> {
    return (await this.acting.get(name, freshness)) ?? []
  }

  async refreshes(name: string, freshness: Freshness = {}): Promise<readonly Refresh[]> {
    const quiescent = this.quiescent(this.refreshing.last(name), freshness)
    const [newest] = quiescent?.value ?? []
    if (quiescent !== undefined && newest !== undefined) {
      const seen = await this.seen.get(name, { maxAge: quiescent.maxAge })
      const work = this.atWork.get(name)
      const since = work?.id === newest.id ? work.asOf : undefined
      if (seen !== undefined && refreshQuiescent(newest, seen.group, since, this.clock.now()))
        return (await this.refreshing.get(name, { maxAge: quiescent.quiescentAge })) ?? []
    }
    return (await this.refreshing.get(name, freshness)) ?? []
  }

  async health(targetGroup: string, freshness: Freshness = {}): Promise<readonly Target[]> {
    const quiescent = this.quiescent(this.targets.last(targetGroup), freshness)
    const groups = this.stability.groupsWithTargetGroup(targetGroup)
    if (quiescent !== undefined && groups.length > 0 && targetsQuiescent(quiescent.value)) {
      const seen = await Promise.all(groups.map((name) => this.seen.get(name, { maxAge: quiescent.maxAge })))
      const healthy = seen.every((one) => one !== undefined && isHealthy(one.group))
      const stability = groups.every(
        (name) => (this.stability.since(name) ?? Number.POSITIVE_INFINITY) <= quiescent.asOf,
      )
      if (healthy && stability)
        return (await this.targets.get(targetGroup, { maxAge: quiescent.quiescentAge })) ?? []
    }
    return (await this.targets.get(targetGroup, freshness)) ?? []
  }

  /**
   * Makes a change to a group. What was read before it is dropped when it begins, and again when it is over, for what
   * was read meanwhile may not have seen it; so too when it failed, for it may have taken effect all the same.
   */
  async changing<T>(name: string, change: () => Promise<T>): Promise<T> {
    this.forget(name)
    try {
      return await change()
    } finally {
      this.forget(name)
    }
  }

  /** Makes a change to the group that holds this instance: to every group, where none is known to. */
  async changingGroupOf<T>(instance: string, change: () => Promise<T>): Promise<T> {
    const groups = this.stability.groupsWithInstance(instance)
    const forget = () => (groups.length === 0 ? [undefined] : groups).forEach((name) => this.forget(name))
    forget()
    try {
      return await change()
    } finally {
      forget()
    }
  }

  /** Makes a change to the targets of a target group; what was read of their health is dropped, before and after. */
  async changingTargets<T>(targetGroup: string, change: () => Promise<T>): Promise<T> {
    this.targets.drop(targetGroup)
    try {
      return await change()
    } finally {
      this.targets.drop(targetGroup)
    }
  }

  private forget(name?: string): void {
    const targetGroups = name === undefined ? [undefined] : (this.stability.of(name)?.targetGroups ?? [])
    for (const targetGroup of targetGroups) this.targets.drop(targetGroup)
    this.seen.drop(name)
    this.refreshing.drop(name)
    this.acting.drop(name)
  }

  /** The last answer, where it is too old for the reader but not for his quiet age. */
  private quiescent<V>(last: CachedRead<V> | undefined, { maxAge, quiescentAge }: Freshness) {
    if (maxAge === undefined || quiescentAge === undefined || last?.value === undefined) return undefined
    const age = this.clock.now() - last.asOf
    if (age <= maxAge || age > quiescentAge) return undefined
    return { value: last.value, asOf: last.asOf, maxAge, quiescentAge }
  }
}
