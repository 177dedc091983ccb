import type { KnownEvent } from '../../domain/events/event'
import { followAt, nextToFollow } from '../../domain/events/following'
import { type Occurrence, occurrencesOf } from '../../domain/events/occurrences'
import type { OperationId } from '../../domain/operation'
import { rollcall } from '../../domain/person'
import { monitorSteps, scheduleSteps } from '../../domain/steps/events'
import { hour, type Instant, type Milliseconds } from '../../domain/time'
import type { Run } from '../../durable/run'
import type { Context } from '../context'
import { cancelAppointment, makeAppointment } from './appointments'

/** So often the scheduled actions of what is to come are compared with the calendar. */
export const auditEvery: Milliseconds = 6 * hour
/** So far ahead the first time of an event that recurs is looked for. */
const ahead: Milliseconds = 9 * 24 * hour

const appointmentOf = (id: OperationId): string => `follow ${id}`

/**
 * Appoints who follows an event that was scheduled, or changed: its next time that nobody follows yet. Whoever follows it
 * already hears of the change.
 */
export const appointFollow = async (
  run: Run,
  context: Context,
  known: KnownEvent,
  before: KnownEvent | undefined,
): Promise<void> => {
  const { clock, service } = context
  const first = await run.record(scheduleSteps.firstTime, async () => {
    const found = firstToFollow(known, before, clock.now())
    return found ? { from: found.from, at: followAt(found) } : { from: 0, at: 0 }
  })
  if (first.from > 0) {
    await makeAppointment(run, context, scheduleSteps.setMonitorTimer, {
      id: appointmentOf(known.id),
      at: first.at,
      request: { procedure: 'follow', service: service.name, event: known.id, from: first.from },
      by: rollcall,
    })
  }
  await makeAppointment(run, context, scheduleSteps.setDriftTimer, {
    id: `audit ${service.name}`,
    at: clock.now() + auditEvery,
    request: { procedure: 'audit', service: service.name },
    by: rollcall,
  })
}

const firstToFollow = (
  { event }: KnownEvent,
  before: KnownEvent | undefined,
  now: Instant,
): Occurrence | undefined => {
  const followed = before
    ? occurrencesOf(before.event, { from: now, to: now + ahead }).filter((one) => followAt(one) <= now)
    : []
  const within = { from: now, to: event.times.kind === 'once' ? event.times.inAt : now + ahead }
  return occurrencesOf(event, within).find((one) => followed.every(({ from }) => from !== one.from))
}

/** Appoints who follows an event the next time, as soon as this time is followed. */
export const appointNext = async (
  run: Run,
  context: Context,
  known: KnownEvent,
  after: Instant,
): Promise<void> => {
  const next = nextToFollow(known.event, after)
  if (!next) return
  await makeAppointment(run, context, monitorSteps.setNextTimer, {
    id: appointmentOf(known.id),
    at: followAt(next),
    request: { procedure: 'follow', service: known.service, event: known.id, from: next.from },
    by: rollcall,
  })
}

/** Nobody is to follow an event any more that is taken away. */
export const cancelFollow = (run: Run, context: Context, id: OperationId): Promise<void> =>
  cancelAppointment(run, context, scheduleSteps.cancelMonitorTimer, appointmentOf(id))
