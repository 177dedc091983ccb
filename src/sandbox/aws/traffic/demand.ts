/** How a day goes: each hour's part of the average, from midnight in Seoul. Lowest before dawn, highest at night. */
const hours = [
  0.6, 0.45, 0.35, 0.3, 0.28, 0.3, 0.43, 0.68, 0.92, 1.06, 1.14, 1.22, 1.36, 1.26, 1.16, 1.12, 1.12, 1.16,
  1.26, 1.4, 1.56, 1.62, 1.35, 0.95,
]
const average = hours.reduce((sum, one) => sum + one, 0) / hours.length
const hour = 3_600_000
/** Seoul is nine hours ahead of UTC, all year. */
const ahead = 9 * hour

/** Customers of one load balancer, as they were asked for. */
export interface Demand {
  /** On the average of a day. */
  readonly requestsPerSecond: number
  readonly curve: 'flat' | 'daily'
}

/** Requests a second at an instant. */
export function rateAt({ requestsPerSecond, curve }: Demand, now: number): number {
  if (curve === 'flat') return requestsPerSecond
  const time = (now + ahead) / hour
  const [from = 1, to = 1] = [hours[Math.floor(time) % 24], hours[Math.floor(time + 1) % 24]]
  return (requestsPerSecond * (from + (to - from) * (time % 1))) / average
}
