import type { Activity, Refresh, Target } from '../../domain/fleet'
import type { Freshness } from '../../ports/account'
import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import type { Clients } from './clients'
import { groupsPerCall, loadActivities, loadGroups, loadRefreshes, type SeenGroup } from './group-reads'
import type { Lines } from './lines'
import { type Reading, Readings } from './readings'
import { Stillness } from './stillness'
import { loadHealth } from './target-reads'

/**
 * What all operations of one place watch: groups, a hundred to a call; refreshes, activities and target health, which
 * AWS gives one resource at a time. Every call is shared by all who wait for it, and a change made through the same
 * account drops what was read of its group before.
 */
export class Observer {
  private readonly still = new Stillness()
  private readonly seen: Readings<SeenGroup>
  private readonly refreshing: Readings<readonly Refresh[]>
  private readonly acting: Readings<readonly Activity[]>
  private readonly targets: Readings<readonly Target[]>

  constructor(
    private readonly clock: Clock,
    time: RealTime,
    clients: Clients,
    lines: Lines,
  ) {
    const { autoScaling, elb } = clients
    const shared = (line: keyof Lines, action: string) => () => lines[line].shared(action)
    this.seen = new Readings({
      clock,
      time,
      most: groupsPerCall,
      load: loadGroups(autoScaling, lines.autoScaling),
      saved: shared('autoScaling', 'DescribeAutoScalingGroups'),
      landed: (name, reading) => this.still.saw(name, reading.value?.group, reading.asOf),
    })
    this.refreshing = new Readings({
      clock,
      time,
      most: 1,
      load: loadRefreshes(autoScaling, lines.autoScaling),
      saved: shared('autoScaling', 'DescribeInstanceRefreshes'),
    })
    this.acting = new Readings({
      clock,
      time,
      most: 1,
      load: loadActivities(autoScaling, lines.autoScaling),
      saved: shared('autoScaling', 'DescribeScalingActivities'),
    })
    this.targets = new Readings({
      clock,
      time,
      most: 1,
      load: loadHealth(elb, lines.elb),
      saved: shared('elb', 'DescribeTargetHealth'),
    })
  }

  /** AWS reads an empty name list as "all groups": no name, no call. */
  async group(name: string, freshness?: Freshness): Promise<SeenGroup | undefined> {
    return name === '' ? undefined : await this.seen.get(name, freshness)
  }

  async activities(name: string, freshness?: Freshness): Promise<readonly Activity[]> {
    return (await this.acting.get(name, freshness)) ?? []
  }

  /** A refresh that still has instances to replace cannot end well before the group has changed. */
  async refreshes(name: string, freshness: Freshness = {}): Promise<readonly Refresh[]> {
    const age = await this.ageThatWillDo(this.refreshing.last(name), freshness, [name], ([newest]) => {
      if (newest?.status !== 'InProgress' || newest.version === undefined) return false
      const instances = this.still.of(name)?.group.instances ?? []
      return instances.some(({ templateVersion }) => String(templateVersion) !== newest.version)
    })
    return (await this.refreshing.get(name, age)) ?? []
  }

  /** Targets that were all healthy stay so while the groups that register them hold still, as a rule. */
  async health(targetGroup: string, freshness: Freshness = {}): Promise<readonly Target[]> {
    const carriers = freshness.quietAge === undefined ? [] : this.still.carriersOf(targetGroup)
    const age = await this.ageThatWillDo(
      this.targets.last(targetGroup),
      freshness,
      carriers,
      (targets) => targets.length > 0 && targets.every(({ state }) => state === 'healthy'),
    )
    return (await this.targets.get(targetGroup, age)) ?? []
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
  async changingHolder<T>(instance: string, change: () => Promise<T>): Promise<T> {
    const holders = this.still.holdersOf(instance)
    const forget = () => (holders.length === 0 ? [undefined] : holders).forEach((name) => this.forget(name))
    forget()
    try {
      return await change()
    } finally {
      forget()
    }
  }

  private forget(name?: string): void {
    const targetGroups = name === undefined ? [undefined] : (this.still.of(name)?.group.targetGroups ?? [])
    for (const targetGroup of targetGroups) this.targets.drop(targetGroup)
    this.seen.drop(name)
    this.refreshing.drop(name)
    this.acting.drop(name)
  }

  /** The reader's own age, or his quiet one where the last answer was at rest and its groups have not moved since. */
  private async ageThatWillDo<V>(
    last: Reading<V> | undefined,
    freshness: Freshness,
    groups: readonly string[],
    atRest: (value: V) => boolean,
  ): Promise<Freshness> {
    const { maxAge, quietAge } = freshness
    if (quietAge === undefined || maxAge === undefined || last?.value === undefined || groups.length === 0)
      return freshness
    const age = this.clock.now() - last.asOf
    if (age <= maxAge || age > quietAge) return freshness
    const seen = await Promise.all(groups.map((name) => this.seen.get(name, { maxAge })))
    const still = groups.every((name, index) => {
      const since = this.still.of(name)?.since
      const healthy = seen[index]?.group.instances.every((instance) => instance.healthy) === true
      return healthy && since !== undefined && since <= last.asOf
    })
    return still && atRest(last.value) ? { maxAge: quietAge } : freshness
  }
}
