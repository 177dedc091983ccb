import type { CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import { createGroup, groupMetrics } from './autoscaling/groups'
import { putPolicy } from './autoscaling/policies'
import { resolve } from './autoscaling/template'
import { templateTags } from './ec2/template-lookup'
import { createListener } from './elbv2/listeners'
import { createLoadBalancer } from './elbv2/load-balancers'
import { storedActions } from './elbv2/routing'
import { createTargetGroup } from './elbv2/target-groups'
import { targetKey } from './elbv2/target-health'
import type { Simulation } from './engine/simulation'
import type { Aws } from './index'
import type { Group, Image, SecurityGroup, Subnet, TargetGroup, Template } from './world'

const day = 86_400_000
const vpc = 'vpc-0a1b2c3d4e5f60001'
const zoneA = 'ap-northeast-2a'
const zoneC = 'ap-northeast-2c'
const ids = {
  publicA: 'subnet-0a1b2c3d4e5f600a1',
  publicC: 'subnet-0a1b2c3d4e5f600c1',
  privateA: 'subnet-0a1b2c3d4e5f600a2',
  privateC: 'subnet-0a1b2c3d4e5f600c2',
  albGroup: 'sg-0a1b2c3d4e5f60001',
  webGroup: 'sg-0a1b2c3d4e5f60002',
  shopGroup: 'sg-0a1b2c3d4e5f60003',
  webImage: 'ami-0a1b2c3d4e5f60001',
  shopImage: 'ami-0a1b2c3d4e5f60002',
  webTemplate: 'lt-0a1b2c3d4e5f60001',
  shopTemplate: 'lt-0a1b2c3d4e5f60002',
}

/**
 * The fleet that the sandbox begins with, all of it in service and healthy: `Web-ASG` behind `Web-ALB` with the
 * figures of the AWS Immersion Day, and `shop-blue` (live) and `shop-green` (idle) with those of the two-color
 * deployment. The source instance `ASG-Web-Instance` is any instance of Web-ASG: the group gives them that Name,
 * as in the workshop, so a search by the tag finds two of them.
 */
export function seedFleet(aws: Aws): void {
  const sim = aws.simulation
  seedNetwork(sim)
  seedImage(sim, ids.webImage, 'Web Server v1', 'LAMP web server AMI', { Name: 'Web Server v1' })
  seedImage(sim, ids.shopImage, 'shop v1', 'Shop container host', {
    Name: 'shop v1',
    'docker:image:name': 'shop',
    'docker:image:version': 'v1',
  })
  seedWeb(sim)
  seedShop(sim)
  sim.changed()
}

function seedWeb(sim: Simulation): void {
  seedTemplate(sim, ids.webTemplate, 'Web', 'Immersion Day Web Instances Template - Web only', {
    ImageId: ids.webImage,
    InstanceType: 't2.micro',
    SecurityGroupIds: [ids.webGroup],
    TagSpecifications: [
      { ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'Web Instance' }] },
      { ResourceType: 'volume', Tags: [{ Key: 'Name', Value: 'Web Instance' }] },
    ],
  })
  const targetGroup = seedBalancer(sim, 'Web-ALB', 'Web-TG')
  const group = seedGroup(sim, targetGroup, {
    AutoScalingGroupName: 'Web-ASG',
    LaunchTemplate: { LaunchTemplateId: ids.webTemplate, Version: '$Default' },
    MinSize: 2,
    DesiredCapacity: 2,
    MaxSize: 4,
    Tags: [{ Key: 'Name', Value: 'ASG-Web-Instance', PropagateAtLaunch: true }],
  })
  putPolicy(sim, group, cpuTracking('Target Tracking Policy', 30))
}

function seedShop(sim: Simulation): void {
  seedTemplate(sim, ids.shopTemplate, 'shop', 'Shop container host', {
    ImageId: ids.shopImage,
    InstanceType: 't2.micro',
    SecurityGroupIds: [ids.shopGroup],
  })
  const targetGroup = seedBalancer(sim, 'shop-ALB', 'shop-TG')
  const tagged = (name: string, version: string) =>
    [
      ['Name', name],
      ['docker:image:name', 'shop'],
      ['docker:image:version', version],
    ].map(([Key, Value]) => ({ Key, Value, PropagateAtLaunch: true }))
  const common = { LaunchTemplate: { LaunchTemplateId: ids.shopTemplate, Version: '$Default' }, MaxSize: 8 }
  const blue = seedGroup(sim, targetGroup, {
    ...common,
    AutoScalingGroupName: 'shop-blue',
    MinSize: 2,
    DesiredCapacity: 4,
    Tags: tagged('shop-blue', 'v1'),
  })
  seedGroup(sim, targetGroup, {
    ...common,
    AutoScalingGroupName: 'shop-green',
    MinSize: 0,
    DesiredCapacity: 0,
    Tags: tagged('shop-green', 'v1'),
  })
  putPolicy(sim, blue, cpuTracking('cpu-50', 50))
}

const cpuTracking = (PolicyName: string, TargetValue: number) => ({
  AutoScalingGroupName: undefined,
  PolicyName,
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: {
    PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' as const },
    TargetValue,
    DisableScaleIn: false,
  },
})

function seedNetwork(sim: Simulation): void {
  const { world } = sim
  world.vpcs.set(vpc, { id: vpc, cidr: '10.0.0.0/16', isDefault: false, tags: named('VPC-Lab') })
  const subnets: [id: string, name: string, zone: string, cidr: string, open: boolean][] = [
    [ids.publicA, 'Public Subnet A', zoneA, '10.0.0.0/24', true],
    [ids.publicC, 'Public Subnet C', zoneC, '10.0.1.0/24', true],
    [ids.privateA, 'Private Subnet A', zoneA, '10.0.10.0/24', false],
    [ids.privateC, 'Private Subnet C', zoneC, '10.0.11.0/24', false],
  ]
  for (const [id, name, zone, cidr, open] of subnets)
    world.subnets.set(id, { id, vpc, cidr, zone, public: open, tags: named(name) } satisfies Subnet)
  const http = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 }
  const fromAnywhere = { ...http, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
  const fromBalancer = { ...http, UserIdGroupPairs: [{ GroupId: ids.albGroup, UserId: world.account }] }
  const groups: [id: string, name: string, description: string, rule: SecurityGroup['ingress'][number]][] = [
    [ids.albGroup, 'Web-ALB-SG', 'web ALB security group', fromAnywhere],
    [ids.webGroup, 'ASG-Web-Inst-SG', 'HTTP Allow', fromBalancer],
    [ids.shopGroup, 'shop-inst-sg', 'Shop instances', fromBalancer],
  ]
  for (const [id, name, description, rule] of groups)
    world.securityGroups.set(id, { id, name, description, vpc, tags: named(name), ingress: [rule] })
}

const named = (name: string) => new Map([['Name', name]])

function seedImage(
  sim: Simulation,
  id: string,
  name: string,
  description: string,
  tags: Record<string, string>,
): void {
  const snapshot = id.replace('ami-', 'snap-')
  const createdAt = sim.now - 30 * day
  const image: Image = {
    id,
    name,
    description,
    state: 'available',
    createdAt,
    visibleAt: createdAt,
    snapshots: [snapshot],
    tags: new Map(Object.entries(tags)),
  }
  sim.world.images.set(id, image)
  sim.world.snapshots.set(snapshot, {
    id: snapshot,
    volume: id.replace('ami-', 'vol-'),
    sizeGiB: 8,
    description: `Created by CreateImage for ${id}`,
    state: 'completed',
    startedAt: createdAt,
    endsAt: createdAt,
    visibleAt: createdAt,
    tags: new Map(Object.entries(tags)),
  })
}

function seedTemplate(
  sim: Simulation,
  id: string,
  name: string,
  description: string,
  data: RequestLaunchTemplateData,
): void {
  const createdAt = sim.now - 29 * day
  const template: Template = {
    id,
    name,
    createdAt,
    visibleAt: createdAt,
    default: 1,
    formerDefault: 1,
    defaultSeenAt: createdAt,
    latest: 1,
    versions: new Map([[1, { number: 1, description, createdAt, visibleAt: createdAt, data }]]),
    tags: new Map(),
  }
  sim.world.templates.set(id, template)
}

/** An internet-facing load balancer with a listener for HTTP on port 80 that forwards to a target group. */
function seedBalancer(sim: Simulation, name: string, targetGroupName: string): TargetGroup {
  const balancer = createLoadBalancer(sim, {
    name,
    subnets: [ids.publicA, ids.publicC],
    securityGroups: [ids.albGroup],
    scheme: 'internet-facing',
    tags: new Map(),
  })
  balancer.state = 'active'
  const targetGroup = createTargetGroup(
    sim,
    targetGroupName,
    { Protocol: 'HTTP', Port: 80, VpcId: vpc },
    new Map(),
  )
  const forward = { Type: 'forward' as const, TargetGroupArn: targetGroup.arn }
  createListener(sim, balancer.arn, {
    port: 80,
    protocol: 'HTTP',
    actions: storedActions(sim.world, [forward], balancer.arn),
    tags: new Map(),
  })
  return targetGroup
}

/** A group as the console makes it (ELB health checks, 300 seconds of grace), its instances long in service. */
function seedGroup(
  sim: Simulation,
  targetGroup: TargetGroup,
  wanted: Omit<CreateAutoScalingGroupType, 'VPCZoneIdentifier'>,
): Group {
  const group = createGroup(sim, {
    ...wanted,
    VPCZoneIdentifier: [ids.privateA, ids.privateC].join(','),
    HealthCheckType: 'EC2,ELB',
    HealthCheckGracePeriod: 300,
    DefaultCooldown: 300,
  })
  group.attachments.push({ arn: targetGroup.arn, type: 'elbv2', state: 'InService' })
  group.intent = ''
  for (const metric of groupMetrics) group.metrics.add(metric)
  for (let count = 0; count < group.desired; count += 1)
    seedInstance(sim, group, targetGroup, count % 2 === 0 ? ids.privateA : ids.privateC)
  return group
}

function seedInstance(sim: Simulation, group: Group, targetGroup: TargetGroup, subnetId: string): void {
  const { world } = sim
  const version = resolve(world, group.template)
  const subnet = world.subnets.get(subnetId)
  if (!version || !subnet) throw new Error('The seed names a template or a subnet that it does not have')
  const id = sim.newId('i')
  const launchedAt = sim.now - 7 * day
  const type = version.data.InstanceType ?? 't2.micro'
  world.instances.set(id, {
    id,
    state: 'running',
    imageId: version.data.ImageId ?? '',
    type,
    subnet: subnet.id,
    vpc: subnet.vpc,
    zone: subnet.zone,
    privateIp: subnet.cidr.replace(/0\/24$/, String(10 + group.members.size)),
    volume: sim.newId('vol'),
    securityGroups: version.data.SecurityGroupIds ?? [],
    launchedAt,
    visibleAt: launchedAt,
    tags: new Map([
      ...templateTags(version, 'instance'),
      ...[...group.tags].map(([key, tag]): [string, string] => [key, tag.value]),
      ['aws:autoscaling:groupName', group.name],
      ['aws:ec2launchtemplate:id', group.template.id],
      ['aws:ec2launchtemplate:version', String(version.number)],
    ]),
    protectedFromTermination: false,
    broken: false,
    downUntil: 0,
  })
  group.members.set(id, {
    id,
    lifecycle: 'InService',
    health: 'Healthy',
    zone: subnet.zone,
    type,
    template: { id: group.template.id, name: group.template.name, version: version.number },
    protected: false,
    joinedAt: launchedAt,
    inServiceAt: launchedAt,
    graceUntil: launchedAt,
    waits: [],
  })
  targetGroup.targets.set(targetKey(id, 80), { instance: id, port: 80, state: 'healthy', generation: 0 })
}
