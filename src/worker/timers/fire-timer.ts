import { type Timer, timerDelivery } from '../../domain/operation/timer'
import { fireDailyUpdate } from './daily-image-update'
import { fireLostCheck } from './lost-operations'
import { windowId } from '../../domain/blue-green/window'
import { isActive } from '../../domain/access/lock'
import type { Ending, Operation } from '../../domain/operation/operation'
import { isRollcall, rollcall } from '../../domain/access/person'
import { hour, minute, type Milliseconds } from '../../domain/time/time'
import { occurrenceToMonitor } from '../../domain/events/monitoring'
import { isOver } from '../../domain/events/event'
import type { Request } from '../../domain/operation/request'
import type { Instant } from '../../domain/time/time'
import { AwsFailure } from '../../ports/failure'
import { driftCheckInterval } from '../../procedures/events/monitor-timers'
import { changedActions } from '../../facts/events/changed-actions'
import { createOperation } from '../../durable/create-operation'
import type { WorkerDeps } from '../deps'

/** Fires a timer: records the operation that it asks for, once, and wakes it. */
export const timerHandler =
  (deps: WorkerDeps) =>
  async (timer: Timer): Promise<void> => {
    if (timer.daily) return fireDailyUpdate(deps, timer, timer.daily)
    const { request, why, by } = timer
    if (request.procedure === 'detect-drift' && request.about === 'lost')
      return fireLostCheck(deps, { ...timer, request })
    if (request.procedure === 'detect-drift') return fireDriftCheck(deps, { ...timer, request })
    if (!(await isStillNeeded(deps, request))) return
    await createOperation(
      deps,
      { request, ...(why !== undefined && { why }) },
      { person: by },
      timerDelivery(timer),
    )
  }

/** Reasons for which there is nothing to come back to: the window is closed, or its end was moved. */
const finalReasons: ReadonlySet<string> = new Set([
  'no_window',
  'no_colors',
  'window_moved',
  'unknown_service',
])
const minRetryDelay: Milliseconds = 30 * minute
const maxRetryDelay: Milliseconds = 12 * hour

/**
 * The end of a window that came to nothing is not forgotten: it is tried again, after half an hour at first and then
 * ever more seldom, and not before a lock that held it is over. To be called before the ending is written; that it is
 * called again harms nothing.
 */
export const rescheduleWindowEnd = async (
  { timers, clock, locks }: Pick<WorkerDeps, 'timers' | 'clock' | 'locks'>,
  { request, requester }: Pick<Operation, 'request' | 'requester'>,
  ending: Pick<Ending, 'kind' | 'reason'>,
): Promise<void> => {
  if (request.procedure !== 'finish' || !isRollcall(requester) || ending.kind === 'succeeded') return
  if (ending.reason && finalReasons.has(ending.reason.code)) return
  const now = clock.now()
  const { service } = request
  const id = windowId(service)
  const [rescheduled] = (await timers.of(service)).filter((one) => one.id === id && one.at > now)
  if (rescheduled) return
  const delay = Math.min(Math.max(now - (request.due ?? now), minRetryDelay), maxRetryDelay)
  const ends = (await locks.of(service)).flatMap((lock) =>
    lock.kind === 'lock' && isActive(lock, now) ? (lock.until ?? []) : [],
  )
  await timers.set({ id, at: Math.max(now + delay, ...ends), request, by: rollcall })
}

/** An event may have been taken away or moved just now: nobody is told of what is not. */
const isStillNeeded = async ({ calendar, clock }: WorkerDeps, request: Request): Promise<boolean> => {
  if (request.procedure !== 'monitor-event') return true
  const events = await calendar.of(request.service)
  const known = events.find(({ id }) => id === request.event)
  return known !== undefined && occurrenceToMonitor(known, request.from, clock.now()) !== undefined
}

/** So long an event that is over may stand in the calendar, for whoever follows it late. */
const eventRetention = 2 * 24 * 3_600_000

/**
 * Compares the calendar with AWS, and appoints the next time as long as there is an event to come. Only where somebody
 * changed actions, and it was not said before, an operation is recorded that says so.
 */
const fireDriftCheck = async (
  deps: WorkerDeps,
  timer: Timer & { readonly request: Extract<Request, { procedure: 'detect-drift' }> },
): Promise<void> => {
  const { request, by } = timer
  const { calendar, timers, clock, log } = deps
  const now = clock.now()
  const events = await calendar.of(request.service)
  const monitored = (await timers.of(request.service)).flatMap((one) =>
    one.request.procedure === 'monitor-event' ? [one.request.event] : [],
  )
  for (const { id, event } of events) {
    if (isOver(event, now - eventRetention) && !monitored.includes(id)) await calendar.strike(id)
  }
  if (!events.some(({ event }) => !isOver(event, now))) return
  try {
    const found = await driftOf(deps, request.service, now)
    const reported = JSON.stringify(found)
    if (found.length > 0 && reported !== request.told) {
      await createOperation(deps, { request }, { person: by }, timerDelivery(timer))
    }
    await timers.set({ ...timer, at: now + driftCheckInterval, request: { ...request, told: reported } })
  } catch (failure) {
    if (!(failure instanceof AwsFailure)) throw failure
    log.warn({ service: request.service, error: failure.message }, 'scheduled actions could not be compared')
    await timers.set({ ...timer, at: now + driftCheckInterval / 6 })
  }
}

/** What somebody changed; nothing while an operation of ours is at work on them. */
const driftOf = async (
  { catalogue, accounts, calendar, journal }: WorkerDeps,
  name: string,
  now: Instant,
) => {
  const service = catalogue.services.get(name)
  if (!service || (await journal.queue(name)).length > 0) return []
  return changedActions(accounts(service.where), calendar, service, now)
}
