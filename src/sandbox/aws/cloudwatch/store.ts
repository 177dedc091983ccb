import type { Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch'
import type { Histogram } from '../traffic/histogram'

/** What was measured in one period. */
export interface Point {
  /** Begin of the period, simulated epoch milliseconds. */
  readonly at: number
  /** Nobody is told before this instant. */
  readonly availableAt: number
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  /** For percentiles, in thousandths of the metric's unit. */
  readonly values?: Histogram | undefined
}

export interface Metric {
  readonly namespace: string
  readonly name: string
  readonly dimensions: readonly Dimension[]
  readonly unit: StandardUnit
  /** Oldest first. */
  readonly points: Point[]
}

/** A metric by what identifies it: "CloudWatch treats each unique combination of dimensions as a separate metric." */
type Identity = Pick<Metric, 'namespace' | 'name' | 'dimensions'>

/** AWS keeps points of a minute for 15 days; the simulator all of them for one. */
const kept = 86_400_000

/** The metrics that AWS services have published. */
export class MetricStore {
  private readonly metrics = new Map<string, Metric>()

  put(identity: Identity, unit: StandardUnit, point: Point): void {
    const key = keyOf(identity)
    let metric = this.metrics.get(key)
    if (!metric) this.metrics.set(key, (metric = { ...identity, unit, points: [] }))
    metric.points.push(point)
    const first = metric.points[0]
    // In batches, as each removal moves all that is left.
    if (first && first.at < point.at - kept * 1.1) {
      const keep = metric.points.findIndex((one) => one.at >= point.at - kept)
      metric.points.splice(0, keep)
    }
  }

  find(identity: Identity): Metric | undefined {
    return this.metrics.get(keyOf(identity))
  }

  list(): Iterable<Metric> {
    return this.metrics.values()
  }

  /** Forgets metrics that nobody has published for a day, such as those of instances that are gone. */
  forget(now: number): void {
    for (const [key, metric] of this.metrics)
      if ((metric.points.at(-1)?.at ?? 0) < now - kept) this.metrics.delete(key)
  }
}

function keyOf({ namespace, name, dimensions }: Identity): string {
  const pairs = dimensions.map(({ Name = '', Value = '' }) => `${Name}=${Value}`).sort()
  return [namespace, name, ...pairs].join('|')
}
