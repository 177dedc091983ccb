import type {
  BatchPutScheduledUpdateGroupActionType,
  ScheduledUpdateGroupActionRequest,
} from '@aws-sdk/client-auto-scaling'
import type { Simulation } from '../engine/simulation'
import type { AutoScalingHandlers } from '../handlers'
import { AwsError, validationError } from '../wire/error'
import type { Group, ScheduledAction } from './state'
import { asgPage, groupOf, isSuspended, stamp } from './common'
import { nextOccurrence, parseCron } from './cron'
import { setDesired } from './desired'
import { isCanonicalZone } from './zone-links'

const mostActions = 125
const mostPerBatch = 50

export const scheduleHandlers = {
  PutScheduledUpdateGroupAction(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    // The deprecated Time is an alias of StartTime.
    put(sim, group, { ...input, StartTime: input.StartTime ?? input.Time })
    return {}
  },

  /** Answers 200 with what failed. */
  BatchPutScheduledUpdateGroupAction(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    return { FailedScheduledUpdateGroupActions: putAll(sim, group, input) }
  },

  DescribeScheduledActions({ world }, input) {
    const groups =
      input.AutoScalingGroupName === undefined
        ? [...world.groups.values()]
        : [groupOf(world, input.AutoScalingGroupName)]
    const names = input.ScheduledActionNames
    const found = groups
      .flatMap((group) => [...group.schedules.values()].map((action) => ({ group, action })))
      .filter(
        ({ action }) =>
          (!names?.length || names.includes(action.name)) &&
          (!input.StartTime || action.next >= input.StartTime.getTime()) &&
          (!input.EndTime || action.next <= input.EndTime.getTime()),
      )
    const { items, next } = asgPage(found, input)
    return {
      ScheduledUpdateGroupActions: items.map(({ group, action }) => describe(group, action)),
      NextToken: next,
    }
  },

  DeleteScheduledAction(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    if (!group.schedules.delete(input.ScheduledActionName))
      throw validationError('Scheduled action name not found')
    return {}
  },

  BatchDeleteScheduledAction(sim, input) {
    const group = groupOf(sim.world, input.AutoScalingGroupName)
    refuseMany(input.ScheduledActionNames)
    const failed = input.ScheduledActionNames.filter((name) => !group.schedules.delete(name))
    return {
      FailedScheduledActions: failed.map((ScheduledActionName) => ({
        ScheduledActionName,
        ErrorCode: 'ValidationError',
        ErrorMessage: 'Scheduled action name not found',
      })),
    }
  },
} satisfies AutoScalingHandlers

function putAll(sim: Simulation, group: Group, input: BatchPutScheduledUpdateGroupActionType) {
  const wanted = input.ScheduledUpdateGroupActions ?? []
  refuseMany(wanted)
  return wanted.flatMap((action) => {
    try {
      put(sim, group, action)
      return []
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return [
        {
          ScheduledActionName: action.ScheduledActionName,
          ErrorCode: error.code,
          ErrorMessage: error.message,
        },
      ]
    }
  })
}

function refuseMany(list: readonly unknown[]): void {
  if (list.length > mostPerBatch)
    throw validationError(`At most ${mostPerBatch} scheduled actions in one call`)
}

/** Creates a scheduled action or updates the one of its name. */
function put(sim: Simulation, group: Group, given: ScheduledUpdateGroupActionRequest): void {
  const name = given.ScheduledActionName ?? ''
  const input = whole(given, group.schedules.get(name))
  if (!group.schedules.has(name) && group.schedules.size >= mostActions)
    throw new AwsError(
      'LimitExceeded',
      `You have reached the limit of ${mostActions} scheduled actions per group`,
    )
  checkSizes(input)
  const next = firstRun(sim, input)
  for (const other of group.schedules.values())
    if (other.name !== name && other.next === next)
      throw new AwsError('AlreadyExists', 'Scheduled action with this scheduled start time already exists')
  const { account, region } = sim.world
  const action: ScheduledAction = {
    name,
    arn: `arn:aws:autoscaling:${region}:${account}:scheduledUpdateGroupAction:${sim.uuid()}:autoScalingGroupName/${group.name}:scheduledActionName/${name}`,
    start: input.StartTime?.getTime(),
    end: input.EndTime?.getTime(),
    recurrence: input.Recurrence,
    timezone: input.TimeZone,
    min: input.MinSize,
    max: input.MaxSize,
    desired: input.DesiredCapacity,
    next,
    runs: next,
  }
  group.schedules.set(name, action)
  plan(sim, group, action)
}

/**
 * "If you leave a parameter unspecified when updating a scheduled scaling action, the corresponding value remains
 * unchanged" (API reference, until 2021). A start time that was computed from a recurrence is computed anew.
 */
function whole(
  given: ScheduledUpdateGroupActionRequest,
  before: ScheduledAction | undefined,
): ScheduledUpdateGroupActionRequest {
  if (!before) return given
  const start = before.start !== undefined && before.start >= before.next ? before.start : undefined
  return {
    ...given,
    StartTime: given.StartTime ?? instant(start),
    EndTime: given.EndTime ?? instant(before.end),
    Recurrence: given.Recurrence ?? before.recurrence,
    TimeZone: given.TimeZone ?? before.timezone,
    MinSize: given.MinSize ?? before.min,
    MaxSize: given.MaxSize ?? before.max,
    DesiredCapacity: given.DesiredCapacity ?? before.desired,
  }
}

const instant = (at: number | undefined): Date | undefined => (at === undefined ? undefined : new Date(at))

function checkSizes({
  MinSize: min,
  MaxSize: max,
  DesiredCapacity: desired,
}: ScheduledUpdateGroupActionRequest): void {
  if (min === undefined && max === undefined && desired === undefined)
    throw validationError('At least one of MinSize, MaxSize and DesiredCapacity must be specified')
  if (min !== undefined && max !== undefined && min > max)
    throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`)
  if (desired !== undefined && ((min !== undefined && desired < min) || (max !== undefined && desired > max)))
    throw validationError(
      `Desired capacity:${desired} must be between the specified min size:${min ?? ''} and max size:${max ?? ''}`,
    )
}

function firstRun(sim: Simulation, input: ScheduledUpdateGroupActionRequest): number {
  const { StartTime, EndTime, Recurrence, TimeZone = 'UTC' } = input
  if (!isCanonicalZone(TimeZone)) throw validationError(`The time zone ${TimeZone} is not a valid time zone`)
  const cron = Recurrence === undefined ? undefined : parseCron(Recurrence)
  if (Recurrence !== undefined && !cron)
    throw validationError(`Given recurrence string:${Recurrence} is invalid`)
  if (StartTime && StartTime.getTime() < sim.now) throw validationError('Given start time is in the past')
  if (EndTime && EndTime.getTime() < sim.now) throw validationError('Given end time is in the past')
  if (StartTime && EndTime && EndTime <= StartTime)
    throw validationError('Given start time is later than or equal to the end time')
  if (StartTime) return StartTime.getTime()
  const next = cron && nextOccurrence(cron, TimeZone, sim.now)
  if (next === undefined) throw validationError('Either a start time or a recurrence must be specified')
  return next
}

/** Has an action run when it is due, up to two minutes late, unless it has been replaced or deleted by then. */
function plan(sim: Simulation, group: Group, action: ScheduledAction): void {
  action.runs = action.next + sim.draw('scheduledLag')
  runAt(sim, group, action, action.runs)
}

function runAt(sim: Simulation, group: Group, action: ScheduledAction, time: number): void {
  sim.at(time, () => {
    if (group.schedules.get(action.name) !== action || sim.world.groups.get(group.name) !== group) return
    const before = earlier(group, action)
    if (before !== undefined) return runAt(sim, group, action, before)
    if (!isSuspended(group, 'ScheduledActions') && !isOver(action, action.next)) {
      sim.record('scheduled', group.name, action.next)
      run(sim, group, action)
    }
    const cron = action.recurrence === undefined ? undefined : parseCron(action.recurrence)
    const next = cron && nextOccurrence(cron, action.timezone ?? 'UTC', action.next)
    if (next === undefined || isOver(action, next)) group.schedules.delete(action.name)
    else {
      action.next = next
      plan(sim, group, action)
    }
  })
}

/**
 * When the last of those runs that are due before an action. "The order of execution for scheduled actions is guaranteed
 * within the same group" (user guide, "Scheduled scaling"), however late each of them is.
 */
function earlier(group: Group, { next }: ScheduledAction): number | undefined {
  const times = [...group.schedules.values()].flatMap((other) => (other.next < next ? other.runs : []))
  return times.length > 0 ? Math.max(...times) : undefined
}

/** An occurrence exactly at the end does not run. */
const isOver = (action: ScheduledAction, time: number) => action.end !== undefined && time >= action.end

/** Desired capacity that does not fit the limits at run time is brought within them; limits that cross change nothing. */
function run(sim: Simulation, group: Group, action: ScheduledAction): void {
  const min = action.min ?? group.min
  const max = action.max ?? group.max
  if (min > max) return
  const desired = Math.min(max, Math.max(min, action.desired ?? group.desired))
  group.min = min
  group.max = max
  const intent =
    `At ${stamp(sim.now)} a scheduled action update of AutoScalingGroup constraints to min: ${min}, max: ${max}, ` +
    `desired: ${desired} changing the desired capacity from ${group.desired} to ${desired}.`
  setDesired(sim, group, desired, intent)
}

const describe = (group: Group, action: ScheduledAction) => ({
  AutoScalingGroupName: group.name,
  ScheduledActionName: action.name,
  ScheduledActionARN: action.arn,
  // AWS computes a start time for what only recurs.
  StartTime: new Date(action.next),
  Time: new Date(action.next),
  EndTime: action.end === undefined ? undefined : new Date(action.end),
  Recurrence: action.recurrence,
  TimeZone: action.timezone,
  MinSize: action.min,
  MaxSize: action.max,
  DesiredCapacity: action.desired,
})
