import type { CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import { createGroup } from './autoscaling/group-creation'
import { groupMetrics } from './autoscaling/groups'
import { unitsOf } from './autoscaling/common'
import { choicesOf, weightFor } from './autoscaling/mixed'
import { resolve } from './autoscaling/template'
import { imageOf } from './ec2/parameters'
import { templateTags } from './ec2/template-lookup'
import { createListener } from './elbv2/listeners'
import { createLoadBalancer } from './elbv2/load-balancers'
import { storedActions } from './elbv2/routing'
import { createTargetGroup } from './elbv2/target-groups'
import { targetKey } from './elbv2/target-health'
import type { Simulation } from './engine/simulation'
import { ids, vpc } from './seed-network'
import type { Group } from './autoscaling/state'
import type { Image, Template } from './ec2/state'
import type { TargetGroup } from './elbv2/state'

const day = 86_400_000

/** An image that has been there for a month, with its snapshot. */
export function seedImage(
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
    permissions: new Set(),
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

/** A template with one version, its default. */
export function seedTemplate(
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
export function seedBalancer(sim: Simulation, name: string, targetGroupName: string): TargetGroup {
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
export function seedGroup(
  sim: Simulation,
  targetGroup: TargetGroup | undefined,
  wanted: Omit<CreateAutoScalingGroupType, 'VPCZoneIdentifier'>,
): Group {
  const group = createGroup(sim, {
    VPCZoneIdentifier: [ids.privateA, ids.privateC].join(','),
    HealthCheckType: targetGroup ? 'EC2,ELB' : 'EC2',
    HealthCheckGracePeriod: 300,
    DefaultCooldown: 300,
    ...wanted,
  })
  if (targetGroup) group.attachments.push({ arn: targetGroup.arn, type: 'elbv2', state: 'InService' })
  group.intent = ''
  for (const metric of groupMetrics) group.metrics.add(metric)
  for (let count = 0; unitsOf(group.members.values()) < group.desired; count += 1)
    seedInstance(sim, group, targetGroup, count % 2 === 0 ? ids.privateA : ids.privateC)
  return group
}

function seedInstance(
  sim: Simulation,
  group: Group,
  targetGroup: TargetGroup | undefined,
  subnetId: string,
): void {
  const { world } = sim
  const [choice] = choicesOf(group.template)
  const source = choice?.override.template ?? group.template
  const version = resolve(world, source)
  const subnet = world.subnets.get(subnetId)
  if (!version || !subnet) throw new Error('The seed names a template or a subnet that it does not have')
  const id = sim.newId('i')
  const launchedAt = sim.now - 7 * day
  const type = choice?.type ?? version.data.InstanceType ?? 't2.micro'
  world.instances.set(id, {
    id,
    state: 'running',
    imageId: imageOf(world, choice?.override.image ?? version.data.ImageId ?? ''),
    type,
    subnet: subnet.id,
    vpc: subnet.vpc,
    zone: subnet.zone,
    privateIp: subnet.cidr.replace(/0\/24$/, String(10 + group.members.size)),
    volume: sim.newId('vol'),
    devices: [],
    spot: false,
    securityGroups: version.data.SecurityGroupIds ?? [],
    launchedAt,
    visibleAt: launchedAt,
    tags: new Map([
      ...templateTags(version, 'instance'),
      ...[...group.tags].map(([key, tag]): [string, string] => [key, tag.value]),
      ['aws:autoscaling:groupName', group.name],
      ['aws:ec2launchtemplate:id', source.id],
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
    template: { id: source.id, name: source.name, version: version.number },
    weight: choice ? weightFor(group, choice.override, type) : 1,
    spot: false,
    protected: group.protectNew,
    joinedAt: launchedAt,
    inServiceAt: launchedAt,
    graceUntil: launchedAt,
    waits: [],
  })
  targetGroup?.targets.set(targetKey(id, 80), { instance: id, port: 80, state: 'healthy', generation: 0 })
}
