import type { Group } from '../../domain/fleet'
import type { Instant } from '../../domain/time'

interface Still {
  readonly print: string
  /** Since when each snapshot has shown the same. */
  readonly since: Instant
  readonly group: Group
}

/**
 * Since when a group has looked the same, snapshot after snapshot. What was read of its target groups and refreshes
 * after that is likely to hold still, and need not be read as often.
 */
export class Stillness {
  private readonly groups = new Map<string, Still>()

  saw(name: string, group: Group | undefined, asOf: Instant): void {
    if (group === undefined) {
      this.groups.delete(name)
      return
    }
    const print = JSON.stringify(group)
    const before = this.groups.get(name)
    this.groups.set(name, { print, group, since: before?.print === print ? before.since : asOf })
  }

  of(name: string): Still | undefined {
    return this.groups.get(name)
  }

  /** Names of the groups seen to register their instances with the target group. */
  carriersOf(targetGroup: string): readonly string[] {
    return this.where(({ targetGroups }) => targetGroups.includes(targetGroup))
  }

  /** Names of the groups seen to hold the instance. */
  holdersOf(instance: string): readonly string[] {
    return this.where(({ instances }) => instances.some(({ id }) => id === instance))
  }

  private where(fits: (group: Group) => boolean): readonly string[] {
    return [...this.groups].filter(([, { group }]) => fits(group)).map(([name]) => name)
  }
}
