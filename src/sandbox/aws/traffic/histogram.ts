/** Log-normal times about a median, each later by `delay`; all in milliseconds. */
export interface Spread {
  readonly median: number
  /** The standard deviation of the logarithm. */
  readonly spread: number
  readonly delay: number
}

/** A part of many times that fall into one bucket, beside the mean of all of them. */
export interface Slice {
  readonly bucket: number
  readonly share: number
  readonly mean: number
}

const growth = Math.log(1.05)
const size = 260

const bucketOf = (milliseconds: number) =>
  Math.min(size - 1, Math.max(0, Math.floor(Math.log(milliseconds) / growth)))

/** Times in buckets that grow by 5 %, from 1 ms to five minutes: percentiles are right to a few percent. */
export class Histogram {
  private readonly counts = new Float64Array(size)
  count = 0
  sum = 0

  add(milliseconds: number, count = 1): void {
    const at = bucketOf(milliseconds)
    this.counts[at] = (this.counts[at] ?? 0) + count
    this.count += count
    this.sum += milliseconds * count
  }

  /** Adds so many times that are spread so, as many a bucket as are to be expected. */
  addSlices(slices: readonly Slice[], count: number): void {
    for (const { bucket, share } of slices) this.counts[bucket] = (this.counts[bucket] ?? 0) + count * share
    this.count += count
    this.sum += (slices[0]?.mean ?? 0) * count
  }

  merge(other: Histogram): void {
    for (let at = 0; at < size; at += 1) this.counts[at] = (this.counts[at] ?? 0) + (other.counts[at] ?? 0)
    this.count += other.count
    this.sum += other.sum
  }

  /** The time below which a share of all is, `share` from 0 to 1; undefined where there is none. */
  quantile(share: number): number | undefined {
    if (this.count === 0) return undefined
    const wanted = share * this.count
    let below = 0
    for (let at = 0; at < size; at += 1) {
      const here = this.counts[at] ?? 0
      if (here > 0 && below + here >= wanted) return Math.exp((at + (wanted - below) / here) * growth)
      below += here
    }
    return Math.exp(size * growth)
  }
}

/** Times that are spread so, in slices: reckoned once for all histograms that they are added to. */
export function slicesOf({ median, spread, delay }: Spread): Slice[] {
  const quantiles = quantilesOf(spread)
  let mean = 0
  for (const [factor, share] of quantiles) mean += (median * factor + delay) * share
  return quantiles.map(([factor, share]) => ({ bucket: bucketOf(median * factor + delay), share, mean }))
}

const known = new Map<number, readonly (readonly [factor: number, share: number])[]>()

/** A log-normal distribution in slices, as the factor of the median in each one's middle and the share in it. */
function quantilesOf(spread: number): readonly (readonly [number, number])[] {
  let slices = known.get(spread)
  if (!slices) {
    const made: [number, number][] = []
    const width = 0.125
    for (let z = -4; z <= 4; z += width)
      made.push([Math.exp(spread * z), (width * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)])
    known.set(spread, (slices = made))
  }
  return slices
}

/**
 * Of times that are spread so: the share of those above `limit`, and by how much they are above it, on the average
 * of all.
 */
export function meanBeyond(
  { median, spread, delay }: Spread,
  limit: number,
): { readonly share: number; readonly excess: number } {
  let [share, excess] = [0, 0]
  for (const [factor, part] of quantilesOf(spread)) {
    const beyond = median * factor + delay - limit
    if (beyond <= 0) continue
    share += part
    excess += part * beyond
  }
  return { share: Math.min(1, share), excess }
}
