import { type Appointment, deliveryOf } from '../domain/appointment'
import { keepDaily } from './daily'
import { windowId } from '../domain/colors/window'
import { holds } from '../domain/lock'
import type { Ending, Operation } from '../domain/operation'
import { isRollcall, rollcall } from '../domain/person'
import { hour, minute, type Milliseconds } from '../domain/time'
import { toFollow } from '../domain/events/following'
import { isOver } from '../domain/events/event'
import type { Request } from '../domain/request'
import type { Instant } from '../domain/time'
import { AwsFailure } from '../ports/failure'
import { auditEvery } from '../procedures/parts/appoint-follow'
import { changedActions } from '../procedures/parts/changed-actions'
import { record } from './record'
import type { Workshop } from './worker'

/** Keeps an appointment: records the operation that it asks for, once, and wakes it. */
export const appointmentKeeper =
  (workshop: Workshop) =>
  async (appointment: Appointment): Promise<void> => {
    if (appointment.daily) return keepDaily(workshop, appointment, appointment.daily)
    const { request, why, by } = appointment
    if (request.procedure === 'audit') return keepAudit(workshop, { ...appointment, request })
    if (!(await isStillWanted(workshop, request))) return
    await record(
      workshop,
      { request, ...(why !== undefined && { why }) },
      { person: by },
      deliveryOf(appointment),
    )
  }

/** Reasons for which there is nothing to come back to: the window is closed, or its end was moved. */
const over: ReadonlySet<string> = new Set(['no_window', 'no_colors', 'window_moved', 'unknown_service'])
const soonest: Milliseconds = 30 * minute
const latest: Milliseconds = 12 * hour

/**
 * The end of a window that came to nothing is not forgotten: it is tried again, after half an hour at first and then
 * ever more seldom, and not before a lock that held it is over. To be called before the ending is written; that it is
 * called again harms nothing.
 */
export const tryWindowAgain = async (
  { appointments, clock, locks }: Pick<Workshop, 'appointments' | 'clock' | 'locks'>,
  { request, requester }: Pick<Operation, 'request' | 'requester'>,
  ending: Pick<Ending, 'kind' | 'reason'>,
): Promise<void> => {
  if (request.procedure !== 'finish' || !isRollcall(requester) || ending.kind === 'succeeded') return
  if (ending.reason && over.has(ending.reason.code)) return
  const now = clock.now()
  const { service } = request
  const id = windowId(service)
  const [moved] = (await appointments.of(service)).filter((one) => one.id === id && one.at > now)
  if (moved) return
  const pause = Math.min(Math.max(now - (request.due ?? now), soonest), latest)
  const ends = (await locks.of(service)).flatMap((lock) =>
    lock.kind === 'lock' && holds(lock, now) ? (lock.until ?? []) : [],
  )
  await appointments.set({ id, at: Math.max(now + pause, ...ends), request, by: rollcall })
}

/** An event may have been taken away or moved just now: nobody is told of what is not. */
const isStillWanted = async ({ calendar, clock }: Workshop, request: Request): Promise<boolean> => {
  if (request.procedure !== 'follow') return true
  const events = await calendar.of(request.service)
  const known = events.find(({ id }) => id === request.event)
  return known !== undefined && toFollow(known, request.from, clock.now()) !== undefined
}

/** So long an event that is over may stand in the calendar, for whoever follows it late. */
const keptFor = 2 * 24 * 3_600_000

/**
 * Compares the calendar with AWS, and appoints the next time as long as there is an event to come. Only where somebody
 * changed actions, and it was not said before, an operation is recorded that says so.
 */
const keepAudit = async (
  workshop: Workshop,
  appointment: Appointment & { readonly request: Extract<Request, { procedure: 'audit' }> },
): Promise<void> => {
  const { request, by } = appointment
  const { calendar, appointments, clock, log } = workshop
  const now = clock.now()
  const events = await calendar.of(request.service)
  const followed = (await appointments.of(request.service)).flatMap((one) =>
    one.request.procedure === 'follow' ? [one.request.event] : [],
  )
  for (const { id, event } of events) {
    if (isOver(event, now - keptFor) && !followed.includes(id)) await calendar.strike(id)
  }
  if (!events.some(({ event }) => !isOver(event, now))) return
  try {
    const found = await changedIn(workshop, request.service, now)
    const told = JSON.stringify(found)
    if (found.length > 0 && told !== request.told) {
      await record(workshop, { request }, { person: by }, deliveryOf(appointment))
    }
    await appointments.set({ ...appointment, at: now + auditEvery, request: { ...request, told } })
  } catch (failure) {
    if (!(failure instanceof AwsFailure)) throw failure
    log.warn({ service: request.service, error: failure.message }, 'scheduled actions could not be compared')
    await appointments.set({ ...appointment, at: now + auditEvery / 6 })
  }
}

/** What somebody changed; nothing while an operation of ours is at work on them. */
const changedIn = async (
  { catalogue, accounts, calendar, journal }: Workshop,
  name: string,
  now: Instant,
) => {
  const service = catalogue.services.get(name)
  if (!service || (await journal.line(name)).length > 0) return []
  return changedActions(accounts(service.where), calendar, service, now)
}
