import type { AutoScalingHandlers } from '../handlers'
import { validationError } from '../wire/error'
import { groupOf } from './common'
import { examineAll } from './health'

const processes = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const

export const processHandlers = {
  SuspendProcesses(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    for (const process of named(input.ScalingProcesses))
      group.suspended.set(
        process,
        `User suspended at ${new Date(sim.now).toISOString().replace(/\.\d+Z$/, 'Z')}`,
      )
    return {}
  },

  ResumeProcesses(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    const resumed = named(input.ScalingProcesses)
    for (const process of resumed) group.suspended.delete(process)
    if (resumed.includes('HealthCheck')) examineAll(sim, group)
    sim.emit('group', group)
    return {}
  },

  DescribeScalingProcessTypes() {
    return { Processes: processes.map((ProcessName) => ({ ProcessName })) }
  },

  DescribeAdjustmentTypes() {
    return {
      AdjustmentTypes: ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'].map(
        (AdjustmentType) => ({
          AdjustmentType,
        }),
      ),
    }
  },

  DescribeTerminationPolicyTypes() {
    return {
      TerminationPolicyTypes: [
        'AllocationStrategy',
        'ClosestToNextInstanceHour',
        'Default',
        'NewestInstance',
        'OldestInstance',
        'OldestLaunchConfiguration',
        'OldestLaunchTemplate',
      ],
    }
  },

  /** No notifications: there is no topic that they could go to. */
  DescribeNotificationConfigurations() {
    return { NotificationConfigurations: [] }
  },

  /** aws: EC2 Auto Scaling user guide, "Amazon SNS notification options". */
  DescribeAutoScalingNotificationTypes() {
    return {
      AutoScalingNotificationTypes: [
        'autoscaling:EC2_INSTANCE_LAUNCH',
        'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
        'autoscaling:EC2_INSTANCE_TERMINATE',
        'autoscaling:EC2_INSTANCE_TERMINATE_ERROR',
        'autoscaling:TEST_NOTIFICATION',
      ],
    }
  },
} satisfies AutoScalingHandlers

/** The processes that a call names; none named means all of them. */
function named(wanted: readonly string[] | undefined): readonly string[] {
  if (!wanted?.length) return processes
  for (const process of wanted)
    if (!processes.some((one) => one === process))
      throw validationError(
        `The process type ${process} is not valid. Allowed process types are: ${processes.join(', ')}`,
      )
  return wanted
}
