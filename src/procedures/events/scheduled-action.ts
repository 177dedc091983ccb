import { never, nextRun } from '../../domain/events/amend'
import { actionName, type PlannedAction } from '../../domain/events/event'
import type { ScheduledAction } from '../../domain/fleet/fleet'
import { defined } from '../../domain/defined'
import { scheduleSteps } from '../../domain/steps/events'
import { isSameZone } from '../../domain/time/canonical-zone'
import type { Instant } from '../../domain/time/time'
import { waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { deleteScheduledAction } from '../fleet/group/delete-scaling'

/** Makes an action of an event, or replaces the one of its name. */
export const putEventAction = async (
  run: Run,
  context: Context,
  group: string,
  planned: PlannedAction,
  own: string,
): Promise<void> => {
  const { event, edge, index, at, until, recurrence, timezone, sizes, was } = planned
  const name = actionName(event ?? own, edge, index)
  run.undo(name, async (back) => {
    if (!was) return deleteByName(back, context, group, name)
    // An end time that was given must be taken back by another one.
    await putAction(back, context, group, defined({ ...was, endAt: was.endAt ?? (until && never) }), true)
  })
  const action = defined({ name, ...sizes, startAt: at, endAt: until, recurrence, timezone })
  await putAction(run, context, group, action, was !== undefined)
}

/** Deletes an action; the way back makes it again. */
export const deleteAction = async (
  run: Run,
  context: Context,
  group: string,
  action: ScheduledAction,
): Promise<void> => {
  run.undo(action.name, (back) => putAction(back, context, group, action, true))
  await deleteByName(run, context, group, action.name)
}

/** `known`: it stood before; where its time is over by now, it ran as it was, and there is nothing to replace. */
const putAction = async (
  run: Run,
  context: Context,
  group: string,
  wanted: ScheduledAction,
  known: boolean,
): Promise<void> => {
  const { account, clock } = context
  const { name, desired, recurrence } = wanted
  await run.step(scheduleSteps.putAction.at({ action: name }), {
    choose: () => ({ group, name, desired, at: startOf(wanted, clock.now()) }),
    observe: async ({ at }) => {
      if (known && recurrence === undefined && at !== undefined && at <= clock.now()) return true
      const found = await account.groups.scheduled(group)
      return found.some((one) => isInPlace(one, { ...wanted, startAt: at }, clock.now())) ? true : undefined
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

const deleteByName = (run: Run, context: Context, group: string, name: string): Promise<void> =>
  deleteScheduledAction(run, context, scheduleSteps.deleteAction.at({ action: name }), { group, name })

type ChosenAction = Omit<ScheduledAction, 'startAt'> & { readonly startAt: Instant | undefined }

const isInPlace = (found: ScheduledAction, wanted: ChosenAction, now: Instant): boolean =>
  found.name === wanted.name &&
  found.min === wanted.min &&
  found.desired === wanted.desired &&
  found.max === wanted.max &&
  found.recurrence === wanted.recurrence &&
  isSameZone(found.timezone, wanted.timezone) &&
  (found.endAt ?? never) === (wanted.endAt ?? never) &&
  // What AWS computes of one that recurs goes on with each run.
  (found.startAt === wanted.startAt || (wanted.recurrence !== undefined && (wanted.startAt ?? 0) <= now))
