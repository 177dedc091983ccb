import { active, hasExcess, isServing, isShort, instancesFor, snapshot } from '../../domain/fleet/serving'
import type { PlannedProvision } from '../../domain/provision/planned'
import { reason } from '../../domain/reasons/reason'
import { provisionSteps } from '../../domain/steps/provision'
import { type Instant, type Milliseconds, minute } from '../../domain/time/time'
import { done, failed, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { launchFailure } from '../../facts/fleet/launch-failures'
import { readFleet } from '../../facts/fleet/read-fleet'
import type { Context } from '../context'

/** A load balancer is active after two to three minutes; longer than this a person should look at it. */
const balancerTimeout: Milliseconds = 15 * minute

/** What the last look left: since when it was looked, and since when all serve without a break. */
interface Memory {
  readonly [key: string]: Instant | string
  readonly began: Instant
  readonly since: Instant
  /** The load balancer's DNS name, once it is active; it is not asked for again. */
  readonly address: string
}

/**
 * Waits until the load balancer is active and every instance is InService and healthy to its target group, and stays so
 * through the bake time. What is not known does not count as well.
 */
export const awaitServing = async (
  run: Run,
  context: Context,
  { group: first, serving: group = first, blueprint }: PlannedProvision,
): Promise<void> => {
  const { account, service, clock } = context
  const { bake } = service.gate
  const timeout = Math.max(service.gate.timeout, balancerTimeout) + bake
  const { name } = blueprint.loadBalancer
  const notServing = (facts: { healthy?: number; wanted?: number; balancer?: string }) =>
    reason('fleet_not_serving', { group, after: timeout, ...facts })
  await run.wait(provisionSteps.serves, {
    timeout,
    onTimeout: () => notServing({}),
    poll: async (memory, freshness, { now, gap }) => {
      const last = memory as Memory | undefined
      const began = last?.began ?? now
      const [balancer, fleet] = await Promise.all([
        last?.address ? undefined : account.loadBalancers.named(name),
        readFleet(account, group, freshness),
      ])
      if (balancer?.state === 'failed')
        return failed(reason('balancer_failed', { name, state: balancer.state, aws: balancer.stateReason }))
      if (fleet) await run.show(snapshot(fleet, clock.now()))
      const present = fleet ? active(fleet.group) : []
      const healthy = fleet ? present.filter((one) => isServing(fleet, one)).length : 0
      const wanted = fleet ? instancesFor(fleet.group, fleet.group.desired) : blueprint.group.desired
      const address = last?.address || (balancer?.state.startsWith('active') ? balancer.dnsName : '')
      const isActive = address !== ''
      const isComplete =
        fleet !== undefined && !isShort(fleet) && !hasExcess(fleet.group) && healthy === present.length
      if (!isActive || !isComplete) {
        const broken = fleet && isShort(fleet) && (await launchFailure(context, group, run.clockTime(began)))
        if (broken) return failed(broken)
        if (now - began >= timeout - minute)
          return failed(notServing({ healthy, wanted, ...(balancer && { balancer: balancer.state }) }))
        const detail = isActive ? `${healthy}/${wanted}` : `${name}: ${balancer?.state ?? '…'}`
        return waiting({ detail }, { began, since: now, address })
      }
      const since = last === undefined || gap ? now : last.since
      if (now - since >= bake) return done(address)
      const percent = Math.floor(((now - since) / bake) * 100)
      return waiting({ percent }, { began, since, address }, since + bake)
    },
  })
}
