import type {
  LifecycleHook,
  LifecycleHookSpecification,
  PutLifecycleHookType,
} from '@aws-sdk/client-auto-scaling'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group, HookWait, Member } from './state'
import type { World } from '../world'
import { groupOf } from './common'
import { completeWait } from './waits'

const mostHooks = 50

export const hookHandlers = {
  PutLifecycleHook(sim, input) {
    putHook(groupOf(sim.world, input.AutoScalingGroupName), input)
    return {}
  },

  DescribeLifecycleHooks({ world }, input) {
    const { hooks } = groupOf(world, input.AutoScalingGroupName)
    const names = input.LifecycleHookNames
    return {
      LifecycleHooks: [...hooks.values()].filter(
        (hook) => !names?.length || names.includes(hook.LifecycleHookName ?? ''),
      ),
    }
  },

  DescribeLifecycleHookTypes() {
    return {
      LifecycleHookTypes: ['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'],
    }
  },

  DeleteLifecycleHook(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    if (!group.hooks.delete(input.LifecycleHookName))
      throw validationError(`No Lifecycle Hook found with name ${input.LifecycleHookName}`)
    for (const member of group.members.values()) {
      const wait = member.waits.find((one) => one.hook === input.LifecycleHookName)
      if (wait) completeWait(sim, group, member, wait, 'ABANDON')
    }
    return {}
  },

  CompleteLifecycleAction(sim, input) {
    const { group, member, wait } = waitOf(sim.world, input)
    const result = input.LifecycleActionResult
    if (result !== 'CONTINUE' && result !== 'ABANDON')
      throw validationError('The lifecycle action result must be CONTINUE or ABANDON')
    completeWait(sim, group, member, wait, result)
    return {}
  },

  RecordLifecycleActionHeartbeat(sim, input) {
    const { group, wait } = waitOf(sim.world, input)
    const beat = (group.hooks.get(wait.hook)?.HeartbeatTimeout ?? 3600) * 1000
    wait.deadline = Math.min(wait.ceiling, sim.now + beat)
    return {}
  },
} satisfies AutoScalingHandlers

/** Creates a lifecycle hook or changes the one of its name. Throws Auto Scaling's errors. */
export function putHook(group: Group, input: LifecycleHookSpecification | PutLifecycleHookType): void {
  const { LifecycleHookName: name = '', HeartbeatTimeout } = input
  const before = group.hooks.get(name)
  if (!before && group.hooks.size >= mostHooks)
    throw new AwsError(
      'LimitExceeded',
      `You have reached the limit of ${mostHooks} lifecycle hooks per group`,
    )
  const transition = input.LifecycleTransition ?? before?.LifecycleTransition
  if (
    transition !== 'autoscaling:EC2_INSTANCE_LAUNCHING' &&
    transition !== 'autoscaling:EC2_INSTANCE_TERMINATING'
  )
    throw validationError('A valid lifecycle transition must be specified for a new lifecycle hook')
  if (HeartbeatTimeout !== undefined && (HeartbeatTimeout < 30 || HeartbeatTimeout > 7200))
    throw validationError('The heartbeat timeout must be between 30 and 7200 seconds')
  const timeout = HeartbeatTimeout ?? before?.HeartbeatTimeout ?? 3600
  const hook: LifecycleHook = {
    ...before,
    ...input,
    AutoScalingGroupName: group.name,
    LifecycleTransition: transition,
    HeartbeatTimeout: timeout,
    GlobalTimeout: Math.min(172_800, timeout * 100),
    DefaultResult: input.DefaultResult ?? before?.DefaultResult ?? 'ABANDON',
  }
  group.hooks.set(name, hook)
}

function waitOf(
  world: World,
  named: {
    readonly AutoScalingGroupName: string
    readonly LifecycleHookName: string
    readonly LifecycleActionToken?: string | undefined
    readonly InstanceId?: string | undefined
  },
): { group: Group; member: Member; wait: HookWait } {
  const group = groupOf(world, named.AutoScalingGroupName)
  for (const member of group.members.values())
    for (const wait of member.waits)
      if (
        wait.hook === named.LifecycleHookName &&
        (wait.token === named.LifecycleActionToken || member.id === named.InstanceId)
      )
        return { group, member, wait }
  const what = named.LifecycleActionToken ?? named.InstanceId ?? ''
  throw validationError(`No active Lifecycle Action found with instance ID or token ${what}`)
}
