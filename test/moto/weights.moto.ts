import { CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  CreateLaunchTemplateCommand,
  DescribeImagesCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { SdkClients } from '../../src/adapters/aws/client/sdk-clients'
import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { hour, minute } from '../../src/domain/time/time'
import type { Account } from '../../src/ports/account'
import { type Moto, startMoto } from '../support/moto'
import { deployPay, finishPay, payService, rollBackPay } from '../support/pay'
import { destroyClients, emptied, there, workplace } from './workplace'

/** Two colors with a target group each, behind a listener and a rule of it with stickiness: blue serves. */
const seedPay = async ({ ec2, autoScaling, elb }: SdkClients): Promise<string> => {
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }))
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
  const subnets = Subnets.slice(0, 2).map(({ SubnetId }) => there(SubnetId, 'subnet'))
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'pay',
      LaunchTemplateData: { ImageId: there(Images?.[0]?.ImageId, 'image'), InstanceType: 't2.micro' },
    }),
  )
  const targetGroup = async (Name: string) => {
    const vpc = there(Subnets[0]?.VpcId, 'VPC')
    const asked = new CreateTargetGroupCommand({ Name, Protocol: 'HTTP', Port: 80, VpcId: vpc })
    return there((await elb.send(asked)).TargetGroups?.[0]?.TargetGroupArn, 'target group')
  }
  const blue = await targetGroup('pay-blue-TG')
  const green = await targetGroup('pay-green-TG')
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'pay-ALB', Subnets: subnets }),
  )
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: there(LoadBalancers?.[0]?.LoadBalancerArn, 'load balancer'),
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: blue }],
    }),
  )
  await elb.send(
    new CreateRuleCommand({
      ListenerArn: there(Listeners?.[0]?.ListenerArn, 'listener'),
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn: blue, Weight: 1 }],
            TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
          },
        },
      ],
    }),
  )
  for (const [name, DesiredCapacity, arn] of [
    ['pay-blue', 2, blue],
    ['pay-green', 0, green],
  ] as const)
    await autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: '$Default' },
        MinSize: DesiredCapacity / 2,
        DesiredCapacity,
        MaxSize: 4,
        VPCZoneIdentifier: subnets.join(','),
        TargetGroupARNs: [arn],
        HealthCheckType: 'ELB',
        Tags: [{ Key: 'docker:image:version', Value: 'v1', PropagateAtLaunch: true }],
      }),
    )
  return there(Listeners?.[0]?.ListenerArn, 'listener')
}

describe('a service whose colors shift by weight against moto', () => {
  let moto: Moto
  let clients: SdkClients
  let account: Account
  let listener: string
  let runToEnd: (request: Request, meanwhile?: (now: number) => Promise<void>) => Promise<Operation>
  let pass: (span: number) => Promise<Operation[]>

  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto?.stop())

  beforeEach(async () => {
    const time = { now: Date.now() }
    ;({ clients, account } = await emptied(moto, time))
    listener = await seedPay(clients)
    const work = workplace(payService({ standby: hour }), account, time)
    runToEnd = work.runToEnd
    pass = work.pass
  })
  afterEach(() => {
    destroyClients(clients)
  })

  /** Weights by name of the listener's default action and of its rule, and the stickiness of the rule in seconds. */
  const routesNow = async () => {
    const { Listeners } = await clients.elb.send(new DescribeListenersCommand({ ListenerArns: [listener] }))
    const { Rules } = await clients.elb.send(new DescribeRulesCommand({ ListenerArn: listener }))
    const [action, rule] = [
      Listeners?.[0]?.DefaultActions?.[0],
      Rules?.find(({ IsDefault }) => IsDefault !== true)?.Actions?.[0],
    ].map((one) => one?.ForwardConfig)
    const weights = (forward: typeof action) =>
      Object.fromEntries(
        (forward?.TargetGroups ?? []).map(({ TargetGroupArn = '', Weight }) => [
          TargetGroupArn.split('/')[1],
          Weight,
        ]),
      )
    const sticky = rule?.TargetGroupStickinessConfig
    return {
      listener: weights(action),
      rule: weights(rule),
      sticky: sticky?.Enabled === true ? sticky.DurationSeconds : 0,
    }
  }
  const both = (blue: number, green: number) => ({ 'pay-blue-TG': blue, 'pay-green-TG': green })
  const sizeOf = async (name: string) => {
    const { min, desired, max, instances, suspended, tags } = there(await account.groups.describe(name), name)
    const states = instances.map(({ lifecycle }) => lifecycle)
    return { sizes: [min, desired, max], states, suspended, version: tags['docker:image:version'] }
  }
  const serving = { sizes: [1, 2, 4], states: ['InService', 'InService'], suspended: [] }

  it('gets the traffic in steps on its listener and its rule, whose stickiness stays, and keeps the old color', async () => {
    const seen: string[] = []
    const deploy = await runToEnd(deployPay([10, 50, 100]), async () => {
      const now = JSON.stringify(await routesNow())
      if (seen.at(-1) !== now) seen.push(now)
    })
    expect(deploy.ending).toMatchObject({ kind: 'succeeded' })
    const shares = [...seen.map((one) => JSON.parse(one) as unknown), await routesNow()]
    for (const [blue, green] of [
      [90, 10],
      [50, 50],
      [0, 100],
    ] as const)
      expect(shares).toContainEqual({ listener: both(blue, green), rule: both(blue, green), sticky: 60 })
    expect(await sizeOf('pay-green')).toEqual({ ...serving, version: 'v2' })
    expect(await sizeOf('pay-blue')).toEqual({ ...serving, version: 'v1' })
  })

  it('is rolled back by its weights, with the same instances', async () => {
    const before = (await account.groups.describe('pay-blue'))?.instances.map(({ id }) => id)
    await runToEnd(deployPay([100]))
    const back = await runToEnd(rollBackPay)
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(await routesNow()).toEqual({ listener: both(100, 0), rule: { 'pay-blue-TG': 100 }, sticky: 60 })
    expect(await sizeOf('pay-blue')).toEqual({ ...serving, version: 'v1' })
    expect((await account.groups.describe('pay-blue'))?.instances.map(({ id }) => id)).toEqual(before)
    expect(await sizeOf('pay-green')).toMatchObject({ sizes: [0, 0, 4], states: [] })
  })

  it('is finished once the stickiness is over, and the next deploy goes the other way', async () => {
    await runToEnd(deployPay([100]))
    await pass(2 * minute)
    const finish = await runToEnd(finishPay)
    expect(finish.ending).toMatchObject({ kind: 'succeeded' })
    expect(await routesNow()).toEqual({ listener: both(0, 100), rule: { 'pay-green-TG': 100 }, sticky: 60 })
    expect(await sizeOf('pay-blue')).toMatchObject({ sizes: [0, 0, 4], states: [] })
    const next = await runToEnd(deployPay([50, 100], 'v3'))
    expect(next.ending).toMatchObject({ kind: 'succeeded' })
    expect(await routesNow()).toEqual({ listener: both(100, 0), rule: both(100, 0), sticky: 60 })
  })
})
