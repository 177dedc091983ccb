import type { KnownEvent, PlannedSchedule } from '../../domain/events/event'
import { scheduleSteps } from '../../domain/steps/events'
import type { Step } from '../../domain/steps/step'
import { waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import type { OperationId } from '../../domain/operation/id'
import { canonicalJson } from '../../domain/json'

/** The calendar as it was before an operation changed it. */
export const calendarBefore = async (
  run: Run,
  { calendar, service }: Context,
): Promise<readonly KnownEvent[]> =>
  JSON.parse(
    await run.record(scheduleSteps.calendarBefore, async () =>
      JSON.stringify(await calendar.of(service.name)),
    ),
  ) as readonly KnownEvent[]

/** The calendar as an operation leaves it. */
export const calendarAfter = (
  before: readonly KnownEvent[],
  { operation, service }: Context,
  { event, id = operation.id, base }: PlannedSchedule,
): readonly KnownEvent[] => {
  const others = before.filter((known) => known.id !== id || event === undefined)
  const removed = operation.request.procedure === 'unschedule'
  return [
    ...(event && !removed ? [{ id, service: service.name, event, by: operation.requester }] : []),
    ...others.map((known) => ({ ...known, event: { ...known.event, base } })),
  ]
}

/**
 * Writes down what the calendar is to say before anything in AWS is changed: an event that is scheduled or changed, and
 * what all events of the service go back to. One that is taken away stands until it is. The way back restores all.
 */
export const writeToCalendar = async (
  run: Run,
  context: Context,
  before: readonly KnownEvent[],
  plan: PlannedSchedule,
): Promise<void> => {
  const after = calendarAfter(before, context, plan)
  const added = after.filter(({ id }) => before.every((known) => known.id !== id)).map(({ id }) => id)
  run.undo('calendar', (back) => writeEvents(back, context, scheduleSteps.writeCalendar, before, added))
  await writeEvents(run, context, scheduleSteps.writeCalendar, after, [])
}

/** Takes an event off the calendar, where it still stands there. */
export const removeFromCalendar = async (
  run: Run,
  { calendar, service }: Context,
  step: Step<'step', 'none'>,
  id: OperationId,
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ id }),
    observe: async () =>
      (await calendar.of(service.name)).some((known) => known.id === id) ? undefined : true,
    act: async () => {
      await calendar.strike(id)
      return waiting()
    },
  })
}

const writeEvents = async (
  run: Run,
  { calendar, service }: Context,
  step: Step<'step', 'none'>,
  events: readonly KnownEvent[],
  gone: readonly OperationId[],
): Promise<void> => {
  await run.step(step, {
    choose: () => ({ events: events.map(({ id }) => id), gone }),
    observe: async () => {
      const now = await calendar.of(service.name)
      const allStored = events.every((event) => now.some((known) => isSame(known, event)))
      return allStored && !now.some(({ id }) => gone.includes(id)) ? true : undefined
    },
    act: async () => {
      const now = await calendar.of(service.name)
      for (const event of events) if (!now.some((known) => isSame(known, event))) await calendar.put(event)
      for (const id of gone) await calendar.strike(id)
      return waiting()
    },
  })
}

const isSame = (one: KnownEvent, other: KnownEvent): boolean =>
  one.id === other.id && canonicalJson(one.event) === canonicalJson(other.event)
