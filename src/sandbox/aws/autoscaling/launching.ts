import { type LaunchOrder, launchInstance, securityGroupsOf } from '../ec2/launch'
import { templateTags } from '../ec2/template-lookup'
import type { Simulation } from '../engine/simulation'
import { AwsError } from '../wire/error'
import type { Group, Member } from './state'
import type { Instance, TemplateVersion } from '../ec2/state'
import { beginActivity, endActivity } from './activities'
import { registerMember } from './attachments'
import { capacityOf, countByZone, stamp } from './common'
import { launchReference, resolve } from './template'
import { holdForHooks } from './waits'

const longestBackoff = 600_000

/** What another zone may not lack (EC2 Auto Scaling user guide, "Instance distribution"). */
const zonal = new Set(['InsufficientInstanceCapacity', 'InsufficientFreeAddressesInSubnet'])

/**
 * Launches one instance into the zone that has fewest, and into the next one where AWS has no capacity there.
 * Failures show in the scaling activities only; the group tries again later. `why` is the second half of the cause.
 */
export function launchMember(sim: Simulation, group: Group, why: string): Member | undefined {
  const reference = launchReference(group)
  const version = resolve(sim.world, reference)
  for (const subnet of subnetsByNeed(sim, group)) {
    const cause = [group.intent, why].filter((part) => part !== '').join('  ')
    try {
      if (!version)
        throw new AwsError(
          'ValidationError',
          `The launch template version of ${reference.name} does not exist.`,
        )
      const instance = launchInstance(sim, orderOf(group, version, subnet))
      group.launchFailures = 0
      return join(sim, group, instance, reference, version, cause)
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      failLaunch(sim, group, subnet, cause, error)
      if (!zonal.has(error.code)) break
    }
  }
  group.launchFailures += 1
  const backoff = Math.min(longestBackoff, 30_000 * 2 ** (group.launchFailures - 1))
  group.launchAgainAt = sim.now + backoff
  sim.at(group.launchAgainAt, () => sim.emit('group', group))
  return undefined
}

/** The group's subnets, those of the zones with fewest members first. */
function subnetsByNeed(sim: Simulation, group: Group): string[] {
  const perZone = countByZone(capacityOf(group))
  const need = (subnet: string) => perZone.get(sim.world.subnets.get(subnet)?.zone ?? '') ?? 0
  return group.subnets.toSorted((a, b) => need(a) - need(b))
}

function orderOf(group: Group, version: TemplateVersion, subnet: string): LaunchOrder {
  const { data } = version
  const propagated = [...group.tags].filter(([, tag]) => tag.propagate)
  return {
    imageId: data.ImageId ?? '',
    type: data.InstanceType ?? 't2.micro',
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

function join(
  sim: Simulation,
  group: Group,
  instance: Instance,
  reference: { readonly id: string; readonly name: string },
  version: TemplateVersion,
  cause: string,
): Member {
  instance.tags.set('aws:ec2launchtemplate:id', reference.id)
  const activity = beginActivity(sim, group, {
    description: `Launching a new EC2 instance: ${instance.id}`,
    cause,
    status: 'PreInService',
    progress: 30,
    subnet: instance.subnet,
  })
  const member: Member = {
    id: instance.id,
    lifecycle: 'Pending',
    health: 'Healthy',
    zone: instance.zone,
    type: instance.type,
    template: { id: reference.id, name: reference.name, version: version.number },
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

/** A pending member's instance runs: hooks hold it, or it comes into service. */
export function memberRuns(sim: Simulation, group: Group, member: Member): void {
  if (!holdForHooks(sim, group, member, 'autoscaling:EC2_INSTANCE_LAUNCHING'))
    comeIntoService(sim, group, member)
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
    sim.emit('member', group, member)
  })
}

/** "an instance was started in response to a difference between desired and actual capacity, …" */
export const startedWords = (sim: Simulation, from: number) =>
  `At ${stamp(sim.now)} an instance was started in response to a difference between desired and actual capacity, ` +
  `increasing the capacity from ${from} to ${from + 1}.`
