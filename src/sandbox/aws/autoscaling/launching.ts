import { type LaunchOrder, launchInstance, securityGroupsOf } from '../ec2/launch'
import { imageOf } from '../ec2/parameters'
import { templateTags } from '../ec2/template-lookup'
import type { Simulation } from '../engine/simulation'
import { AwsError } from '../wire/error'
import type { Group, Member } from './state'
import type { Instance, TemplateVersion } from '../ec2/state'
import { beginActivity, endActivity } from './activities'
import { watchLifetime } from './lifetime'
import { registerMember } from './attachments'
import { capacityOf, countByZone, isWarmed, stamp, warmMembers } from './common'
import { choicesOf, nextIsSpot, type Choice, weightFor } from './mixed'
import { launchSource, resolve } from './template'
import { holdForHooks } from './waits'
import { rest } from './warm-rest'
import type { LaunchSource } from './launch-source'

const longestBackoff = 600_000

/** What another zone may not lack (EC2 Auto Scaling user guide, "Instance distribution"). */
const zonal = new Set(['InsufficientInstanceCapacity', 'InsufficientFreeAddressesInSubnet'])

/** Where an instance that is launched goes: into the group itself or into its warm pool. */
type Into = 'group' | 'warm pool'

/**
 * Launches one instance into the zone that has fewest, and into the next one where AWS has no capacity there; of a mixed
 * instances policy by the first override that can be launched. Failures show in the scaling activities only; the group
 * tries again later. `why` is the second half of the cause.
 */
export function launchMember(
  sim: Simulation,
  group: Group,
  why: string,
  into: Into = 'group',
): Member | undefined {
  const source = launchSource(group)
  const cause = [group.intent, why].filter((part) => part !== '').join('  ')
  const subnets = subnetsByNeed(sim, group, into === 'group' ? capacityOf(group) : warmMembers(group))
  for (const choice of choicesOf(source)) {
    for (const subnet of subnets) {
      try {
        const member = launchChoice(sim, { group, source, choice, subnet, cause, into })
        group.launchFailures = 0
        return member
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        failLaunch(sim, group, subnet, cause, error)
        if (zonal.has(error.code)) continue
        return backOff(sim, group)
      }
    }
  }
  return backOff(sim, group)
}

interface Launch {
  readonly group: Group
  readonly source: LaunchSource
  readonly choice: Choice
  readonly subnet: string
  readonly cause: string
  readonly into: Into
}

function launchChoice(sim: Simulation, launch: Launch): Member {
  const { group, choice, subnet } = launch
  const source = choice.override.template ?? launch.source
  const version = resolve(sim.world, source)
  if (!version)
    throw new AwsError('ValidationError', `The launch template version of ${source.name} does not exist.`)
  const spot = nextIsSpot(group, launch.source) || version.data.InstanceMarketOptions?.MarketType === 'spot'
  const order = { ...orderOf(sim, group, version, subnet, choice), spot }
  return join(sim, { ...launch, source }, launchInstance(sim, order), version)
}

/** A launch that failed is tried again later, ever later. */
function backOff(sim: Simulation, group: Group): undefined {
  group.launchFailures += 1
  const backoff = Math.min(longestBackoff, 30_000 * 2 ** (group.launchFailures - 1))
  group.launchAgainAt = sim.now + backoff
  sim.at(group.launchAgainAt, () => sim.emit('group', group))
  return undefined
}

/** The group's subnets, those of the zones first where fewest are beside whom an instance is launched. */
function subnetsByNeed(sim: Simulation, group: Group, beside: readonly Member[]): string[] {
  const perZone = countByZone(beside)
  const need = (subnet: string) => perZone.get(sim.world.subnets.get(subnet)?.zone ?? '') ?? 0
  return group.subnets.toSorted((a, b) => need(a) - need(b))
}

function orderOf(
  sim: Simulation,
  group: Group,
  version: TemplateVersion,
  subnet: string,
  { override, type }: Choice,
): LaunchOrder {
  const { data } = version
  const propagated = [...group.tags].filter(([, tag]) => tag.propagate)
  return {
    imageId: imageOf(sim.world, override.image ?? data.ImageId ?? ''),
    devices: data.BlockDeviceMappings ?? [],
    type: type ?? data.InstanceType ?? 't2.micro',
    subnet,
    securityGroups: securityGroupsOf(data),
    keyName: data.KeyName,
    group: group.name,
    tags: new Map([
      ...templateTags(version, 'instance'),
      ...propagated.map(([key, tag]): [string, string] => [key, tag.value]),
      ['aws:autoscaling:groupName', group.name],
      ['aws:ec2launchtemplate:version', String(version.number)],
    ]),
  }
}

function join(sim: Simulation, launch: Launch, instance: Instance, version: TemplateVersion): Member {
  const { group, source, choice, cause, into } = launch
  if (source.configuration === undefined) instance.tags.set('aws:ec2launchtemplate:id', source.id)
  const activity = beginActivity(sim, group, {
    // aws: "View health check status and the reason for health check failures" (warm pools) has both descriptions.
    description: `Launching a new EC2 instance${into === 'group' ? '' : ' into warm pool'}: ${instance.id}`,
    cause,
    status: 'PreInService',
    progress: 30,
    subnet: instance.subnet,
  })
  const member: Member = {
    id: instance.id,
    lifecycle: into === 'group' ? 'Pending' : 'Warmed:Pending',
    health: 'Healthy',
    zone: instance.zone,
    type: instance.type,
    template:
      source.configuration === undefined
        ? { id: source.id, name: source.name, version: version.number }
        : undefined,
    configuration: source.configuration,
    weight: weightFor(group, choice.override, instance.type),
    spot: instance.spot,
    protected: group.protectNew,
    joinedAt: sim.now,
    graceUntil: 0,
    activity: activity.id,
    waits: [],
  }
  group.members.set(member.id, member)
  return member
}

function failLaunch(sim: Simulation, group: Group, subnet: string, cause: string, error: AwsError): void {
  const message = `${error.message} Launching EC2 instance failed.`
  const activity = beginActivity(sim, group, {
    description: `Launching a new EC2 instance.  Status Reason: ${message}`,
    cause,
    status: 'InProgress',
    progress: 0,
    subnet,
  })
  endActivity(sim, group, activity.id, 'Failed', message)
}

/** A pending member's instance runs: hooks hold it, or it comes into service, or rests in the warm pool. */
export function memberRuns(sim: Simulation, group: Group, member: Member): void {
  if (!holdForHooks(sim, group, member, 'autoscaling:EC2_INSTANCE_LAUNCHING'))
    memberProceeds(sim, group, member)
}

/** Nothing holds a launched member any more. */
export function memberProceeds(sim: Simulation, group: Group, member: Member): void {
  if (isWarmed(member)) rest(sim, group, member)
  else comeIntoService(sim, group, member)
}

/**
 * An instance that ends while it is pending: AWS marks its launch Cancelled and launches another one at once
 * (terraform-aws-modules/terraform-aws-autoscaling#109, cloudcaptainsh/cloudcaptain#204: AWS's words).
 */
export function launchDied(sim: Simulation, group: Group, member: Member): void {
  const reason = sim.world.instances.get(member.id)?.stateReason?.message ?? ''
  cancelLaunch(
    sim,
    group,
    member,
    `Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: ${reason}`,
  )
}

/** Ends a launch as Cancelled; its description names the reason as its message does. */
export function cancelLaunch(sim: Simulation, group: Group, member: Member, message: string): void {
  const activity = group.activities.findLast(({ id }) => id === member.activity)
  if (activity && activity.endedAt === undefined)
    activity.description = `${activity.description}.  Status Reason: ${message}`
  endActivity(sim, group, member.activity, 'Cancelled', message)
}

/** Registers a pending member with the group's target groups; it is in service a moment later, healthy or not. */
export function comeIntoService(sim: Simulation, group: Group, member: Member): void {
  registerMember(sim, group, member)
  sim.after(sim.draw('registration'), () => {
    if (!member.lifecycle.startsWith('Pending')) return
    member.lifecycle = 'InService'
    member.inServiceAt = sim.now
    member.graceUntil = sim.now + group.grace * 1000
    endActivity(sim, group, member.activity)
    watchLifetime(sim, group, [member])
    sim.emit('member', group, member)
  })
}

/** "an instance was started in response to a difference between desired and actual capacity, …" */
export const startedWords = (sim: Simulation, from: number) =>
  `At ${stamp(sim.now)} an instance was started in response to a difference between desired and actual capacity, ` +
  `increasing the capacity from ${from} to ${from + 1}.`
