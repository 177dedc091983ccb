import type { UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group } from './state'
import { groupOf, isLeaving, stamp } from './common'
import { setDesired, userRequest } from './desired'
import {
  changeFields,
  checkBounds,
  checkPolicies,
  createGroup,
  policiesOf,
  sourceOf,
  subnetsOf,
} from './group-creation'
import { watchLifetime } from './lifetime'
import { maintenanceOf } from './maintenance'
import { reweigh } from './mixed'
import { activeRefresh } from './template'
import { removeGroup } from './terminating'

const nameRule = /^[!-9;-~]{1,255}$/

export const groupHandlers = {
  CreateAutoScalingGroup(sim, input) {
    if (!nameRule.test(input.AutoScalingGroupName))
      throw validationError(
        `Value '${input.AutoScalingGroupName}' at 'autoScalingGroupName' is not a valid name`,
      )
    if (sim.world.groups.has(input.AutoScalingGroupName))
      throw new AwsError(
        'AlreadyExists',
        `AutoScalingGroup by this name already exists - A group with the name ${input.AutoScalingGroupName} already exists`,
      )
    createGroup(sim, input)
    return {}
  },

  /** What is not named stays. Sizes are brought into line: a minimum above desired raises it, a maximum below lowers it. */
  UpdateAutoScalingGroup(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    refuseDeleting(group)
    const launches = input.LaunchTemplate ?? input.MixedInstancesPolicy ?? input.LaunchConfigurationName
    if (launches !== undefined && activeRefresh(group)?.desiredConfiguration)
      throw validationError(
        'An active instance refresh with a desired configuration exists. All configuration options derived from the desired configuration are not available for update while the instance refresh is active.',
      )
    const template = sourceOf(sim.world, input, sim.now, group.template)
    const subnets =
      input.VPCZoneIdentifier === undefined ? undefined : subnetsOf(sim.world, input.VPCZoneIdentifier)
    const maintenance = input.InstanceMaintenancePolicy && maintenanceOf(input.InstanceMaintenancePolicy)
    checkPolicies(input.TerminationPolicies)
    const sizes = sizesAfter(group, input)

    group.min = sizes.min
    group.max = sizes.max
    if (template) group.template = template
    if (subnets) group.subnets = subnets
    if (maintenance) group.maintenance = maintenance.cleared ? undefined : maintenance
    if (input.TerminationPolicies) group.terminationPolicies = policiesOf(input.TerminationPolicies)
    changeFields(group, input)
    if (input.MaxInstanceLifetime !== undefined) watchLifetime(sim, group, group.members.values())
    if (template || input.DesiredCapacityType !== undefined) reweigh(group)
    if (sizes.desired !== group.desired)
      setDesired(sim, group, sizes.desired, constraintsIntent(sim, group, sizes))
    sim.emit('group', group)
    return {}
  },

  DeleteAutoScalingGroup(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    if (!input.ForceDelete) {
      if (
        [...group.members.values()].some(isLeaving) ||
        group.activities.some((one) => one.endedAt === undefined)
      )
        throw new AwsError(
          'ScalingActivityInProgress',
          'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.',
        )
      if (group.members.size > 0)
        throw new AwsError(
          'ResourceInUse',
          'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
        )
    }
    group.deleting = true
    group.min = 0
    group.desired = 0
    if (group.members.size === 0) removeGroup(sim, group)
    else sim.emit('group', group)
    return {}
  },

  SetDesiredCapacity(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    refuseDeleting(group)
    if (input.DesiredCapacity > group.max)
      throw validationError(
        `New SetDesiredCapacity value ${input.DesiredCapacity} is above max value ${group.max} for the AutoScalingGroup.`,
      )
    if (input.DesiredCapacity < group.min)
      throw validationError(
        `New SetDesiredCapacity value ${input.DesiredCapacity} is below min value ${group.min} for the AutoScalingGroup.`,
      )
    if (input.HonorCooldown && sim.now < group.scaledAt + group.cooldown * 1000) {
      const last = group.activities.findLast((activity) => activity.status === 'Successful')
      throw new AwsError(
        'ScalingActivityInProgress',
        `Scaling activity ${last?.id ?? ''} is in progress and blocks this action`,
      )
    }
    setDesired(
      sim,
      group,
      input.DesiredCapacity,
      userRequest(sim, 'explicitly set group desired capacity', group.desired, input.DesiredCapacity),
    )
    return {}
  },

  EnableMetricsCollection(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    if (input.Granularity !== '1Minute') throw validationError('Granularity must be 1Minute')
    for (const metric of input.Metrics?.length ? input.Metrics : groupMetrics) group.metrics.add(metric)
    return {}
  },

  DisableMetricsCollection(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    if (input.Metrics?.length) for (const metric of input.Metrics) group.metrics.delete(metric)
    else group.metrics.clear()
    return {}
  },

  DescribeMetricCollectionTypes() {
    return {
      Metrics: groupMetrics.map((Metric) => ({ Metric })),
      Granularities: [{ Granularity: '1Minute' }],
    }
  },

  DescribeAccountLimits({ world }) {
    return {
      MaxNumberOfAutoScalingGroups: 500,
      MaxNumberOfLaunchConfigurations: 200,
      NumberOfAutoScalingGroups: world.groups.size,
      NumberOfLaunchConfigurations: 0,
    }
  },
} satisfies AutoScalingHandlers

export const groupMetrics: readonly string[] = [
  'GroupMinSize',
  'GroupMaxSize',
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupPendingInstances',
  'GroupStandbyInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
]

interface Sizes {
  readonly min: number
  readonly max: number
  readonly desired: number
}

function sizesAfter(group: Group, input: UpdateAutoScalingGroupType): Sizes {
  const min = input.MinSize ?? group.min
  const max = input.MaxSize ?? group.max
  if (min > max)
    throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`)
  if (input.DesiredCapacity !== undefined) checkBounds(input.DesiredCapacity, min, max)
  const desired = input.DesiredCapacity ?? Math.min(max, Math.max(min, group.desired))
  return { min, max, desired }
}

function constraintsIntent(sim: Simulation, group: Group, sizes: Sizes): string {
  return (
    `At ${stamp(sim.now)} a user request update of AutoScalingGroup constraints to min: ${sizes.min}, ` +
    `max: ${sizes.max}, desired: ${sizes.desired} changing the desired capacity from ${group.desired} to ${sizes.desired}.`
  )
}

export function refuseDeleting(group: Group): void {
  if (group.deleting)
    throw new AwsError('ScalingActivityInProgress', `AutoScalingGroup ${group.name} is being deleted`)
}
