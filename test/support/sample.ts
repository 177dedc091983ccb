import { createHash } from 'node:crypto'

/**
 * Which cases are run of a suite that has too many for every day, by the environment variable `FAULT_CASES`:
 * - `sample`: those that the seed draws, and at least one;
 * - `sixth`: the same with one in six, or as many as the suite's own sample has where those are more;
 * - `all`: every one.
 */
export type Extent = 'sample' | 'sixth' | 'all'

export const extentOf = (named: string | undefined): Extent => {
  if (named === undefined || named === '') return 'sample'
  if (named === 'sample' || named === 'sixth' || named === 'all') return named
  throw new Error(`FAULT_CASES is sample, sixth or all, not "${named}"`)
}

export const extent = extentOf(process.env['FAULT_CASES'])

/** The same for suites whose every case is a whole run: a sample of them is enough where others try a sixth. */
export const extentOfLong: Extent = extent === 'sixth' ? 'sample' : extent

/** What samples are drawn by. Set by the global setup, which prints it. */
export const sampleSeed = process.env['FAULT_SEED'] ?? ''

interface Sampling {
  readonly extent: Extent
  readonly seed: string
  /** What the names are cases of. */
  readonly suite: string
  /** Of how many cases a sample has one. */
  readonly oneIn: number
}

/** A number from 0 to 1 for a name, as good as drawn by chance, and the same for the same seed. */
const drawn = (seed: string, name: string): number =>
  createHash('sha256').update(`${seed}\n${name}`).digest().readUInt32BE() / 2 ** 32

/**
 * The names among these that are run. The draw of a name depends on the seed, the suite and itself alone: it stays the
 * same when others come and go.
 */
export const chosen = (
  { extent, seed, suite, oneIn }: Sampling,
  names: readonly string[],
): ReadonlySet<string> => {
  if (extent === 'all') return new Set(names)
  const wanted = extent === 'sixth' ? Math.min(oneIn, 6) : oneIn
  const draws = names.map((name) => [drawn(seed, `${suite}\n${name}`), name] as const)
  const [first] = draws.toSorted(([a], [b]) => a - b)
  return new Set(draws.flatMap(([draw, name]) => (draw < 1 / wanted || name === first?.[1] ? [name] : [])))
}
