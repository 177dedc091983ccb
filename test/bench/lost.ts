import { EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import type { Aws } from '../../src/sandbox/aws'
import { serveLoadBalancers } from '../../src/sandbox/aws/traffic/server'
import type { LiveClock } from '../../src/sandbox/clock'
import { fleetOfColors } from './blue-green-fleet'
import { click, type } from './commands'
import { capacity, fleetOf, serviceList } from './fleet'
import { lostByClock } from './lost-by-clock'
import { NaiveScript } from './naive'
import { figure, say } from './report'
import { onStage, type Stage, token } from './stage'
import { steadyClient } from './steady-client'
import { until } from './until'

const speed = 20
/** Simulated customers of each load balancer, requests a second: a quarter of what two instances carry. */
const customers = 2000
/** Requests over HTTP beside them, a real second. */
const perSecond = 50
/** Longer than the longest deregistration delay and the end of an instance, in simulated milliseconds. */
const draining = 440_000
/** Real milliseconds after which something has surely gone wrong. */
const patience = 240_000

/**
 * `lost_requests.<way>`: requests that no application answered, of simulated customers and over HTTP, from the beginning
 * of a change until the last instance that it takes away has ended.
 */
export const lost = async (): Promise<void> => {
  const services = (['refresh', 'replace', 'surge'] as const).flatMap((strategy) =>
    serviceList(1, { prefix: strategy, strategy, baked: false }),
  )
  const byHand = serviceList(1, { prefix: 'hand', strategy: 'replace', baked: false })
  say(`lost: deploys by Rollcall, by scripts and by hand, at speed ${speed}`)
  await onStage({ fleet: fleetOf([...services, ...byHand]), speed }, async (stage) => {
    const naive = new NaiveScript(stage.naive.url, stage.clock)
    const [hand = ''] = byHand.map(({ name }) => name)
    await Promise.all([
      ...services.map(async ({ name, channel, strategy }) => {
        await counted(stage.clock, stage.aws, name, strategy, () =>
          carriedOut(stage, name, channel, 1, `deploy ${name} v2`),
        )
        if (strategy !== 'refresh') return
        await counted(stage.clock, stage.aws, name, 'rollback', () =>
          carriedOut(stage, name, channel, 2, `rollback ${name}`),
        )
      }),
      ...services.map((service) =>
        counted(stage.clock, stage.naive.aws, service.name, `naive.${service.strategy}`, () =>
          naive.deploy(service),
        ),
      ),
      counted(stage.clock, stage.naive.aws, hand, 'by_hand', () => terminateOld(stage, naive, hand)),
    ])
  })
  say(`lost: a swap of colors and its way back, at speed ${speed}`)
  const [shop] = [{ name: 'shop', channel: 'C0BENCHSHOP' }]
  await onStage({ fleet: fleetOfColors([shop]), speed }, async (stage) => {
    await counted(stage.clock, stage.aws, shop.name, 'blue-green', () =>
      carriedOut(stage, shop.name, shop.channel, 1, `deploy ${shop.name} v2`),
    )
    await counted(stage.clock, stage.aws, shop.name, 'warm_rollback', async () => {
      await until('the button', patience, () => click(stage, shop.channel, 'Roll back now'))
      await ended(stage, shop.name, 2)
    })
  })
  await lostByClock()
}

/** What becomes of the requests of one load balancer while something is done, and until all has drained. */
const counted = async (
  clock: LiveClock,
  aws: Aws,
  service: string,
  name: string,
  change: () => Promise<void>,
): Promise<void> => {
  const balancer = `${service}-alb`
  aws.traffic.setCustomers(balancer, { requestsPerSecond: customers, curve: 'flat' })
  const server = await serveLoadBalancers(aws.world, aws.traffic.dataPlane, { port: 0 })
  const client = steadyClient(`${server.url}/_lb/${balancer}/`, perSecond)
  const before = sums(aws, balancer)
  await change()
  await new Promise<void>((resolve) => clock.at(clock.now() + draining, resolve))
  const { requests, failures } = await client.stop()
  await server.close()
  const after = sums(aws, balancer)
  const reasons = Object.keys(after.lostBy).map((reason) => [
    reason,
    (after.lostBy[reason] ?? 0) - (before.lostBy[reason] ?? 0),
  ])
  figure({
    name: `lost_requests.${name}`,
    // Those over HTTP are counted by the load balancer too; what never reached it is not.
    value: after.lost - before.lost + unanswered(failures),
    unit: 'requests',
    requests: after.requests - before.requests,
    lost_by: Object.fromEntries(reasons),
    http_requests: requests,
    http_failures: failures,
    speed,
  })
}

const sums = (aws: Aws, balancer: string) => {
  const found = aws.traffic.view().loadBalancers.find((one) => one.loadBalancer === balancer)
  if (!found) throw new Error(`there is no load balancer ${balancer}`)
  return found
}

/** Failures that are no status: a connection that was refused or cut. */
const unanswered = (failures: Readonly<Record<string, number>>) =>
  Object.entries(failures).reduce((sum, [kind, count]) => sum + (/^\d+$/.test(kind) ? 0 : count), 0)

/** As a workshop has it: the old instances are terminated in EC2, one after the other, and the group fills up. */
const terminateOld = async (stage: Stage, naive: NaiveScript, group: string): Promise<void> => {
  const credentials = { accessKeyId: token, secretAccessKey: 'bench' }
  const ec2 = new EC2Client({ endpoint: stage.naive.url, region: 'ap-northeast-2', credentials })
  const old = [...(stage.naive.aws.world.groups.get(group)?.members.keys() ?? [])]
  for (const id of old) {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    await naive.every(() =>
      Promise.resolve(
        stage.naive.aws.healthyTargets(`${group}-tg`) >= capacity.desired &&
          !stage.naive.aws.world.groups.get(group)?.members.has(id),
      ),
    )
  }
  ec2.destroy()
}

/** Types the `nth` command for this service, and waits for its end. */
const carriedOut = async (
  stage: Stage,
  service: string,
  channel: string,
  nth: number,
  words: string,
): Promise<void> => {
  await type(stage, channel, words)
  await ended(stage, service, nth)
}

/** Waits for so many ended operations of a service. Throws unless the last of them did what it was to do. */
const ended = async (stage: Stage, service: string, count: number): Promise<void> => {
  const [last] = await until(`operation ${count} of ${service}`, patience, async () => {
    const all = await stage.store.journal.history(service, 10)
    return all.length >= count && all[0]?.ending ? all : undefined
  })
  if (last?.ending?.kind === 'succeeded') return
  throw new Error(`${service}: ${last?.ending?.kind}: ${JSON.stringify(last?.ending?.reason)}`)
}
