import type { Aws } from '../../src/sandbox/aws'
import { ids, seedNetwork } from '../../src/sandbox/aws/seed-network'
import { seedBalancer, seedGroup, seedImage, seedTemplate } from '../../src/sandbox/aws/seed-parts'
import { catalogueWith, channelsOf, type Fleet } from './fleet'

/** A service of two colors on one target group, with S5's figures: blue serves v1 with four instances. */
export interface ColorsService {
  readonly name: string
  /** Slack's id of its channel. */
  readonly channel: string
}

export const colorNames = ({ name }: ColorsService) => ({ blue: `${name}-blue`, green: `${name}-green` })

/** Short, for a deploy is over when its gate has passed and the old color has drained; no figure waits for either. */
const drainSeconds = 5
const gateBake = '15s'
/** How long the old color may be called back: long enough. */
const standby = '2h'

export const fleetOfColors = (services: readonly ColorsService[]): Fleet => ({
  seed: (aws) => seedColors(aws, services),
  channels: (bot) =>
    channelsOf(
      services.map(({ channel }) => channel),
      bot,
    ),
  catalogue: catalogueWith(
    Object.fromEntries(
      services.map((service) => [
        service.name,
        {
          colors: colorNames(service),
          channel: service.channel,
          version: { tag: 'docker:image:version' },
          strategy: 'blue-green',
          standby,
          gate: { bake: gateBake, timeout: '20m' },
        },
      ]),
    ),
  ),
})

const seedColors = (aws: Aws, services: readonly ColorsService[]): void => {
  const sim = aws.simulation
  seedNetwork(sim)
  seedImage(sim, ids.shopImage, 'shop', 'bench', {})
  for (const service of services) {
    const { name } = service
    const template = sim.newId('lt')
    seedTemplate(sim, template, name, 'bench', {
      ImageId: ids.shopImage,
      InstanceType: 't2.micro',
      SecurityGroupIds: [ids.shopGroup],
    })
    const targetGroup = seedBalancer(sim, `${name}-alb`, `${name}-tg`)
    targetGroup.attributes.set('deregistration_delay.timeout_seconds', String(drainSeconds))
    const { blue, green } = colorNames(service)
    for (const [color, desired] of [
      [blue, 4],
      [green, 0],
    ] as const)
      seedGroup(sim, targetGroup, {
        AutoScalingGroupName: color,
        LaunchTemplate: { LaunchTemplateId: template, Version: '$Default' },
        MinSize: desired / 2,
        DesiredCapacity: desired,
        MaxSize: 8,
        Tags: [
          { Key: 'Name', Value: color, PropagateAtLaunch: true },
          { Key: 'docker:image:version', Value: 'v1', PropagateAtLaunch: true },
        ],
      })
  }
  sim.changed()
}
