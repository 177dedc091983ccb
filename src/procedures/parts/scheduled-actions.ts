import { never, nextRun } from '../../domain/events/amend'
import { lateness } from '../../domain/events/base'
import {
  actionName,
  eventOf,
  type KnownEvent,
  type PlannedAction,
  type PlannedSchedule,
} from '../../domain/events/event'
import { sameSizes } from '../../domain/events/sizes'
import { sizesWith } from '../../domain/events/timetable'
import type { ScheduledAction } from '../../domain/fleet'
import { defined } from '../../domain/defined'
import type { Instant } from '../../domain/time'
import { waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { calendarAfter, calendarBefore, enterInCalendar } from './calendar'
import { setGroup } from './set-group'

/** Carries out what becomes of a service's events: in the calendar first, then in AWS. Gives the calendar of before. */
export const bringSchedule = async (
  run: Run,
  context: Context,
  plan: PlannedSchedule,
): Promise<readonly KnownEvent[]> => {
  const before = await calendarBefore(run, context)
  await enterInCalendar(run, context, before, plan)
  await bringActions(run, context, plan, before)
  return before
}

/**
 * Brings a group's scheduled actions to what the plan says, one call after the other: two at once on one group can
 * make AWS refuse both (reference of PutScheduledUpdateGroupAction). An event that is taken away is first taken from
 * going out, ways in stand before ways out, and are deleted last, so that the group is never left out.
 */
const bringActions = async (
  run: Run,
  context: Context,
  plan: PlannedSchedule,
  before: readonly KnownEvent[],
): Promise<void> => {
  const { group, first = [], put, remove } = plan
  const id = plan.id ?? context.operation.id
  for (const action of first) await takeAway(run, context, group, action)
  for (const action of put) await makeAction(run, context, group, action, id)
  for (const action of remove.filter(isOut)) await takeAway(run, context, group, action)
  if (plan.event) await settleSizes(run, context, plan, before)
  for (const action of remove.filter((action) => !isOut(action))) await takeAway(run, context, group, action)
}

const isOut = ({ name }: ScheduledAction): boolean => eventOf(name)?.edge === 'out'

/**
 * Gives the group the sizes that it is to have now: those that the plan shows, or where an action of before ran while it
 * was being replaced. Sizes that somebody else has set are left alone unless the plan says otherwise.
 */
const settleSizes = async (
  run: Run,
  context: Context,
  plan: PlannedSchedule,
  before: readonly KnownEvent[],
): Promise<void> => {
  const { account, clock } = context
  const after = calendarAfter(before, context, plan)
  const due = await run.record('schedule/sizes due', async () => {
    const group = await account.groups.describe(plan.group)
    if (!group) return undefined
    const now = clock.now()
    const was = { min: group.min, desired: group.desired, max: group.max }
    const is = sizesWith(plan.base, after, now)
    // What runs late may have run by the times of a minute ago.
    const own = [now, now - lateness].some((at) => sameSizes(was, sizesWith(plan.base, before, at)))
    return { was, is: { ...is }, set: !sameSizes(was, is) && (plan.now !== undefined || own) }
  })
  if (!due.set) return
  run.undo('sizes', (back) => setGroup(back, context, 'schedule/sizes', plan.group, due.was))
  await setGroup(run, context, 'schedule/sizes', plan.group, due.is)
}

const makeAction = async (
  run: Run,
  context: Context,
  group: string,
  planned: PlannedAction,
  own: string,
): Promise<void> => {
  const { event, edge, index, at, until, recurrence, timezone, sizes, was } = planned
  const name = actionName(event ?? own, edge, index)
  run.undo(name, async (back) => {
    if (!was) return erase(back, context, group, name)
    // An end time that was given must be taken back by another one.
    await put(back, context, group, defined({ ...was, endAt: was.endAt ?? (until && never) }), true)
  })
  const action = defined({ name, ...sizes, startAt: at, endAt: until, recurrence, timezone })
  await put(run, context, group, action, was !== undefined)
}

const takeAway = async (
  run: Run,
  context: Context,
  group: string,
  action: ScheduledAction,
): Promise<void> => {
  run.undo(action.name, (back) => put(back, context, group, action, true))
  await erase(run, context, group, action.name)
}

/** `known`: it stood before; where its time is over by now, it ran as it was, and there is nothing to replace. */
const put = async (
  run: Run,
  context: Context,
  group: string,
  wanted: ScheduledAction,
  known: boolean,
): Promise<void> => {
  const { account, clock } = context
  const { name, desired, recurrence } = wanted
  await run.step(`schedule/put ${name}`, {
    choose: () => ({ name, desired, at: startOf(wanted, clock.now()) }),
    observe: async ({ at }) => {
      if (known && recurrence === undefined && at !== undefined && at <= clock.now()) return true
      const found = await account.groups.scheduled(group)
      return found.some((one) => stands(one, { ...wanted, startAt: at }, clock.now())) ? true : undefined
    },
    act: async ({ at }) => {
      await account.groups.schedule(group, defined({ ...wanted, startAt: at }))
      return waiting()
    },
  })
}

/** When an action begins; one that recurs and should have begun goes on with the next time that it names. */
const startOf = ({ startAt, ...action }: ScheduledAction, now: Instant): Instant | undefined => {
  if (startAt === undefined || action.recurrence === undefined || startAt > now) return startAt
  return nextRun(action, now)
}

const erase = async (run: Run, context: Context, group: string, name: string): Promise<void> => {
  const { groups } = context.account
  await run.step(`schedule/delete ${name}`, {
    choose: () => ({ name }),
    observe: async () =>
      (await groups.scheduled(group)).some((found) => found.name === name) ? undefined : true,
    act: async () => {
      await groups.unschedule(group, name)
      return waiting()
    },
  })
}

type Chosen = Omit<ScheduledAction, 'startAt'> & { readonly startAt: Instant | undefined }

const stands = (found: ScheduledAction, wanted: Chosen, now: Instant): boolean =>
  found.name === wanted.name &&
  found.min === wanted.min &&
  found.desired === wanted.desired &&
  found.max === wanted.max &&
  found.recurrence === wanted.recurrence &&
  (found.timezone ?? 'UTC') === (wanted.timezone ?? 'UTC') &&
  (found.endAt ?? never) === (wanted.endAt ?? never) &&
  // What AWS computes of one that recurs goes on with each run.
  (found.startAt === wanted.startAt || (wanted.recurrence !== undefined && (wanted.startAt ?? 0) <= now))
