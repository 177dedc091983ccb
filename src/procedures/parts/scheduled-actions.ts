import { actionName, type PlannedAction, type PlannedSchedule } from '../../domain/events/event'
import type { ScheduledAction } from '../../domain/fleet'
import type { Capacity } from '../../domain/catalogue'
import { waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { setGroup } from './set-group'

/**
 * Brings a group's scheduled actions to what the plan says, one call after the other: two at once on one group can
 * make AWS refuse both (reference of PutScheduledUpdateGroupAction). An event is first taken from going out, and its
 * way in stands before its way out, so that the group is never left out.
 */
export const bringActions = async (run: Run, context: Context, plan: PlannedSchedule): Promise<void> => {
  const { group, put, remove } = plan
  const id = plan.id ?? context.operation.id
  const [ways, others] = [remove.filter(isOut), remove.filter((action) => !isOut(action))]
  for (const action of ways) await takeAway(run, context, group, action)
  for (const action of put) await makeAction(run, context, group, action, id)
  if (plan.now) {
    const { was, is } = plan.now
    run.undo('sizes', (back) => setGroup(back, context, 'schedule/sizes', group, { ...was }))
    await setGroup(run, context, 'schedule/sizes', group, { ...is })
  }
  for (const action of others) await takeAway(run, context, group, action)
}

const isOut = ({ name }: ScheduledAction): boolean => name.endsWith(' out')

const makeAction = async (
  run: Run,
  context: Context,
  group: string,
  planned: PlannedAction,
  own: string,
): Promise<void> => {
  const name = actionName(planned.event ?? own, planned.edge)
  const whole = (sizes: Capacity): ScheduledAction => ({
    name,
    ...sizes,
    ...(planned.at !== undefined && { startAt: planned.at }),
    ...(planned.recurrence !== undefined && { recurrence: planned.recurrence }),
    ...(planned.timezone !== undefined && { timezone: planned.timezone }),
  })
  const { was } = planned
  run.undo(name, async (back) => {
    if (was) await put(back, context, group, whole(was))
    else await erase(back, context, group, name)
  })
  await put(run, context, group, whole(planned.sizes))
}

const takeAway = async (
  run: Run,
  context: Context,
  group: string,
  action: ScheduledAction,
): Promise<void> => {
  run.undo(action.name, (back) => put(back, context, group, action))
  await erase(run, context, group, action.name)
}

const put = async (run: Run, context: Context, group: string, action: ScheduledAction): Promise<void> => {
  const { groups } = context.account
  // AWS computes the next start of what recurs; sent back it would fire on the old schedule.
  const { startAt, ...recurring } = action
  const wanted: ScheduledAction = action.recurrence === undefined ? action : recurring
  await run.step(`schedule/put ${action.name}`, {
    choose: () => ({ name: action.name, desired: action.desired, at: startAt }),
    observe: async () =>
      (await groups.scheduled(group)).some((found) => stands(found, wanted)) ? true : undefined,
    act: async () => {
      await groups.schedule(group, wanted)
      return waiting()
    },
  })
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

const stands = (found: ScheduledAction, wanted: ScheduledAction): boolean =>
  found.name === wanted.name &&
  found.min === wanted.min &&
  found.desired === wanted.desired &&
  found.max === wanted.max &&
  found.recurrence === wanted.recurrence &&
  (wanted.recurrence !== undefined || found.startAt === wanted.startAt)
