import { signal } from '@preact/signals'
import type { TrafficView } from '../../protocol'

export type BalancerTraffic = TrafficView['loadBalancers'][number]

/** One look at a load balancer's customers: requests a second, the share of errors, and the slowest hundredth. */
export interface Sample {
  at: number
  rate: number
  errors: number
  p99: number
}

/** How many looks a curve remembers: at two a second, half a minute. */
const remembered = 60

export const traffic = signal<ReadonlyMap<string, BalancerTraffic>>(new Map())
export const curves = signal<ReadonlyMap<string, Sample[]>>(new Map())

/** Of the last simulated minute: requests a second. */
export const rateOf = ({ recent }: BalancerTraffic) => recent.requests / recent.seconds

/** Of the last simulated minute: the share of requests that got an error of the application or of the balancer. */
export const errorShare = ({ recent }: BalancerTraffic) =>
  recent.requests === 0 ? 0 : (recent.target5xx + recent.balancer5xx) / recent.requests

/** Keeps what customers see now, and adds it to the curves. */
export const keepTraffic = (view: TrafficView) => {
  traffic.value = new Map(view.loadBalancers.map((one) => [one.loadBalancer, one]))
  const before = curves.value
  curves.value = new Map(
    view.loadBalancers.map((one) => {
      const sample = { at: view.now, rate: rateOf(one), errors: errorShare(one), p99: one.recent.p99 ?? 0 }
      return [one.loadBalancer, [...(before.get(one.loadBalancer) ?? []), sample].slice(-remembered)]
    }),
  )
}

/** What an instance has served in the last simulated minute: its share of its balancer's requests, and its CPU. */
export const loadOf = (instance: string) => {
  for (const { recent } of traffic.value.values()) {
    const found = recent.instances.find((one) => one.instance === instance)
    if (found) return found
  }
  return undefined
}
