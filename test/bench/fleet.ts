import type { Aws } from '../../src/sandbox/aws'
import { ids, seedNetwork } from '../../src/sandbox/aws/seed-network'
import { seedBalancer, seedGroup, seedImage, seedTemplate } from '../../src/sandbox/aws/seed-parts'
import type { Channel } from '../../src/sandbox/slack/workspace/model'

/** What a bench deploys: a group of its own behind a load balancer of its own, with S1's figures. */
export interface BenchService {
  readonly name: string
  readonly strategy: 'refresh' | 'replace' | 'surge'
  /** Slack's id of its channel. */
  readonly channel: string
  /** Whether the image of the next version is there already, so that none is baked. */
  readonly baked: boolean
}

export const capacity = { min: 2, desired: 2, max: 4, cooldown: 30 } as const
/** How long a new fleet is watched, in seconds: the gate's of ours, the same of the naive way. */
export const gateBake = 60
export const nextVersion = 'v2'
export const imageName = ({ name }: BenchService, version: string): string => `${name} ${version}`

/** What a stage is set with: the account, the workspace's channels and the catalogue. */
export interface Fleet {
  seed(aws: Aws): void
  channels(bot: string): Channel[]
  readonly catalogue: string
}

/** These services, each a running fleet on v1. */
export const fleetOf = (services: readonly BenchService[]): Fleet => ({
  seed: (aws) => seedServices(aws, services),
  channels: (bot) =>
    channelsOf(
      services.map(({ channel }) => channel),
      bot,
    ),
  catalogue: catalogueFor(services),
})

/** Lays out the network, and a running fleet on v1 for every service. */
const seedServices = (aws: Aws, services: readonly BenchService[]): void => {
  const sim = aws.simulation
  seedNetwork(sim)
  for (const service of services) {
    const { name } = service
    const image = sim.newId('ami')
    seedImage(sim, image, imageName(service, 'v1'), 'bench', {})
    if (service.baked) seedImage(sim, sim.newId('ami'), imageName(service, nextVersion), 'bench', {})
    const template = sim.newId('lt')
    seedTemplate(sim, template, name, 'bench', {
      ImageId: image,
      InstanceType: 't2.micro',
      SecurityGroupIds: [ids.webGroup],
    })
    seedGroup(sim, seedBalancer(sim, `${name}-alb`, `${name}-tg`), {
      AutoScalingGroupName: name,
      LaunchTemplate: { LaunchTemplateId: template, Version: '$Default' },
      MinSize: capacity.min,
      DesiredCapacity: capacity.desired,
      MaxSize: capacity.max,
      Tags: [{ Key: 'Name', Value: name, PropagateAtLaunch: true }],
    })
  }
  sim.changed()
}

const catalogueFor = (services: readonly BenchService[]): string =>
  catalogueWith(
    Object.fromEntries(
      services.map((service) => [
        service.name,
        {
          group: service.name,
          template: service.name,
          channel: service.channel,
          image: { name: `${service.name} {version}`, from: { tag: { Name: service.name } } },
          strategy: service.strategy,
          capacity,
          gate: { bake: `${gateBake}s`, timeout: '20m' },
        },
      ]),
    ),
  )

/** `rollcall.yaml` for services by name, in which alice may do everything. JSON is YAML. */
export const catalogueWith = (services: object): string =>
  JSON.stringify({
    defaults: { region: 'ap-northeast-2', timezone: 'Asia/Seoul', language: 'en' },
    services,
    people: { operators: { users: ['U0ALICE'], groups: [] } },
    rules: [{ service: '*', action: '*', allow: 'operators' }],
  })

/** These channels, with alice and the bot in each. */
export const channelsOf = (ids: readonly string[], bot: string): Channel[] =>
  [...new Set(ids)].map((id) => ({
    id,
    name: id.toLowerCase(),
    kind: 'public',
    members: new Set(['U0ALICE', bot]),
  }))

/** `count` services of one strategy, spread over `channels` channels. */
export const serviceList = (
  count: number,
  {
    prefix,
    strategy,
    baked,
    channels = 1,
  }: Pick<BenchService, 'strategy' | 'baked'> & { prefix: string; channels?: number },
): BenchService[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `${prefix}-${at + 1}`,
    strategy,
    baked,
    channel: `C0BENCH${String(at % channels).padStart(3, '0')}`,
  }))
