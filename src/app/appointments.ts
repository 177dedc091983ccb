import { type Appointment, deliveryOf } from '../domain/appointment'
import { keepDaily } from './daily'
import { windowId } from '../domain/colors/window'
import { holds } from '../domain/lock'
import type { Ending, Operation } from '../domain/operation'
import { isRollcall, rollcall } from '../domain/person'
import { hour, minute, type Milliseconds } from '../domain/time'
import { record } from './record'
import type { Workshop } from './worker'

/** Keeps an appointment: records the operation that it asks for, once, and wakes it. */
export const appointmentKeeper =
  (workshop: Workshop) =>
  async (appointment: Appointment): Promise<void> => {
    if (appointment.daily) return keepDaily(workshop, appointment, appointment.daily)
    const { request, why, by } = appointment
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
