import type { Activity, Refresh, Target } from '../../domain/fleet'
import type { Instant } from '../../domain/time'
import type { Freshness } from '../../ports/freshness'
import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import type { Clients } from './clients'
import { groupsPerCall, loadActivities, loadGroups, loadRefreshes, type SeenGroup } from './group-reads'
import type { Lines } from './lines'
import { type Reading, Readings } from './readings'
import { isSound, refreshRests, targetsRest } from './rest'
import { Stillness } from './stillness'
import { loadHealth } from './target-reads'

/**
 * What all operations of one place watch: groups, a hundred to a call; refreshes, activities and target health, which
 * AWS gives one resource at a time. Every call is shared by all who wait for it, and a change made through the same
 * account drops what was read of its group before.
 */
export class Observer {
  private readonly still = new Stillness()
  /** When the newest refresh of a group was last seen at work, not yet baking. */
  private readonly atWork = new Map<string, { readonly id: string; readonly asOf: Instant }>()
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
      landed: (name, { value: [newest] = [], asOf }) => {
        if (newest?.status === 'Pending' || newest?.status === 'InProgress')
          this.atWork.set(name, { id: newest.id, asOf })
      },
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

  async refreshes(name: string, freshness: Freshness = {}): Promise<readonly Refresh[]> {
    const quiet = this.quiet(this.refreshing.last(name), freshness)
    const [newest] = quiet?.value ?? []
    if (quiet !== undefined && newest !== undefined) {
      const seen = await this.seen.get(name, { maxAge: quiet.maxAge })
      const work = this.atWork.get(name)
      const since = work?.id === newest.id ? work.asOf : undefined
      if (seen !== undefined && refreshRests(newest, seen.group, since, this.clock.now()))
        return (await this.refreshing.get(name, { maxAge: quiet.quietAge })) ?? []
    }
    return (await this.refreshing.get(name, freshness)) ?? []
  }

  async health(targetGroup: string, freshness: Freshness = {}): Promise<readonly Target[]> {
    const quiet = this.quiet(this.targets.last(targetGroup), freshness)
    const carriers = this.still.carriersOf(targetGroup)
    if (quiet !== undefined && carriers.length > 0 && targetsRest(quiet.value)) {
      const seen = await Promise.all(carriers.map((name) => this.seen.get(name, { maxAge: quiet.maxAge })))
      const sound = seen.every((one) => one !== undefined && isSound(one.group))
      const still = carriers.every(
        (name) => (this.still.since(name) ?? Number.POSITIVE_INFINITY) <= quiet.asOf,
      )
      if (sound && still) return (await this.targets.get(targetGroup, { maxAge: quiet.quietAge })) ?? []
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
    const targetGroups = name === undefined ? [undefined] : (this.still.of(name)?.targetGroups ?? [])
    for (const targetGroup of targetGroups) this.targets.drop(targetGroup)
    this.seen.drop(name)
    this.refreshing.drop(name)
    this.acting.drop(name)
  }

  /** The last answer, where it is too old for the reader but not for his quiet age. */
  private quiet<V>(last: Reading<V> | undefined, { maxAge, quietAge }: Freshness) {
    if (maxAge === undefined || quietAge === undefined || last?.value === undefined) return undefined
    const age = this.clock.now() - last.asOf
    if (age <= maxAge || age > quietAge) return undefined
    return { value: last.value, asOf: last.asOf, maxAge, quietAge }
  }
}
