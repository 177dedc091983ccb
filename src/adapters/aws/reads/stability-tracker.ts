import type { Group } from '../../../domain/fleet/fleet'
import type { Instant } from '../../../domain/time/time'
import { servingFingerprint } from './quiescence'

interface StableGroup {
  readonly fingerprint: string
  /** Since when each snapshot has shown the same instances serving. */
  readonly since: Instant
  readonly group: Group
}

/**
 * Since when the same instances of a group have been serving, snapshot after snapshot. What was read of its target
 * groups after that is likely to hold still, and need not be read as often.
 */
export class StabilityTracker {
  private readonly groups = new Map<string, StableGroup>()

  record(name: string, group: Group | undefined, asOf: Instant): void {
    if (group === undefined) {
      this.groups.delete(name)
      return
    }
    const fingerprint = servingFingerprint(group)
    const before = this.groups.get(name)
    this.groups.set(name, {
      fingerprint,
      group,
      since: before?.fingerprint === fingerprint ? before.since : asOf,
    })
  }

  /** The group as it was last seen. */
  of(name: string): Group | undefined {
    return this.groups.get(name)?.group
  }

  /** Since when it has held still; undefined where it was not seen. */
  since(name: string): Instant | undefined {
    return this.groups.get(name)?.since
  }

  /** Names of the groups seen to register their instances with the target group. */
  groupsWithTargetGroup(targetGroup: string): readonly string[] {
    return this.where(({ targetGroups }) => targetGroups.includes(targetGroup))
  }

  /** Names of the groups seen to hold the instance. */
  groupsWithInstance(instance: string): readonly string[] {
    return this.where(({ instances }) => instances.some(({ id }) => id === instance))
  }

  private where(fits: (group: Group) => boolean): readonly string[] {
    return [...this.groups].filter(([, { group }]) => fits(group)).map(([name]) => name)
  }
}
