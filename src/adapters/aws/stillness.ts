import type { Group } from '../../domain/fleet'
import type { Instant } from '../../domain/time'
import { servingPrint } from './rest'

interface Still {
  readonly print: string
  /** Since when each snapshot has shown the same instances serving. */
  readonly since: Instant
  readonly group: Group
}

/**
 * Since when the same instances of a group have been serving, snapshot after snapshot. What was read of its target
 * groups after that is likely to hold still, and need not be read as often.
 */
export class Stillness {
  private readonly groups = new Map<string, Still>()

  saw(name: string, group: Group | undefined, asOf: Instant): void {
    if (group === undefined) {
      this.groups.delete(name)
      return
    }
    const print = servingPrint(group)
    const before = this.groups.get(name)
    this.groups.set(name, { print, group, since: before?.print === print ? before.since : asOf })
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
