import type { Aws } from './index'

/**
 * So many customers that target tracking leaves the seed's fleet as it is: one instance less would be above its
 * target, and the target is not reached. Those of `Web-ALB` are few, as its group is at its minimum.
 */
const requestsPerSecond: Readonly<Record<string, number>> = {
  'Web-ALB': 800,
  'shop-ALB': 6200,
  'pay-ALB': 3100,
}

/** Gives the seed's load balancers customers, as far as there are such load balancers. */
export function seedCustomers(aws: Aws): void {
  for (const [loadBalancer, rate] of Object.entries(requestsPerSecond))
    aws.traffic.setCustomers(loadBalancer, { requestsPerSecond: rate, curve: 'flat' })
}
