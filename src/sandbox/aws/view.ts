import type { FleetView, GroupView, InstanceView, SecurityGroupView, TargetGroupView } from '../protocol'
import { activeRefresh, resolve } from './autoscaling/template'
import { capacityOf, membership, unitsOf, warmMembers } from './autoscaling/common'
import { progressOf } from './ec2/snapshots'
import { forwards } from './elbv2/routing'
import type { Group } from './autoscaling/state'
import type { Image, Instance, SecurityGroup, SecurityGroupRule } from './ec2/state'
import type { TargetGroup } from './elbv2/state'
import type { World } from './world'
import type { Tags } from './tag-map'

/** The fleet as the page shows it. */
export function fleetView(world: World, now: number, speed: number): FleetView {
  const routes = forwards(world)
  return {
    now,
    speed,
    loadBalancers: [...world.loadBalancers.values()].map((one) => ({
      arn: one.arn,
      name: one.shape.LoadBalancerName ?? '',
      dns: one.shape.DNSName ?? '',
      state: one.state,
      targetGroups: [
        ...new Set(
          routes.filter((route) => route.loadBalancer === one.arn).map((route) => route.targetGroup),
        ),
      ],
    })),
    targetGroups: [...world.targetGroups.values()].map((one) => targetGroupView(one, routes)),
    groups: [...world.groups.values()].map((group) => groupView(world, group)),
    securityGroups: [...world.securityGroups.values()]
      .filter(({ name }) => name !== 'default')
      .map((group) => securityGroupView(world, group)),
    instances: [...world.instances.values()].map((instance) => instanceView(world, instance)),
    images: [...world.images.values()].map((image) => imageView(world, image, now)),
    templates: [...world.templates.values()].map((template) => ({
      id: template.id,
      name: template.name,
      default: template.default,
      latest: template.latest,
      versions: [...template.versions.values()].map((version) => ({
        number: version.number,
        createdAt: version.createdAt,
        ...maybe('imageId', version.data.ImageId),
        ...maybe('imageName', world.images.get(version.data.ImageId ?? '')?.name),
        ...maybe('description', version.description),
      })),
    })),
    schedules: [...world.groups.values()].flatMap((group) =>
      [...group.schedules.values()].map((action) => ({
        group: group.name,
        name: action.name,
        ...maybe('start', action.start),
        ...maybe('end', action.end),
        ...maybe('recurrence', action.recurrence),
        ...maybe('timezone', action.timezone),
        ...maybe('min', action.min),
        ...maybe('max', action.max),
        ...maybe('desired', action.desired),
      })),
    ),
  }
}

function maybe<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
}

const plain = (tags: Tags): Record<string, string> => Object.fromEntries(tags)

function targetGroupView(one: TargetGroup, routes: ReturnType<typeof forwards>): TargetGroupView {
  const own = routes.filter((route) => route.targetGroup === one.arn)
  return {
    arn: one.arn,
    name: one.name,
    inUse: own.length > 0,
    ...maybe('weight', own[0]?.weight),
    drainSeconds: Number(one.attributes.get('deregistration_delay.timeout_seconds')),
    targets: [...one.targets.values()].map((target) => ({
      instance: target.instance,
      port: target.port,
      state: target.state,
      ...maybe('reason', target.reason),
    })),
  }
}

const securityGroupView = (world: World, group: SecurityGroup): SecurityGroupView => ({
  id: group.id,
  name: group.name,
  description: group.description,
  vpc: group.vpc,
  waysIn: group.rules.filter(({ egress }) => !egress).map((rule) => wayIn(world, rule)),
  heldByDeleted: [...world.interfaces.values()].filter(
    ({ status, securityGroups }) => status === 'available' && securityGroups.includes(group.id),
  ).length,
})

function wayIn(world: World, { protocol, from, to, peer }: SecurityGroupRule): string {
  const ports = from === to ? `${from}` : `${from}–${to}`
  const anywhere = peer === '0.0.0.0/0' || peer === '::/0'
  const source = anywhere ? 'anywhere' : (world.securityGroups.get(peer)?.name ?? peer)
  return `${protocol === '-1' ? 'all' : ports} from ${source}`
}

function groupView(world: World, group: Group): GroupView {
  const refresh = activeRefresh(group) ?? group.refreshes.at(-1)
  return {
    name: group.name,
    min: group.min,
    desired: group.desired,
    max: group.max,
    cooldown: group.cooldown,
    templateName: group.template.name,
    templatePin: group.template.version ?? '$Default',
    ...maybe('mixed', group.template.mixed && true),
    ...maybe('units', group.template.mixed && unitsOf(capacityOf(group))),
    ...maybe('warm', group.warmPool && warmMembers(group).length),
    ...maybe('templateVersion', resolve(world, group.template)?.number),
    suspended: [...group.suspended.keys()],
    terminationPolicies: group.terminationPolicies,
    targetGroups: group.attachments.map((attachment) => attachment.arn),
    tags: Object.fromEntries([...group.tags].map(([key, tag]) => [key, tag.value])),
    ...maybe(
      'refresh',
      refresh && {
        id: refresh.id,
        status: refresh.status,
        percent: refresh.percent,
        ...maybe('reason', refresh.reason),
      },
    ),
    instances: [...group.members.keys()],
  }
}

function instanceView(world: World, instance: Instance): InstanceView {
  const member = membership(world, instance.id)
  return {
    id: instance.id,
    imageId: instance.imageId,
    state: instance.state,
    zone: instance.zone,
    type: instance.type,
    launchedAt: instance.launchedAt,
    tags: plain(instance.tags),
    ...maybe('imageName', world.images.get(instance.imageId)?.name),
    ...maybe('group', member?.group.name),
    ...maybe('lifecycle', member?.member.lifecycle),
    ...maybe('weight', member && member.member.weight > 1 ? member.member.weight : undefined),
    ...maybe('waitsFor', member?.member.waits[0]?.hook),
    ...maybe('healthStatus', member?.member.health),
    ...maybe('protectedFromScaleIn', member?.member.protected),
    ...maybe('templateVersion', member?.member.template?.version),
  }
}

function imageView(world: World, image: Image, now: number) {
  const snapshot = world.snapshots.get(image.snapshots[0] ?? '')
  return {
    id: image.id,
    name: image.name,
    state: image.state,
    createdAt: image.createdAt,
    tags: plain(image.tags),
    ...maybe('percent', image.state === 'pending' && snapshot ? progressOf(snapshot, now) : undefined),
  }
}
