import type { Aws } from '../../src/sandbox/aws'
import { serveLoadBalancers } from '../../src/sandbox/aws/traffic/server'
import type { LiveClock } from '../../src/sandbox/clock'
import { figure, rounded } from './report'
import { steadyClient } from './steady-client'

/** Simulated seconds a real second. */
export const speed = 20
/** Simulated customers of each load balancer, requests a second: less than a third of what two instances carry. */
const customers = 10_000
/** Requests over HTTP beside them, a real second. */
const perSecond = 50
/** Longer than the longest deregistration delay and the end of an instance, in simulated milliseconds. */
const draining = 440_000
/** Real milliseconds after which something has surely gone wrong. */
export const patience = 240_000

/** Carries 16,000 requests a second. */
export const largeType = 'm5.xlarge'

/** Gives all instances that run, and those that templates launch, what so many customers need. */
export const withLargeInstances = ({ world, simulation }: Aws): void => {
  for (const instance of world.instances.values()) Object.assign(instance, { type: largeType })
  for (const template of world.templates.values())
    for (const { data } of template.versions.values()) Object.assign(data, { InstanceType: largeType })
  simulation.changed()
}

/** Where something is done, and to whose customers. */
interface Served {
  readonly clock: LiveClock
  readonly aws: Aws
  readonly loadBalancer: string
}

/** What becomes of the requests of one load balancer while something is done, and until all has drained. */
export const counted = async (
  { clock, aws, loadBalancer }: Served,
  name: string,
  change: () => Promise<void>,
): Promise<void> => {
  const known = () => aws.traffic.view().loadBalancers.find((one) => one.loadBalancer === loadBalancer)
  aws.traffic.setCustomers(loadBalancer, { requestsPerSecond: customers, curve: 'flat' })
  const server = await serveLoadBalancers(aws.world, aws.traffic.dataPlane, { port: 0 })
  const client = steadyClient(`${server.url}/_lb/${loadBalancer}/`, perSecond)
  const [began, core] = [performance.now(), process.cpuUsage()]
  const before = known()
  let last = before
  // A load balancer that is deleted takes its figures with it.
  const stop = aws.onChange(() => void (last = known() ?? last))
  await change()
  await new Promise<void>((resolve) => clock.at(clock.now() + draining, resolve))
  last = known() ?? last
  stop()
  const used = process.cpuUsage(core)
  const { requests, failures } = await client.stop()
  await server.close()
  aws.traffic.setCustomers(loadBalancer, { requestsPerSecond: 0, curve: 'flat' })
  if (!before || !last) throw new Error(`there is no load balancer ${loadBalancer}`)
  const { lostBy } = last
  const reasons = Object.entries(lostBy).map(
    ([why, count]) => [why, count - (before.lostBy[why] ?? 0)] as const,
  )
  // In a teardown whoever still comes finds nobody, whoever does it: those count who were being served.
  const counts = reasons.filter(([why]) => !name.endsWith('teardown') || why !== 'no-target')
  figure({
    name: `lost_requests.${name}`,
    // Those over HTTP are counted by the load balancer too; what never reached it is not.
    value: counts.reduce((sum, [, count]) => sum + count, 0) + unanswered(failures),
    unit: 'requests',
    requests: last.requests - before.requests,
    a_second: customers,
    lost_by: Object.fromEntries(reasons),
    http_requests: requests,
    http_failures: failures,
    speed,
    // Of one core, with all else that is measured at the same time in this process.
    core: rounded((used.user + used.system) / 1000 / (performance.now() - began)),
  })
}

/** Failures that are no status: a connection that was refused or cut. */
const unanswered = (failures: Readonly<Record<string, number>>) =>
  Object.entries(failures).reduce((sum, [kind, count]) => sum + (/^\d+$/.test(kind) ? 0 : count), 0)
