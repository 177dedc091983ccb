import { CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  CreateLaunchTemplateCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { SdkClients } from '../../src/adapters/aws/client/sdk-clients'
import type { ScheduledAction } from '../../src/domain/fleet/fleet'
import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { hour, minute } from '../../src/domain/time/time'
import type { Account } from '../../src/ports/account'
import { type Moto, startMoto } from '../support/moto'
import { shopService } from '../support/shop'
import { destroyClients, emptied, there, workplace } from './workplace'
import { canonicalJson } from '../../src/domain/json'

/** Two colors on one target group, S5's: blue serves v1 with four instances, green is idle. */
const seedColors = async ({ ec2, autoScaling, elb }: SdkClients): Promise<string> => {
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }))
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
  const subnets = Subnets.slice(0, 2).map(({ SubnetId }) => there(SubnetId, 'subnet'))
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'shop',
      LaunchTemplateData: { ImageId: there(Images?.[0]?.ImageId, 'image'), InstanceType: 't2.micro' },
    }),
  )
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'shop-TG',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: there(Subnets[0]?.VpcId, 'VPC'),
    }),
  )
  const targetGroup = there(TargetGroups?.[0]?.TargetGroupArn, 'target group')
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: 'shop', Subnets: subnets }))
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: there(LoadBalancers?.[0]?.LoadBalancerArn, 'load balancer'),
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }],
    }),
  )
  for (const [AutoScalingGroupName, DesiredCapacity] of [
    ['shop-blue', 4],
    ['shop-green', 0],
  ] as const)
    await autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName,
        LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: '$Default' },
        MinSize: DesiredCapacity / 2,
        DesiredCapacity,
        MaxSize: 8,
        VPCZoneIdentifier: subnets.join(','),
        TargetGroupARNs: [targetGroup],
        HealthCheckType: 'ELB',
        Tags: [{ Key: 'docker:image:version', Value: 'v1', PropagateAtLaunch: true }],
      }),
    )
  return targetGroup
}

const tracking = {
  name: 'cpu-50',
  type: 'TargetTrackingScaling',
  enabled: true,
  settings: canonicalJson({
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      TargetValue: 50,
      DisableScaleIn: false,
    },
  }),
}

describe('a service of two colors against moto', () => {
  let moto: Moto
  let clients: SdkClients
  let account: Account
  let targetGroup: string
  let runToEnd: (request: Request, meanwhile?: (now: number) => Promise<void>) => Promise<Operation>
  let pass: (span: number) => Promise<Operation[]>
  let weekly: ScheduledAction
  let once: ScheduledAction

  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto?.stop())

  beforeEach(async () => {
    const time = { now: Date.now() }
    ;({ clients, account } = await emptied(moto, time))
    targetGroup = await seedColors(clients)
    const work = workplace(shopService({ standby: hour }), account, time)
    runToEnd = work.runToEnd
    pass = work.pass
    weekly = {
      name: 'friday',
      min: 4,
      desired: 6,
      max: 8,
      recurrence: '0 20 * * 5',
      timezone: 'Asia/Seoul',
    }
    once = { name: 'live', desired: 5, startAt: Math.floor(time.now / 1000) * 1000 + 24 * hour }
    await account.groups.putPolicy('shop-blue', tracking)
    await account.groups.schedule('shop-blue', weekly)
    await account.groups.schedule('shop-blue', once)
  })
  afterEach(() => {
    destroyClients(clients)
  })

  /** A group by what a person would look at. */
  const colorOf = async (name: string) => {
    const group = there(await account.groups.describe(name), name)
    const states: Record<string, number> = {}
    for (const { lifecycle } of group.instances) states[lifecycle] = (states[lifecycle] ?? 0) + 1
    const { min, desired, max, suspended, tags } = group
    const [policies, actions] = await Promise.all([
      account.groups.policies(name),
      account.groups.scheduled(name),
    ])
    return {
      sizes: [min, desired, max],
      states,
      suspended,
      version: tags['docker:image:version'],
      policies: policies.map((policy) => policy.name),
      actions: actions.map((action) => action.name).sort(),
    }
  }
  const serving = {
    sizes: [2, 4, 8],
    states: { InService: 4 },
    suspended: [],
    policies: ['cpu-50'],
    actions: ['friday', 'live'],
  }
  const idle = { sizes: [0, 0, 8], states: {}, suspended: [], policies: [], actions: [] }
  const versionsOf = async (name: string) => {
    const ids = there(await account.groups.describe(name), name).instances.map(({ id }) => id)
    const { Reservations = [] } = await clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: ids }))
    return Reservations.flatMap(({ Instances = [] }) => Instances).map(
      ({ Tags = [] }) => Tags.find(({ Key }) => Key === 'docker:image:version')?.Value,
    )
  }

  it('is deployed onto the idle color, which gets the policies and scheduled actions in full', async () => {
    const before = there(await account.groups.describe('shop-blue'), 'blue').instances.map(({ id }) => id)
    const deploy = await runToEnd({ procedure: 'deploy', service: 'shop', version: 'v2' })
    expect(deploy.ending).toMatchObject({ kind: 'succeeded' })

    expect(await colorOf('shop-green')).toEqual({ ...serving, version: 'v2' })
    expect(await versionsOf('shop-green')).toEqual(['v2', 'v2', 'v2', 'v2'])
    const [policy] = await account.groups.policies('shop-green')
    expect(JSON.parse(policy?.settings ?? '')).toMatchObject(JSON.parse(tracking.settings) as object)
    const actions = await account.groups.scheduled('shop-green')
    expect(actions.find(({ name }) => name === 'friday')).toMatchObject(weekly)
    expect(actions.find(({ name }) => name === 'live')).toMatchObject(once)

    const blue = await colorOf('shop-blue')
    expect(blue).toMatchObject({ sizes: [0, 0, 8], states: { Standby: 4 }, policies: [], actions: [] })
    expect(there(await account.groups.describe('shop-blue'), 'blue').instances.map(({ id }) => id)).toEqual(
      before,
    )
  })

  it('is rolled back warm, with the same instances, and everything is as it was', async () => {
    const before = (await account.groups.describe('shop-blue'))?.instances.map(({ id }) => id)
    await runToEnd({ procedure: 'deploy', service: 'shop', version: 'v2' })
    const back = await runToEnd({ procedure: 'rollback', service: 'shop' })
    expect(back.ending).toMatchObject({ kind: 'succeeded' })
    expect(await colorOf('shop-blue')).toEqual({ ...serving, version: 'v1' })
    expect((await account.groups.describe('shop-blue'))?.instances.map(({ id }) => id)).toEqual(before)
    expect(await colorOf('shop-green')).toEqual({ ...idle, version: 'v1' })
    const actions = await account.groups.scheduled('shop-blue')
    expect(actions.find(({ name }) => name === 'friday')).toMatchObject(weekly)
    expect(actions.find(({ name }) => name === 'live')).toMatchObject(once)
    const healthy = (await account.traffic.health(targetGroup)).filter(({ state }) => state === 'healthy')
    expect(healthy.map(({ instance }) => instance)).toEqual(expect.arrayContaining(before ?? []))
  })

  it('is swapped without a new version, and finished by itself when the window is over', async () => {
    const swap = await runToEnd({ procedure: 'swap', service: 'shop' })
    expect(swap.ending).toMatchObject({ kind: 'succeeded' })
    expect(await colorOf('shop-green')).toEqual({ ...serving, version: 'v1' })
    expect(await colorOf('shop-blue')).toMatchObject({ states: { Standby: 4 } })

    const [finish] = await pass(hour + minute)
    expect(finish).toMatchObject({ request: { procedure: 'finish' }, ending: { kind: 'succeeded' } })
    expect(await colorOf('shop-green')).toEqual({ ...serving, version: 'v1' })
    expect(await colorOf('shop-blue')).toEqual({ ...idle, version: 'v1' })
  })
})
