import { createHash } from 'node:crypto'

/**
 * Which cases of the crash suite are run, by the environment variable `CRASH_CASES`:
 * - `sample`: those that the seed draws, and at least one of each fault of each scenario;
 * - `rest`: those that a sample of the same seed leaves out;
 * - `all`: every one.
 */
export type Extent = 'sample' | 'rest' | 'all'

/** Of how many cases a sample has one. */
export const sampledOneIn = 10

export const extentOf = (named: string | undefined): Extent => {
  if (named === undefined || named === '') return 'sample'
  if (named === 'sample' || named === 'rest' || named === 'all') return named
  throw new Error(`CRASH_CASES is sample, rest or all, not "${named}"`)
}

/** A number from 0 to 1 for a name, as good as drawn by chance, and the same for the same seed. */
const drawn = (seed: string, name: string): number =>
  createHash('sha256').update(`${seed}\n${name}`).digest().readUInt32BE() / 2 ** 32

/**
 * The names among these that are run. The draw of a name depends on the seed and on itself alone: it stays the same
 * when others come and go.
 */
export const chosen = (
  extent: Extent,
  seed: string,
  scenario: string,
  names: readonly string[],
): ReadonlySet<string> => {
  if (extent === 'all') return new Set(names)
  const draws = names.map((name) => [drawn(seed, `${scenario}\n${name}`), name] as const)
  const [first] = draws.toSorted(([a], [b]) => a - b)
  const sample = new Set(
    draws.flatMap(([draw, name]) => (draw < 1 / sampledOneIn || name === first?.[1] ? [name] : [])),
  )
  return extent === 'sample' ? sample : new Set(names.filter((name) => !sample.has(name)))
}
