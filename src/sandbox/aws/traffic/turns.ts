/**
 * Takes turns by weight, as evenly spread as can be: each call raises everyone by their weight, picks the highest and
 * lowers that one by the sum (smooth weighted round robin). Who comes new begins in the middle.
 */
export class Turns<Key> {
  private readonly standing = new Map<Key, number>()

  /** The next of those with a weight above zero. */
  next<T>(choices: readonly T[], keyOf: (choice: T) => Key, weightOf: (choice: T) => number): T | undefined {
    let sum = 0
    let best: T | undefined
    let highest = Number.NEGATIVE_INFINITY
    for (const choice of choices) {
      const weight = weightOf(choice)
      if (weight <= 0) continue
      sum += weight
      const standing = (this.standing.get(keyOf(choice)) ?? 0) + weight
      this.standing.set(keyOf(choice), standing)
      if (standing > highest) [highest, best] = [standing, choice]
    }
    if (best === undefined) return undefined
    this.standing.set(keyOf(best), highest - sum)
    this.forget(choices, keyOf)
    return best
  }

  private forget<T>(choices: readonly T[], keyOf: (choice: T) => Key): void {
    if (this.standing.size <= choices.length) return
    const present = new Set(choices.map(keyOf))
    for (const key of this.standing.keys()) if (!present.has(key)) this.standing.delete(key)
  }
}
