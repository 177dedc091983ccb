import {
  CreateImageCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { SdkClients } from '../../src/adapters/aws/client/sdk-clients'
import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { minute } from '../../src/domain/time/time'
import type { Account } from '../../src/ports/account'
import { duo } from '../support/duo-fleet'
import { type Moto, startMoto } from '../support/moto'
import { sandboxService } from '../support/sandbox-service'
import { buildingDeviations } from './deviations'
import { enforce, policyFile, userWith, without } from './rights'
import { accountOf, clientsOf, destroyClients, emptied, type MotoTime, there, workplace } from './workplace'

/** S2's network: VPC-Lab with its public and private subnets in two zones. */
const seedNetwork = async ({ ec2 }: SdkClients): Promise<void> => {
  const named = (kind: 'vpc' | 'subnet', name: string) => ({
    TagSpecifications: [{ ResourceType: kind, Tags: [{ Key: 'Name', Value: name }] }],
  })
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', ...named('vpc', 'VPC-Lab') }),
  )
  const VpcId = there(Vpc?.VpcId, 'VPC')
  for (const [at, name] of [
    'Public subnet A',
    'Public subnet C',
    'Private subnet A',
    'Private subnet C',
  ].entries())
    await ec2.send(
      new CreateSubnetCommand({
        VpcId,
        CidrBlock: `10.0.${at}.0/24`,
        AvailabilityZone: `ap-northeast-2${name.at(-1)?.toLowerCase()}`,
        ...named('subnet', name),
      }),
    )
}

/** S3's server in the default VPC, and the image `Web Server v1` that S2 starts from, made of it. */
const seedServer = async ({
  ec2,
}: SdkClients): Promise<{ readonly server: string; readonly image: string }> => {
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }))
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }),
  )
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: there(Images?.[0]?.ImageId, 'image'),
      SubnetId: there(Subnets?.[0]?.SubnetId, 'subnet'),
      InstanceType: 't2.nano',
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'fastcampus-server' }] }],
    }),
  )
  const server = there(Instances?.[0]?.InstanceId, 'instance')
  const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId: server, Name: 'Web Server v1' }))
  return { server, image: there(ImageId, 'image') }
}

const gate = { bake: 0, timeout: 20 * minute }
const worker = policyFile('worker')
const provision = policyFile('provision')

let moto: Moto
let time: MotoTime
/** May do anything, and looks. */
let clients: SdkClients
let all: Account
/** The same as the worker, whose rights are few. */
let own: SdkClients | undefined
let seeded: { readonly server: string; readonly image: string }

beforeAll(async () => {
  moto = await startMoto()
})
afterAll(() => moto?.stop())

beforeEach(async () => {
  time = { now: Date.now() }
  ;({ clients, account: all } = await emptied(moto, time))
  await seedNetwork(clients)
  seeded = await seedServer(clients)
})
afterEach(async () => {
  await enforce(moto, false)
  for (const some of [clients, own]) if (some) destroyClients(some)
})

/** A worker who has these rights alone: moto asks its IAM about each call from the request to the ending. */
const asked = async (
  service: Service,
  policies: Parameters<typeof userWith>[1],
): Promise<(procedure: 'provision' | 'teardown') => Promise<Operation>> => {
  const keys = await userWith(moto, policies)
  own = clientsOf(moto, keys)
  const account = buildingDeviations(accountOf(moto, time, keys), own)
  const { runToEnd, confirm } = workplace(service, account, time)
  return async (procedure) => {
    await enforce(moto, true)
    const request: Request = { procedure, service: service.name }
    const operation = await runToEnd(request, confirm)
    await enforce(moto, false)
    return operation
  }
}

/** What of a fleet is in moto, by name. */
const stands = async (service: string): Promise<readonly string[]> => {
  const own = ({ tags }: { readonly tags: Readonly<Record<string, string>> }) =>
    tags['rollcall:service'] === service
  const [groups, balancers, targets, templates, securityGroups] = await Promise.all([
    all.groups.all(),
    all.loadBalancers.all(),
    all.targetGroups.all(),
    all.templates.tagged('rollcall:service', service),
    all.securityGroups.tagged('rollcall:service', service),
  ])
  return [groups.filter(own), balancers.filter(own), targets.filter(own), templates, securityGroups]
    .flat()
    .map(({ name }) => name)
    .toSorted()
}

/** moto puts the template’s own tags into its data besides. */
const templateData = async (name: string) => {
  const { LaunchTemplateVersions } = await clients.ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: name }),
  )
  return there(LaunchTemplateVersions?.[0], 'template version')
}
const rule = (source: { readonly cidr: string } | { readonly securityGroup: string }) => [
  { protocol: 'tcp', ports: { from: 80, to: 80 }, source },
]
const securityGroup = async (service: string, name: string) =>
  there(
    (await all.securityGroups.tagged('rollcall:service', service)).find((one) => one.name === name),
    name,
  )
const subnetNames = async (ids: readonly string[]) => {
  const { Subnets = [] } = await clients.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...ids] }))
  return Subnets.map(
    ({ Tags = [], AvailabilityZone = '' }) =>
      Tags.find(({ Key }) => Key === 'Name')?.Value ?? AvailabilityZone,
  ).toSorted((a, b) => (a < b ? -1 : 1))
}

/** S2, figure by figure. */
const labStands = async (): Promise<void> => {
  const balancerGroup = await securityGroup('lab', 'Lab-ALB-SG')
  const instanceGroup = await securityGroup('lab', 'Lab-Inst-SG')
  expect(balancerGroup.ingress).toEqual(rule({ cidr: '0.0.0.0/0' }))
  expect(instanceGroup).toMatchObject({
    description: 'HTTP Allow',
    ingress: rule({ securityGroup: balancerGroup.id }),
  })
  const balancer = there(await all.loadBalancers.named('Lab-ALB'), 'load balancer')
  expect(balancer).toMatchObject({ scheme: 'internet-facing', securityGroups: [balancerGroup.id] })
  expect(await subnetNames(balancer.subnets)).toEqual(['Public subnet A', 'Public subnet C'])
  const targets = there(await all.targetGroups.named('Lab-TG'), 'target group')
  expect(targets).toMatchObject({ protocol: 'HTTP', protocolVersion: 'HTTP1', port: 80 })
  expect(await all.listeners.of(balancer.arn)).toMatchObject([
    { port: 80, protocol: 'HTTP', targetGroups: [targets.arn] },
  ])
  const tagged = [{ Key: 'Name', Value: 'Web Instance' }]
  expect(await templateData('Lab')).toMatchObject({
    VersionDescription: 'Immersion Day Web Instances Template - Web only',
    LaunchTemplateData: {
      ImageId: seeded.image,
      InstanceType: 't2.micro',
      SecurityGroupIds: [instanceGroup.id],
      TagSpecifications: expect.arrayContaining([
        { ResourceType: 'instance', Tags: tagged },
        { ResourceType: 'volume', Tags: tagged },
      ]) as unknown,
    },
  })
  const group = there(await all.groups.describe('Lab-ASG', {}), 'group')
  expect(group).toMatchObject({
    min: 2,
    desired: 2,
    max: 4,
    template: { pin: '$Default' },
    targetGroups: [targets.arn],
    healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
    tags: { Name: 'Lab-ASG-Instance', 'rollcall:service': 'lab' },
    propagated: ['Name'],
  })
  expect(await subnetNames(group.subnets)).toEqual(['Private subnet A', 'Private subnet C'])
  const [policy] = await all.groups.policies('Lab-ASG')
  expect(JSON.parse(policy?.settings ?? '{}')).toMatchObject({
    TargetTrackingConfiguration: { TargetValue: 30 },
  })
}

/** S3, figure by figure. */
const courseStands = async (): Promise<void> => {
  const [image] = await all.images.named('fastcampus-nginx v1')
  expect(image?.tags).toMatchObject({ description: 'forAutoscaling', 'rollcall:service': 'course' })
  const instanceGroup = await securityGroup('course', 'fastcampus-sg')
  expect((await templateData('fastcampus-nginx')).LaunchTemplateData).toMatchObject({
    ImageId: image?.id,
    InstanceType: 't2.nano',
    KeyName: 'fastcampus',
    SecurityGroupIds: [instanceGroup.id],
  })
  const balancer = there(await all.loadBalancers.named('fastcampus-alb'), 'load balancer')
  const zones = ['a', 'b', 'c', 'd'].map((letter) => `ap-northeast-2${letter}`)
  expect(balancer.scheme).toBe('internet-facing')
  expect(await subnetNames(balancer.subnets)).toEqual(zones)
  const targets = there(await all.targetGroups.named('fastcampus-tg'), 'target group')
  expect(targets).toMatchObject({ protocol: 'HTTP', protocolVersion: 'HTTP1', port: 80 })
  const health = await all.traffic.health(targets.arn, {})
  expect(health.map(({ instance }) => instance)).toContain(seeded.server)
  const group = there(await all.groups.describe('fastcampus-asg', {}), 'group')
  expect(group).toMatchObject({
    min: 1,
    desired: 1,
    max: 10,
    template: { pin: '$Latest' },
    targetGroups: [targets.arn],
    healthCheck: { types: ['EC2', 'ELB'], graceSeconds: 300 },
  })
  expect(await subnetNames(group.subnets)).toEqual(zones)
  const [policy] = await all.groups.policies('fastcampus-asg')
  expect(JSON.parse(policy?.settings ?? '{}')).toMatchObject({
    TargetTrackingConfiguration: { TargetValue: 50, DisableScaleIn: false },
    EstimatedInstanceWarmup: 300,
  })
}

const colorsStand = (green: string) => async (): Promise<void> => {
  const [blue, idle] = await Promise.all(
    ['duo-blue', 'duo-green'].map(async (name) => there(await all.groups.describe(name, {}), name)),
  )
  expect(blue).toMatchObject({ min: 2, desired: 2, max: 6, tags: { 'docker:image:version': 'v1' } })
  expect(idle).toMatchObject({ min: 0, desired: 0, max: 6, tags: { 'docker:image:version': 'v1' } })
  expect(idle?.targetGroups).toEqual([there(await all.targetGroups.named(green), green).arn])
}

const lab = () => sandboxService('lab', { gate })
const course = () => sandboxService('course', { gate })

test.each([
  ['lab, by S2', lab, labStands, ['Lab', 'Lab-ALB', 'Lab-ALB-SG', 'Lab-ASG', 'Lab-Inst-SG', 'Lab-TG']],
  [
    'course, by S3',
    course,
    courseStands,
    [
      'fastcampus-alb',
      'fastcampus-alb-sg',
      'fastcampus-asg',
      'fastcampus-nginx',
      'fastcampus-sg',
      'fastcampus-tg',
    ],
  ],
  [
    'two colors on one target group',
    () => duo({ each: false }),
    colorsStand('duo-tg'),
    ['duo', 'duo-alb', 'duo-alb-sg', 'duo-blue', 'duo-green', 'duo-sg', 'duo-tg'],
  ],
  [
    'two colors with one each',
    () => duo({ each: true }),
    colorsStand('duo-green-tg'),
    ['duo', 'duo-alb', 'duo-alb-sg', 'duo-blue', 'duo-blue-tg', 'duo-green', 'duo-green-tg', 'duo-sg'],
  ],
] as const)(
  '%s: with the rights of the two policies alone it is built, not built twice, and taken down',
  async (_, serviceOf, isRight, names) => {
    const service = serviceOf()
    const run = await asked(service, [worker, provision])
    const others = (await all.securityGroups.tagged('Name', '*')).length
    const built = await run('provision')
    expect(built.ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect(await stands(service.name)).toEqual(names)
    await isRight()
    expect((await run('provision')).ending).toMatchObject({
      kind: 'refused',
      reason: { code: 'fleet_complete' },
    })
    expect((await run('teardown')).ending).toMatchObject({ kind: 'succeeded', left: [] })
    expect(await stands(service.name)).toEqual([])
    // What was there before is there still, and so is what was baked.
    expect((await all.securityGroups.tagged('Name', '*')).length).toBe(others)
    const { Reservations } = await clients.ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [seeded.server] }),
    )
    expect(Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('running')
    expect(await all.images.named('Web Server v1')).toHaveLength(1)
  },
)

test.each(['provision', 'teardown'] as const)(
  'without the second policy a %s does nothing, and names the right that is missing and its policy',
  async (procedure) => {
    const run = await asked(lab(), [worker])
    expect((await run(procedure)).ending).toMatchObject({
      kind: 'refused',
      reason: {
        code: 'rights_missing',
        facts: {
          actions: [
            procedure === 'provision' ? 'ec2:DescribeVpcs' : 'elasticloadbalancing:DescribeLoadBalancers',
          ],
          policy: 'deploy/iam-policy.provision.json',
        },
      },
    })
    expect(await stands('lab')).toEqual([])
  },
)

test('EC2’s dry run tells of a right to make something before anything begins', async () => {
  const run = await asked(lab(), [worker, without(provision, 'ec2:CreateLaunchTemplate')])
  expect((await run('provision')).ending).toMatchObject({
    kind: 'refused',
    reason: {
      code: 'rights_missing',
      facts: { actions: ['ec2:CreateLaunchTemplate'], policy: 'deploy/iam-policy.provision.json' },
    },
  })
  expect(await stands('lab')).toEqual([])
})

test.each(['elasticloadbalancing:CreateLoadBalancer', 'autoscaling:CreateAutoScalingGroup'])(
  'without %s, of which no dry run tells, what was made goes again and the right is named',
  async (action) => {
    const run = await asked(lab(), [worker, without(provision, action)])
    const { ending } = await run('provision')
    expect(ending).toMatchObject({ kind: 'rolled back', left: [] })
    expect(JSON.stringify(ending)).toContain(action)
    expect(await stands('lab')).toEqual([])
  },
)
