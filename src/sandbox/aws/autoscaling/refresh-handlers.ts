import type { InstanceRefresh } from '@aws-sdk/client-auto-scaling'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group } from './state'
import { asgPage, groupOf } from './common'
import { refuseDeleting } from './groups'
import { beginRefresh, beginRollback } from './refresh-begin'
import { checkAutoRollback, irreversible, rulesOf } from './refresh-rules'
import type { Refresh } from './refresh-state'
import { activeRefresh, referenceOf } from './template'

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
    if (configuration?.MixedInstancesPolicy)
      throw validationError('A mixed instances policy is not known to the simulator')
    const rules = rulesOf(group, input)
    const target =
      configuration?.LaunchTemplate && referenceOf(sim.world, configuration.LaunchTemplate, sim.now)
    checkAutoRollback(group, rules, target)
    const refresh: Refresh = {
      id: sim.uuid(),
      group: group.name,
      status: 'Pending',
      askedAt: sim.now,
      percent: 0,
      toUpdate: group.members.size,
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
    const why = irreversible(group, refresh.desiredConfiguration?.LaunchTemplate && refresh.target)
    if (why)
      throw new AwsError(
        'IrreversibleInstanceRefresh',
        `The instance refresh cannot be rolled back because ${why}.`,
      )
    beginRollback(sim, group, refresh, 'Rollback was requested by a user.')
    return { InstanceRefreshId: refresh.id }
  },
} satisfies AutoScalingHandlers

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
