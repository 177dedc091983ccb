import { EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { fleetOfColors } from './blue-green-fleet'
import { click } from './commands'
import { capacity, type Fleet, fleetOf, serviceList } from './fleet'
import { counted, patience, speed, withLargeInstances } from './lost-count'
import { lostInShares } from './lost-in-shares'
import { carriedOut, ended } from './lost-operations'
import { NaiveScript } from './naive'
import { say } from './report'
import { onStage, type Stage, token } from './stage'
import { until } from './until'

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
  await onStage({ fleet: large(fleetOf([...services, ...byHand])), speed }, async (stage) => {
    const naive = new NaiveScript(stage.naive.url, stage.clock)
    const [hand = ''] = byHand.map(({ name }) => name)
    await Promise.all([
      ...services.map(async ({ name, channel, strategy }) => {
        await counted(at(stage, name), strategy, () =>
          carriedOut(stage, name, channel, 1, `deploy ${name} v2`),
        )
        if (strategy !== 'refresh') return
        await counted(at(stage, name), 'rollback', () =>
          carriedOut(stage, name, channel, 2, `rollback ${name}`),
        )
      }),
      ...services.map((service) =>
        counted(at(stage, service.name, 'naive'), `naive.${service.strategy}`, () => naive.deploy(service)),
      ),
      counted(at(stage, hand, 'naive'), 'by_hand', () => terminateOld(stage, naive, hand)),
    ])
  })
  say(`lost: a swap of colors and its way back, at speed ${speed}`)
  const [shop] = [{ name: 'shop', channel: 'C0BENCHSHOP' }]
  await onStage({ fleet: large(fleetOfColors([shop])), speed }, async (stage) => {
    await counted(at(stage, shop.name), 'blue-green', () =>
      carriedOut(stage, shop.name, shop.channel, 1, `deploy ${shop.name} v2`),
    )
    await counted(at(stage, shop.name), 'warm_rollback', async () => {
      await until('the button', patience, () => click(stage, shop.channel, 'Roll back now'))
      await ended(stage, shop.name, 2)
    })
  })
  await lostInShares()
}

/** The same fleet with instances that carry the customers. */
const large = (fleet: Fleet): Fleet => ({
  ...fleet,
  seed: (aws) => {
    fleet.seed(aws)
    withLargeInstances(aws)
  },
})

/** The load balancer of a service, on Rollcall's side or the script's. */
const at = (stage: Stage, service: string, side: 'ours' | 'naive' = 'ours') => ({
  clock: stage.clock,
  aws: side === 'ours' ? stage.aws : stage.naive.aws,
  loadBalancer: `${service}-alb`,
})

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
