import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import type { Activity, Group } from './state'
import type { World } from '../world'
import { asgPage, groupOf } from './common'

/** AWS keeps six weeks; the simulator the last of them. */
const kept = 400

export const activityHandlers = {
  DescribeScalingActivities({ world }, input) {
    const groups =
      input.AutoScalingGroupName === undefined
        ? [...world.groups.values()]
        : [groupOf(world, input.AutoScalingGroupName)]
    const wanted = input.ActivityIds?.length ? new Set(input.ActivityIds) : undefined
    const found = groups
      .flatMap((group) => group.activities)
      .filter((activity) => !wanted || wanted.has(activity.id))
      .reverse()
      .sort(
        (a, b) =>
          Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined) || b.startedAt - a.startedAt,
      )
    const { items, next } = asgPage(found, input, 100, 100)
    return { Activities: items.map((activity) => describeActivity(world, activity)), NextToken: next }
  },
} satisfies AutoScalingHandlers

/** Begins a scaling activity. */
export function beginActivity(
  sim: Simulation,
  group: Group,
  wanted: Pick<Activity, 'description' | 'cause' | 'status' | 'progress'> & {
    readonly subnet?: string | undefined
  },
): Activity {
  const { subnet, ...rest } = wanted
  const zone = subnet === undefined ? undefined : sim.world.subnets.get(subnet)?.zone
  const activity: Activity = {
    id: sim.uuid(),
    group: group.name,
    startedAt: sim.now,
    details: JSON.stringify(subnet === undefined ? {} : { 'Subnet ID': subnet, 'Availability Zone': zone }),
    ...rest,
  }
  group.activities.push(activity)
  if (group.activities.length > kept * 2) group.activities.splice(0, kept)
  return activity
}

/** Ends a scaling activity; the group's cooldown counts from there. */
export function endActivity(
  sim: Simulation,
  group: Group,
  id: string | undefined,
  status: 'Successful' | 'Failed' | 'Cancelled' = 'Successful',
  message?: string,
): void {
  const activity = group.activities.findLast((one) => one.id === id)
  if (!activity || activity.endedAt !== undefined) return
  activity.status = status
  activity.endedAt = sim.now
  activity.progress = 100
  if (message === undefined) delete activity.message
  else activity.message = message
  if (status === 'Successful') group.scaledAt = sim.now
  sim.emit('activity', group, activity)
}

export function showProgress(
  group: Group,
  id: string | undefined,
  status: Activity['status'],
  progress: number,
  message?: string,
): void {
  const activity = group.activities.findLast((one) => one.id === id)
  if (!activity || activity.endedAt !== undefined) return
  activity.status = status
  activity.progress = progress
  if (message !== undefined) activity.message = message
}

export function describeActivity(world: World, activity: Activity) {
  const group = world.groups.get(activity.group)
  return {
    ActivityId: activity.id,
    AutoScalingGroupName: activity.group,
    AutoScalingGroupARN: group?.arn,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startedAt),
    EndTime: activity.endedAt === undefined ? undefined : new Date(activity.endedAt),
    StatusCode: activity.status,
    StatusMessage: activity.message,
    Progress: activity.progress,
    Details: activity.details,
  }
}
