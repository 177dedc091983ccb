import type { CreateAutoScalingGroupType, UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import { validationError } from '../wire/error'
import type { Group } from './state'
import type { World } from '../world'
import { attachSources } from './attachments'
import { stamp } from './common'
import { putHook } from './hooks'
import { configurationSource } from './launch-configurations'
import { maintenanceOf } from './maintenance'
import { mixedSource } from './mixed'
import { referenceOf, resolve } from './template'
import type { LaunchSource } from './launch-source'

const knownPolicies = new Set([
  'Default',
  'OldestInstance',
  'NewestInstance',
  'OldestLaunchTemplate',
  'OldestLaunchConfiguration',
  'ClosestToNextInstanceHour',
  'AllocationStrategy',
])

/** Puts a group into the world, with the API's defaults. Throws Auto Scaling's errors. */
export function createGroup(sim: Simulation, input: CreateAutoScalingGroupType): Group {
  const { world } = sim
  const name = input.AutoScalingGroupName ?? ''
  const min = input.MinSize ?? 0
  const max = input.MaxSize ?? 0
  const desired = input.DesiredCapacity ?? min
  if (min > max)
    throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`)
  checkBounds(desired, min, max)
  const template = sourceOf(world, input, sim.now)
  if (!template)
    throw validationError(
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    )
  if (!input.VPCZoneIdentifier)
    throw validationError('At least one Availability Zone or VPC Subnet is required.')
  checkPolicies(input.TerminationPolicies)
  const maintenance = input.InstanceMaintenancePolicy && maintenanceOf(input.InstanceMaintenancePolicy)
  const subnets = subnetsOf(world, input.VPCZoneIdentifier)
  refuseForeignGroups(world, template, subnets)
  const group: Group = {
    name,
    arn: `arn:aws:autoscaling:${world.region}:${world.account}:autoScalingGroup:${sim.uuid()}:autoScalingGroupName/${name}`,
    createdAt: sim.now,
    min,
    max,
    desired,
    cooldown: 300,
    healthCheckType: 'EC2',
    grace: 0,
    template,
    echoed: {},
    subnets,
    attachments: [],
    tags: new Map(
      (input.Tags ?? []).map((tag) => [
        tag.Key ?? '',
        { value: tag.Value ?? '', propagate: tag.PropagateAtLaunch ?? false },
      ]),
    ),
    suspended: new Map(),
    terminationPolicies: policiesOf(input.TerminationPolicies),
    protectNew: false,
    capacityRebalance: false,
    metrics: new Set(),
    maintenance: maintenance && !maintenance.cleared ? maintenance : undefined,
    hooks: new Map(),
    policies: new Map(),
    schedules: new Map(),
    members: new Map(),
    activities: [],
    refreshes: [],
    intent:
      `At ${stamp(sim.now)} a user request created an AutoScalingGroup changing the desired capacity ` +
      `from 0 to ${desired}.`,
    scaledAt: 0,
    launchFailures: 0,
    launchAgainAt: 0,
    deleting: false,
  }
  changeFields(group, input)
  const arns = input.TargetGroupARNs ?? []
  attachSources(sim, group, [
    ...arns.map((Identifier) => ({ Identifier })),
    ...(input.LoadBalancerNames ?? []).map((Identifier) => ({ Identifier, Type: 'elb' })),
    ...(input.TrafficSources ?? []),
  ])
  for (const hook of input.LifecycleHookSpecificationList ?? []) putHook(group, hook)
  world.groups.set(name, group)
  sim.emit('group', group)
  return group
}

/** aws: the words of mludvig/aws-ethereum-miner#12. */
function refuseForeignGroups(world: World, template: LaunchSource, subnets: readonly string[]): void {
  const vpcs = new Set(subnets.map((id) => world.subnets.get(id)?.vpc))
  const groups = resolve(world, template)?.data.SecurityGroupIds ?? []
  if (groups.some((id) => !vpcs.has(world.securityGroups.get(id)?.vpc ?? '')))
    throw validationError(
      'One or more security groups in the launch template are not linked to the VPCs configured in the Auto Scaling group',
    )
}

type Fields = CreateAutoScalingGroupType | UpdateAutoScalingGroupType

/** What a call says that the group launches from; none where it says nothing of it. */
export function sourceOf(
  world: World,
  input: Fields,
  now: number,
  before?: LaunchSource,
): LaunchSource | undefined {
  if (input.MixedInstancesPolicy) return mixedSource(world, input.MixedInstancesPolicy, now, before)
  if (input.LaunchTemplate) return referenceOf(world, input.LaunchTemplate, now)
  return input.LaunchConfigurationName === undefined
    ? undefined
    : configurationSource(world, input.LaunchConfigurationName)
}

const echoed = [
  'PlacementGroup',
  'Context',
  'AvailabilityZoneDistribution',
  'AvailabilityZoneImpairmentPolicy',
  'CapacityReservationSpecification',
  'InstanceLifecyclePolicy',
  'DeletionProtection',
  'ServiceLinkedRoleARN',
] as const

export function changeFields(group: Group, input: Fields): void {
  if (input.DefaultCooldown !== undefined) group.cooldown = input.DefaultCooldown
  if (input.HealthCheckType !== undefined) group.healthCheckType = input.HealthCheckType
  if (input.HealthCheckGracePeriod !== undefined) group.grace = input.HealthCheckGracePeriod
  if (input.DefaultInstanceWarmup !== undefined)
    group.defaultWarmup = input.DefaultInstanceWarmup < 0 ? undefined : input.DefaultInstanceWarmup
  if (input.NewInstancesProtectedFromScaleIn !== undefined)
    group.protectNew = input.NewInstancesProtectedFromScaleIn
  if (input.CapacityRebalance !== undefined) group.capacityRebalance = input.CapacityRebalance
  if (input.MaxInstanceLifetime !== undefined) group.maxInstanceLifetime = input.MaxInstanceLifetime
  if (input.DesiredCapacityType !== undefined) group.capacityType = input.DesiredCapacityType
  for (const name of echoed)
    if (input[name] !== undefined) group.echoed = { ...group.echoed, [name]: input[name] }
}

export function checkBounds(desired: number, min: number, max: number): void {
  if (desired < min || desired > max)
    throw validationError(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    )
}

export function checkPolicies(policies: readonly string[] | undefined): void {
  for (const policy of policies ?? [])
    if (!knownPolicies.has(policy) && !policy.startsWith('arn:'))
      throw validationError(
        `Termination policy type ${policy} is not correct. Allowed types are: ${[...knownPolicies].join(', ')}`,
      )
}

export const policiesOf = (policies: readonly string[] | undefined) =>
  policies?.length ? [...policies] : ['Default']

export function subnetsOf(world: World, identifier: string): string[] {
  const ids = identifier
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  for (const id of ids)
    if (!world.subnets.has(id)) throw validationError(`The subnet ID '${id}' does not exist`)
  return ids
}
