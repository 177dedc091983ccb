import type { KnownEvent } from '../../domain/events/event'
import { monitorAt, nextToMonitor } from '../../domain/events/monitoring'
import { type Occurrence, occurrencesOf } from '../../domain/events/occurrences'
import { rollcall } from '../../domain/access/person'
import { monitorSteps, scheduleSteps } from '../../domain/steps/events'
import { hour, type Instant, type Milliseconds } from '../../domain/time/time'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { cancelTimer, setTimer } from '../timers'
import type { OperationId } from '../../domain/operation/id'

/** So often the scheduled actions of what is to come are compared with the calendar. */
export const driftCheckInterval: Milliseconds = 6 * hour
/** So far ahead the first time of an event that recurs is looked for. */
const searchAhead: Milliseconds = 9 * 24 * hour

const timerIdOf = (id: OperationId): string => `follow ${id}`

/**
 * Appoints who follows an event that was scheduled, or changed: its next time that nobody follows yet. Whoever follows it
 * already hears of the change.
 */
export const setMonitorTimer = async (
  run: Run,
  context: Context,
  known: KnownEvent,
  before: KnownEvent | undefined,
): Promise<void> => {
  const { clock, service } = context
  const first = await run.record(scheduleSteps.firstTime, async () => {
    const found = firstToMonitor(known, before, clock.now())
    return found ? { from: found.from, at: monitorAt(found) } : { from: 0, at: 0 }
  })
  if (first.from > 0) {
    await setTimer(run, context, scheduleSteps.setMonitorTimer, {
      id: timerIdOf(known.id),
      at: first.at,
      request: { procedure: 'monitor-event', service: service.name, event: known.id, from: first.from },
      by: rollcall,
    })
  }
  await setTimer(run, context, scheduleSteps.setDriftTimer, {
    id: `audit ${service.name}`,
    at: clock.now() + driftCheckInterval,
    request: { procedure: 'detect-drift', service: service.name },
    by: rollcall,
  })
}

const firstToMonitor = (
  { event }: KnownEvent,
  before: KnownEvent | undefined,
  now: Instant,
): Occurrence | undefined => {
  const monitored = before
    ? occurrencesOf(before.event, { from: now, to: now + searchAhead }).filter((one) => monitorAt(one) <= now)
    : []
  const span = { from: now, to: event.times.kind === 'once' ? event.times.inAt : now + searchAhead }
  return occurrencesOf(event, span).find((one) => monitored.every(({ from }) => from !== one.from))
}

/** Appoints who follows an event the next time, as soon as this time is followed. */
export const setNextMonitorTimer = async (
  run: Run,
  context: Context,
  known: KnownEvent,
  after: Instant,
): Promise<void> => {
  const next = nextToMonitor(known.event, after)
  if (!next) return
  await setTimer(run, context, monitorSteps.setNextTimer, {
    id: timerIdOf(known.id),
    at: monitorAt(next),
    request: { procedure: 'monitor-event', service: known.service, event: known.id, from: next.from },
    by: rollcall,
  })
}

/** Nobody is to follow an event any more that is taken away. */
export const cancelMonitorTimer = (run: Run, context: Context, id: OperationId): Promise<void> =>
  cancelTimer(run, context, scheduleSteps.cancelMonitorTimer, timerIdOf(id))
