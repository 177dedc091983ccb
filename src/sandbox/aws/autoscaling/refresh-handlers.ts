import type { DesiredConfiguration, InstanceRefresh } from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group } from './state'
import { asgPage, groupOf, isLeaving, isWarmed } from './common'
import { refuseDeleting } from './groups'
import { mixedSource } from './mixed'
import { beginRefresh, beginRollback } from './refresh-begin'
import { checkAutoRollback, irreversible, rulesOf } from './refresh-rules'
import type { Refresh } from './refresh-state'
import { activeRefresh, referenceOf } from './template'
import type { LaunchSource } from './launch-source'

export const refreshHandlers = {
  /** The group's own configuration changes at the end only, and only if all went well. */
  StartInstanceRefresh(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    refuseDeleting(group)
    if (activeRefresh(group))
      throw new AwsError(
        'InstanceRefreshInProgress',
        'An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.',
      )
    if (input.Strategy !== undefined && input.Strategy !== 'Rolling')
      throw validationError(`The strategy ${input.Strategy} is not known to the simulator`)
    const { DesiredConfiguration: configuration } = input
    const rules = rulesOf(group, input)
    const target = configuration && targetOf(sim, group, configuration)
    checkAutoRollback(sim.world, group, rules, target)
    const refresh: Refresh = {
      id: sim.uuid(),
      group: group.name,
      status: 'Pending',
      askedAt: sim.now,
      percent: 0,
      toUpdate: [...group.members.values()].filter((one) => !isLeaving(one) && !isWarmed(one)).length,
      preferences: {
        ...input.Preferences,
        MinHealthyPercentage: rules.minHealthy,
        MaxHealthyPercentage: rules.maxHealthy,
        InstanceWarmup: rules.warmup / 1000,
        SkipMatching: rules.skipMatching,
        AutoRollback: rules.autoRollback,
        BakeTime: rules.bake / 1000,
        ScaleInProtectedInstances: rules.protectedInstances as 'Wait' | 'Ignore' | 'Refresh',
        StandbyInstances: rules.standbyInstances as 'Wait' | 'Ignore' | 'Terminate',
      },
      desiredConfiguration: configuration,
      rules,
      target: target ?? group.template,
      former: group.template,
      pending: new Set(),
      total: 0,
      launched: new Set(),
      warm: new Set(),
      checkpointsPassed: 0,
      pausedUntil: 0,
      progressAt: sim.now,
    }
    group.refreshes.push(refresh)
    sim.afterTimed('refresh-start', refresh.id, sim.draw('refreshStart'), () =>
      beginRefresh(sim, group, refresh),
    )
    return { InstanceRefreshId: refresh.id }
  },

  DescribeInstanceRefreshes({ world }, input) {
    const group = groupOf(world, input.AutoScalingGroupName)
    const ids = input.InstanceRefreshIds
    const found = group.refreshes.filter((refresh) => !ids?.length || ids.includes(refresh.id)).reverse()
    const { items, next } = asgPage(found, input)
    return { InstanceRefreshes: items.map(describe), NextToken: next }
  },

  /** Replaced instances stay. It is over at once, or when what is launching and leaving has done so. */
  CancelInstanceRefresh(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const refresh = activeRefresh(group)
    if (!refresh || refresh.status === 'Cancelling') throw noneActive(group)
    refresh.status = 'Cancelling'
    refresh.reason = 'Cancelled by user request.'
    refresh.progressAt = sim.now
    refresh.waitsForTransition = input.WaitForTransitioningInstances ?? true
    sim.emit('group', group)
    return { InstanceRefreshId: refresh.id }
  },

  RollbackInstanceRefresh(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const refresh = activeRefresh(group)
    if (!refresh || refresh.status === 'Cancelling' || refresh.rollback) throw noneActive(group)
    const why = irreversible(sim.world, group, refresh.desiredConfiguration && refresh.target)
    if (why)
      throw new AwsError(
        'IrreversibleInstanceRefresh',
        `The instance refresh cannot be rolled back because ${why}.`,
      )
    beginRollback(sim, group, refresh, 'Rollback was requested by a user.')
    return { InstanceRefreshId: refresh.id }
  },
} satisfies AutoScalingHandlers

/** aws: DesiredConfiguration: a launch template, or a mixed instances policy with all that it is to hold. */
function targetOf(sim: Simulation, group: Group, wanted: DesiredConfiguration): LaunchSource | undefined {
  if (wanted.LaunchTemplate && wanted.MixedInstancesPolicy)
    throw validationError(
      'Only one of LaunchTemplate and MixedInstancesPolicy can be specified in the desired configuration.',
    )
  if (wanted.MixedInstancesPolicy)
    return mixedSource(sim.world, wanted.MixedInstancesPolicy, sim.now, group.template)
  return wanted.LaunchTemplate && referenceOf(sim.world, wanted.LaunchTemplate, sim.now)
}

const noneActive = (group: Group) =>
  new AwsError(
    'ActiveInstanceRefreshNotFound',
    `No in progress or pending Instance Refresh found for Auto Scaling group ${group.name}`,
  )

function describe(refresh: Refresh): InstanceRefresh {
  const live = (PercentageComplete: number, InstancesToUpdate: number) => ({
    LivePoolProgress: { PercentageComplete, InstancesToUpdate },
  })
  const { rollback } = refresh
  return {
    InstanceRefreshId: refresh.id,
    AutoScalingGroupName: refresh.group,
    Status: refresh.status,
    StatusReason: refresh.reason,
    StartTime: new Date(refresh.askedAt),
    EndTime: refresh.endedAt === undefined ? undefined : new Date(refresh.endedAt),
    PercentageComplete: refresh.percent,
    InstancesToUpdate: refresh.toUpdate,
    ProgressDetails: live(refresh.percent, refresh.toUpdate),
    Preferences: refresh.preferences,
    DesiredConfiguration: refresh.desiredConfiguration,
    RollbackDetails: rollback && {
      RollbackReason: rollback.reason,
      RollbackStartTime: new Date(rollback.startedAt),
      PercentageCompleteOnRollback: rollback.percent,
      InstancesToUpdateOnRollback: rollback.toUpdate,
      ProgressDetailsOnRollback: live(rollback.percent, rollback.toUpdate),
    },
  }
}
