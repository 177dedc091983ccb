import type { Service } from '../../domain/catalogue'
import { brokenEvents } from '../../domain/events/audit'
import type { Reason } from '../../domain/reasons'
import type { Instant } from '../../domain/time'
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
  const broken = brokenEvents({ ...known, now })
  return known.events.flatMap(({ id, event }) => {
    const found = broken.get(id)
    return found ? [actionsChanged(id, found, event.name)] : []
  })
}
