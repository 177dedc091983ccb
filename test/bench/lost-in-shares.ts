import { parse } from 'yaml'
import { minute, second } from '../../src/domain/time/time'
import type { Aws } from '../../src/sandbox/aws'
import { seedFleet } from '../../src/sandbox/aws/seed'
import { seedPay } from '../../src/sandbox/aws/seed-pay'
import { catalogue } from '../../src/sandbox/launcher/catalogue'
import { call } from '../support/shop'
import { click, submit, type } from './commands'
import { catalogueWith, channelsOf, type Fleet } from './fleet'
import { counted, largeType, patience, speed, withLargeInstances } from './lost-count'
import { carriedOut, ended } from './lost-operations'
import { say } from './report'
import { onStage, type Stage, token } from './stage'
import { until } from './until'

const services = ['web', 'pay', 'lab'] as const
type ServiceName = (typeof services)[number]

/** Each in a channel of its own, so that each plan is run by its own button. */
const channelOf = (service: ServiceName): string => `C0BENCH${service.toUpperCase()}`
const elb = '2015-12-01'
/** From when an event is asked for until it begins, and how long it lasts. */
const eventIn = 20 * minute
const eventFor = 15 * minute

/** The sandbox's own fleets, with instances that carry the customers. */
const fleetOf = (): Fleet => {
  const written = parse(catalogue({ backups: false, weighted: true, token })) as {
    readonly services: Readonly<Record<string, object>>
  }
  const inChannels = services.map((name) => [name, { ...written.services[name], channel: channelOf(name) }])
  return {
    seed: (aws) => {
      seedFleet(aws)
      seedPay(aws)
      withLargeInstances(aws)
    },
    channels: (bot) => channelsOf(services.map(channelOf), bot),
    // A fleet that is built is of the type that its blueprint names.
    catalogue: catalogueWith(
      JSON.parse(
        JSON.stringify(Object.fromEntries(inChannels)).replaceAll(
          '"type":"t2.micro"',
          `"type":"${largeType}"`,
        ),
      ) as object,
    ),
  }
}

/**
 * The same for what takes long: a canary and its way back, the scale-in after an event, a teardown; all at once, and the
 * naive way at the same time.
 */
export const lostInShares = (): Promise<void> => {
  say(`lost: a canary and its way back, a scale-in after an event, a teardown, at speed ${speed}`)
  return onStage({ fleet: fleetOf(), speed }, async (stage) => {
    await Promise.all([canary(stage), scaleIn(stage), teardown(stage), naiveCanary(stage), naiveWeb(stage)])
  })
}

const ours = ({ clock, aws }: Stage, loadBalancer: string) => ({ clock, aws, loadBalancer })
const theirs = ({ clock, naive: { aws } }: Stage, loadBalancer: string) => ({ clock, aws, loadBalancer })

const canary = async (stage: Stage): Promise<void> => {
  const channel = channelOf('pay')
  await counted(ours(stage, 'pay-ALB'), 'canary', () =>
    carriedOut(stage, 'pay', channel, 1, 'deploy pay v2 --weights 10,50,100'),
  )
  await counted(ours(stage, 'pay-ALB'), 'canary_rollback', async () => {
    await until('the button', patience, () => click(stage, channel, 'Roll back now'))
    await ended(stage, 'pay', 2)
  })
}

const scaleIn = async (stage: Stage): Promise<void> => {
  const { clock, aws } = stage
  const from = Math.ceil((clock.now() + eventIn) / minute) * minute
  const desired = () => aws.world.groups.get('Web-ASG')?.desired
  await type(stage, channelOf('web'), `schedule web ${seoul(from)} ${eventFor / minute}m desired=4`)
  await until('the plan of an event', patience, () => click(stage, channelOf('web'), 'Run'))
  await until('the event', patience, () => (aws.healthyTargets('Web-TG') === 4 ? true : undefined))
  await counted(ours(stage, 'Web-ALB'), 'scale_in', async () => {
    await until('the end of the event', patience, () => (desired() === 2 ? true : undefined))
  })
}

/** A time as a line of the service's zone has it. */
const seoul = (at: number): string =>
  new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Seoul' }).slice(0, 16).replace(' ', 'T')

const teardown = async (stage: Stage): Promise<void> => {
  const channel = channelOf('lab')
  await type(stage, channel, 'provision lab')
  await until('the plan of lab', patience, () => click(stage, channel, 'Run'))
  await ended(stage, 'lab', 1)
  await counted(ours(stage, 'Lab-ALB'), 'teardown', async () => {
    await type(stage, channel, 'teardown lab')
    await until('the plan of the teardown', patience, () => click(stage, channel, 'Take down…'))
    await until('the form', patience, () => submit(stage, { typed_name: 'lab' }))
    await ended(stage, 'lab', 2)
  })
}

const resize = (aws: Aws, group: string, min: number, desired: number): Promise<void> =>
  call(aws, 'UpdateAutoScalingGroup', {
    AutoScalingGroupName: group,
    MinSize: String(min),
    DesiredCapacity: String(desired),
  })

/** The idle color up, traffic as soon as Auto Scaling calls its instances InService, a minute at each share, the old one to zero. */
const naiveCanary = (stage: Stage): Promise<void> => {
  const { aws } = stage.naive
  const serving = () =>
    [...(aws.world.groups.get('pay-green')?.members.values() ?? [])].filter(
      ({ lifecycle }) => lifecycle === 'InService',
    ).length
  return counted(theirs(stage, 'pay-ALB'), 'naive.canary', async () => {
    await resize(aws, 'pay-green', 2, 2)
    for (;;) {
      await passed(stage, 15 * second)
      if (serving() === 2) break
    }
    for (const share of [10, 50, 100]) {
      await call(aws, 'ModifyListener', weights(aws, share), elb)
      await passed(stage, minute)
    }
    await resize(aws, 'pay-blue', 0, 0)
  })
}

/** The former size by a call; and then the group deleted by force. */
const naiveWeb = async (stage: Stage): Promise<void> => {
  const { aws } = stage.naive
  await resize(aws, 'Web-ASG', 2, 4)
  await until('four instances', patience, () => (aws.healthyTargets('Web-TG') === 4 ? true : undefined))
  await counted(theirs(stage, 'Web-ALB'), 'naive.scale_in', () => resize(aws, 'Web-ASG', 2, 2))
  await counted(theirs(stage, 'Web-ALB'), 'naive.teardown', () =>
    call(aws, 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'Web-ASG', ForceDelete: 'true' }),
  )
}

const passed = ({ clock }: Stage, span: number): Promise<void> =>
  new Promise((resolve) => clock.at(clock.now() + span, resolve))

const weights = ({ world }: Aws, share: number): Readonly<Record<string, string>> => {
  const groups = [...world.targetGroups.values()]
  const arnOf = (name: string) => groups.find((one) => one.name === name)?.arn ?? ''
  const listener = [...world.listeners.values()].find(({ arn }) => arn.includes('pay-ALB'))?.arn ?? ''
  const at = 'DefaultActions.member.1.ForwardConfig.TargetGroups.member'
  return {
    ListenerArn: listener,
    'DefaultActions.member.1.Type': 'forward',
    [`${at}.1.TargetGroupArn`]: arnOf('pay-blue-TG'),
    [`${at}.1.Weight`]: String(100 - share),
    [`${at}.2.TargetGroupArn`]: arnOf('pay-green-TG'),
    [`${at}.2.Weight`]: String(share),
  }
}
