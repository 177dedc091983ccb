import { deregisterTarget, registerTarget } from '../elbv2/target-health'
import type { TrafficSourceIdentifier } from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group, Member } from './state'
import type { TargetGroup } from '../elbv2/state'
import { asgPage, groupOf, isSuspended } from './common'
import { activeRefresh } from './template'

const mostPerCall = 10

export const attachmentHandlers = {
  AttachLoadBalancerTargetGroups(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    refuseDuringRefresh(group)
    attachSources(
      sim,
      group,
      input.TargetGroupARNs.map((Identifier) => ({ Identifier })),
    )
    return {}
  },

  DetachLoadBalancerTargetGroups(sim, input) {
    detach(sim, groupOf(sim.world, input.AutoScalingGroupName), input.TargetGroupARNs)
    return {}
  },

  DescribeLoadBalancerTargetGroups({ world }, input) {
    const group = groupOf(world, input.AutoScalingGroupName)
    const { items, next } = asgPage(
      group.attachments.filter((one) => one.type === 'elbv2' && !one.source),
      input,
      100,
      100,
    )
    return {
      LoadBalancerTargetGroups: items.map(({ arn, state }) => ({
        LoadBalancerTargetGroupARN: arn,
        State: state,
      })),
      NextToken: next,
    }
  },

  AttachLoadBalancers(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    refuseDuringRefresh(group)
    attachSources(
      sim,
      group,
      input.LoadBalancerNames.map((Identifier) => ({ Identifier, Type: 'elb' })),
    )
    return {}
  },

  DetachLoadBalancers(sim, input) {
    detach(sim, groupOf(sim.world, input.AutoScalingGroupName), input.LoadBalancerNames)
    return {}
  },

  DescribeLoadBalancers({ world }, input) {
    const group = groupOf(world, input.AutoScalingGroupName)
    const { items, next } = asgPage(
      group.attachments.filter(({ type }) => type === 'elb'),
      input,
      100,
      100,
    )
    return {
      LoadBalancers: items.map(({ arn, state }) => ({ LoadBalancerName: arn, State: state })),
      NextToken: next,
    }
  },

  AttachTrafficSources(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    refuseDuringRefresh(group)
    attachSources(sim, group, input.TrafficSources, true)
    return {}
  },

  DetachTrafficSources(sim, input) {
    const arns = input.TrafficSources.map((source) => source.Identifier ?? '')
    detach(sim, groupOf(sim.world, input.AutoScalingGroupName), arns)
    return {}
  },

  DescribeTrafficSources({ world }, input) {
    const group = groupOf(world, input.AutoScalingGroupName)
    const { items, next } = asgPage(group.attachments, input, 50, 50)
    return {
      TrafficSources: items.map(({ arn, state, type }) => ({
        Identifier: arn,
        TrafficSource: arn,
        State: state,
        Type: type,
      })),
      NextToken: next,
    }
  },
} satisfies AutoScalingHandlers

/** The type of a traffic source; where it is left out, what its identifier says (API reference, TrafficSourceIdentifier). */
function typeOf({ Identifier = '', Type }: TrafficSourceIdentifier): Group['attachments'][number]['type'] {
  if (Type === 'elb' || Type === 'elbv2' || Type === 'vpc-lattice') return Type
  if (Type !== undefined) throw validationError(`The traffic source type ${Type} is not valid.`)
  if (Identifier.includes(':vpc-lattice:')) return 'vpc-lattice'
  return Identifier.startsWith('arn:') ? 'elbv2' : 'elb'
}

/**
 * Adds target groups and other traffic sources to a group; its instances in service are registered with the target
 * groups. Classic Load Balancers and VPC Lattice have no API here: their attachments are members of the group alone.
 */
export function attachSources(
  sim: Simulation,
  group: Group,
  sources: readonly TrafficSourceIdentifier[],
  asSource = false,
): void {
  if (sources.length > mostPerCall)
    throw validationError(`At most ${mostPerCall} target groups can be attached in one call`)
  for (const source of sources)
    if (typeOf(source) === 'elbv2' && !sim.world.targetGroups.has(source.Identifier ?? ''))
      throw validationError(
        `Provided Target Groups may not be valid. Please ensure they exist and try again.`,
      )
  for (const source of sources) {
    const { Identifier: arn = '' } = source
    if (group.attachments.some((attachment) => attachment.arn === arn)) continue
    const attachment: Group['attachments'][number] = {
      arn,
      type: typeOf(source),
      state: 'Adding',
      ...(asSource ? { source } : {}),
    }
    group.attachments.push(attachment)
    sim.after(sim.draw('attachment'), () => {
      if (attachment.state === 'Adding') attachment.state = 'Added'
      const targetGroup = sim.world.targetGroups.get(arn)
      if (targetGroup && !isSuspended(group, 'AddToLoadBalancer'))
        for (const member of group.members.values())
          if (member.lifecycle === 'InService') registerTarget(sim, targetGroup, member.id)
      settleAttachment(sim, group)
    })
  }
}

/** An attachment is in service once ELB health counts and one of the group's instances is healthy there. */
export function settleAttachment(sim: Simulation, group: Group): void {
  if (!group.healthCheckType.includes('ELB')) return
  for (const attachment of group.attachments) {
    if (attachment.state !== 'Added') continue
    const targets = sim.world.targetGroups.get(attachment.arn)?.targets.values() ?? []
    for (const target of targets)
      if (target.state === 'healthy' && group.members.has(target.instance)) attachment.state = 'InService'
  }
}

function detach(sim: Simulation, group: Group, arns: readonly string[]): void {
  for (const arn of arns) {
    const attachment = group.attachments.find((one) => one.arn === arn)
    if (!attachment)
      throw validationError(`Trying to remove Target Groups that are not part of the group: ${arn}`)
    attachment.state = 'Removing'
    const targetGroup = sim.world.targetGroups.get(arn)
    for (const [key, target] of targetGroup?.targets ?? [])
      if (targetGroup && group.members.has(target.instance)) deregisterTarget(sim, targetGroup, key)
    group.attachments = group.attachments.filter((one) => one !== attachment)
  }
}

function refuseDuringRefresh(group: Group): void {
  if (activeRefresh(group))
    throw new AwsError(
      'InstanceRefreshInProgress',
      'An instance refresh is in progress for this Auto Scaling group.',
    )
}

/** The target groups that a group registers its instances with. */
const targetGroupsOf = (sim: Simulation, group: Group): TargetGroup[] =>
  group.attachments
    .map((attachment) => sim.world.targetGroups.get(attachment.arn))
    .filter((one) => one !== undefined)

export function registerMember(sim: Simulation, group: Group, member: Member): void {
  if (isSuspended(group, 'AddToLoadBalancer')) return
  for (const targetGroup of targetGroupsOf(sim, group)) registerTarget(sim, targetGroup, member.id)
}

/** Takes an instance out of all target groups of its group, and calls back when none drains any more. */
export function deregisterMember(sim: Simulation, group: Group, member: Member, done: () => void): void {
  const here = targetGroupsOf(sim, group)
  for (const targetGroup of here)
    for (const [key, target] of targetGroup.targets)
      if (target.instance === member.id) deregisterTarget(sim, targetGroup, key)
  const drains = here.some((targetGroup) =>
    [...targetGroup.targets.values()].some((target) => target.instance === member.id),
  )
  if (!drains) {
    done()
    return
  }
  const longest = Math.max(
    ...here.map((one) => Number(one.attributes.get('deregistration_delay.timeout_seconds') ?? 300) * 1000),
  )
  sim.after(longest, done)
}
