import {
  type AutoScalingClient,
  DescribeScheduledActionsCommand,
  type ScheduledUpdateGroupAction,
  type ScheduledUpdateGroupActionRequest,
} from '@aws-sdk/client-auto-scaling'
import type { ScheduledAction } from '../../../domain/fleet/fleet'
import { canonicalZone } from '../../../domain/time/canonical-zone'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'
import { defined } from '../../../domain/defined'

/** DescribeScheduledActions gives 50 actions unless asked for more, at most 100 (EC2 Auto Scaling API reference). */
const actionsPerPage = 100

/** The actions of a group that are still to run; those that ran are gone. */
export const loadScheduled = async (
  client: AutoScalingClient,
  aws: AwsClient,
  group: string,
): Promise<readonly ScheduledAction[]> => {
  const found = await pages(async (NextToken) => {
    const page = await aws.read('DescribeScheduledActions', () =>
      client.send(
        new DescribeScheduledActionsCommand({
          AutoScalingGroupName: group,
          MaxRecords: actionsPerPage,
          NextToken,
        }),
      ),
    )
    return { items: page.ScheduledUpdateGroupActions, next: page.NextToken }
  })
  return found.map(fromAction)
}

const fromAction = (action: ScheduledUpdateGroupAction): ScheduledAction =>
  defined({
    name: action.ScheduledActionName ?? '',
    min: action.MinSize,
    desired: action.DesiredCapacity,
    max: action.MaxSize,
    startAt: action.StartTime?.getTime(),
    endAt: action.EndTime?.getTime(),
    recurrence: action.Recurrence,
    timezone: action.TimeZone === canonicalZone('UTC') ? 'UTC' : action.TimeZone,
  })

/** An action as PutScheduledUpdateGroupAction takes it. */
export const toAction = (action: ScheduledAction): ScheduledUpdateGroupActionRequest =>
  defined({
    ScheduledActionName: action.name,
    MinSize: action.min,
    DesiredCapacity: action.desired,
    MaxSize: action.max,
    StartTime: action.startAt === undefined ? undefined : new Date(action.startAt),
    EndTime: action.endAt === undefined ? undefined : new Date(action.endAt),
    Recurrence: action.recurrence,
    TimeZone: action.timezone === undefined ? undefined : canonicalZone(action.timezone),
  })
