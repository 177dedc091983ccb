import type { World } from '../world'
import type { View } from './simulation'

/** Copies of the world, kept while reads are late, so that they can answer from the past. */
export class History {
  private readonly copies: View[] = []

  constructor(private readonly shared: Pick<View, 'faults' | 'metrics'>) {}

  /** Keeps the world as it is now, and forgets what no read can reach any more. */
  keep(now: number, world: World, lateness: number): void {
    if (this.copies.at(-1)?.now === now) this.copies.pop()
    this.copies.push({ now, world: structuredClone(world), ...this.shared })
    const reach = now - lateness
    let old = 0
    while ((this.copies[old + 1]?.now ?? Number.POSITIVE_INFINITY) <= reach) old += 1
    this.copies.splice(0, old)
  }

  forget(): void {
    this.copies.length = 0
  }

  /** The world as it was then; the oldest copy where none is that old. */
  at(time: number): View | undefined {
    const copy = this.copies.findLast((one) => one.now <= time) ?? this.copies[0]
    return copy && { ...copy, now: Math.max(time, copy.now) }
  }
}
