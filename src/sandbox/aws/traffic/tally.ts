import { Histogram } from './histogram'
import { isLoss, type Loss, type Outcome } from './outcomes'

/** What became of requests, counted. */
export class Tally {
  requests = 0
  succeeded = 0
  /** Of those that succeeded: answered by the load balancer itself, as it was told to. */
  byBalancer = 0
  target4xx = 0
  target5xx = 0
  balancer5xx = 0
  readonly lostBy = new Map<Loss, number>()
  readonly times = new Histogram()

  add({ count, result, latency }: Pick<Outcome, 'count' | 'result' | 'latency'>): void {
    this.requests += count
    if (isLoss(result)) {
      this.balancer5xx += count
      this.lostBy.set(result, (this.lostBy.get(result) ?? 0) + count)
    } else if (result === '5xx') this.target5xx += count
    else if (result === '4xx') this.target4xx += count
    else this.succeeded += count
    if (result === 'balancer') this.byBalancer += count
    if (typeof latency === 'number') this.times.add(latency, count)
    else if (latency) this.times.addSlices(latency, count)
  }

  merge(other: Tally): void {
    this.requests += other.requests
    this.succeeded += other.succeeded
    this.byBalancer += other.byBalancer
    this.target4xx += other.target4xx
    this.target5xx += other.target5xx
    this.balancer5xx += other.balancer5xx
    for (const [loss, count] of other.lostBy) this.lostBy.set(loss, (this.lostBy.get(loss) ?? 0) + count)
    this.times.merge(other.times)
  }

  get lost(): number {
    let sum = 0
    for (const count of this.lostBy.values()) sum += count
    return sum
  }
}
