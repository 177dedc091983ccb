import type { Service } from '../../domain/catalogue/catalogue'
import { driftOf } from '../../domain/events/drift'
import type { Reason } from '../../domain/reasons/reason'
import type { Instant } from '../../domain/time/time'
import type { Account } from '../../ports/account'
import type { Calendar } from '../../ports/calendar'
import { eventsOf } from './gather-events'
import { actionsChanged } from './readiness'

/** The events of a service whose scheduled actions are not as they were made, each with what became of them. */
export const changedActions = async (
  account: Account,
  calendar: Pick<Calendar, 'of'>,
  service: Service,
  now: Instant,
): Promise<readonly Reason[]> => {
  const found = await eventsOf(account, calendar, service)
  if (!found.ok) return []
  const known = found.value
  const drifted = driftOf({ ...known, now })
  return known.events.flatMap(({ id, event }) => {
    const found = drifted.get(id)
    return found ? [actionsChanged(id, found, event.name)] : []
  })
}
