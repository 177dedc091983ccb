import type { Aws } from '../../src/sandbox/aws'
import { latencySpread, medianLatency } from '../../src/sandbox/aws/traffic/application'
import { type Flow, Flows } from '../../src/sandbox/aws/traffic/flows'
import type { Loss } from '../../src/sandbox/aws/traffic/outcomes'
import { sharesOf } from '../../src/sandbox/aws/traffic/shares'

/** Requests a second to each load balancer: half of what one instance carries. */
const requestsPerSecond = 2_000

/** Requests that were lost of one load balancer's customers, since an instant. */
interface Lost {
  readonly loadBalancer: string
  readonly why: Loss
  readonly at: number
  count: number
}

/**
 * Customers at every load balancer that serves now, at a steady rate, by the model of the sandbox: from change to change of
 * the simulated AWS, and not from second to second. Between two changes everything flows as it does after the first.
 */
export const watchLosses = ({ simulation, onChange }: Pick<Aws, 'simulation' | 'onChange'>) => {
  const lost = new Map<string, Lost>()
  const lose = (loadBalancer: string, why: Loss, count: number, at: number) => {
    if (count === 0) return
    const key = `${loadBalancer} ${why}`
    const known = lost.get(key)
    if (known) known.count += count
    else lost.set(key, { loadBalancer, why, at, count })
  }
  const flows = new Flows(simulation, (_key, flow, count) =>
    lose(nameOf(flow.loadBalancer), 'cut', count, simulation.now),
  )
  const served = [...simulation.world.loadBalancers.values()].filter((loadBalancer) =>
    sharesOf(simulation, loadBalancer)?.every(({ candidate }) => candidate?.answers),
  )
  const names = new Map(served.map(({ arn, shape }) => [arn, shape.LoadBalancerName ?? arn]))
  const nameOf = (arn: string) => names.get(arn) ?? arn
  let since = simulation.now
  /** What is lost each second as long as nothing changes. */
  let losing: { readonly loadBalancer: string; readonly why: Loss; readonly perSecond: number }[] = []

  const look = () => {
    const now = simulation.now
    for (const { loadBalancer, why, perSecond } of losing)
      lose(loadBalancer, why, (perSecond * (now - since)) / 1000, since)
    since = now
    losing = []
    const renewed = new Map<string, Flow>()
    for (const loadBalancer of served) {
      const { arn } = loadBalancer
      for (const { part, targetGroup, candidate } of sharesOf(simulation, loadBalancer) ?? []) {
        const perSecond = requestsPerSecond * part
        if (!targetGroup || !candidate?.instance || !candidate.answers) {
          const why = candidate?.instance ? 'dead-instance' : 'no-target'
          losing.push({ loadBalancer: nameOf(arn), why, perSecond })
          continue
        }
        renewed.set(`${arn} ${targetGroup.arn} ${candidate.key}`, {
          loadBalancer: arn,
          targetGroup,
          target: candidate.target,
          instance: candidate.instance,
          perSecond,
          times: { median: medianLatency, spread: latencySpread, delay: 0 },
        })
      }
    }
    flows.renew(renewed)
  }
  look()
  onChange(look)
  return {
    /** What was lost until now, each in words. */
    told: (): readonly string[] => {
      look()
      return [...lost.values()].map(
        ({ loadBalancer, why, at, count }) =>
          `${Math.ceil(count)} requests of ${loadBalancer} (${why}) from ${new Date(at).toISOString()} on`,
      )
    },
  }
}
