import type { Needed } from '../../commands/spec'
import { isActive } from '../../domain/access/lock'
import { occurrencesOf } from '../../domain/events/occurrences'
import { hour, type Milliseconds } from '../../domain/time/time'
import { closedAndNext } from '../../domain/windows/closures'
import { handoverMessage, type ServiceHandover } from '../../messages/handover'
import { UnreadableRecord } from '../../ports/failure'
import { type Asker, type GatewayDeps, localeOf } from '../deps'
import { openWindowOf } from '../operation-view/standby-window'
import type { Reply } from '../reply'
import { operationsOf } from './service-status'
import { visibleServices } from './visible-services'

/** So far a handover looks ahead and back. */
const horizon: Milliseconds = 24 * hour
/** How far back a service's past is looked at for what did not go well. */
const historyLimit = 20
const failures: ReadonlySet<string> = new Set(['rolled back', 'failed clean', 'needs attention'])

/** All that goes on and comes up, of the services that the person may see. Rejects with StoreUnavailable. */
export const handoverReply = async (deps: GatewayDeps, needed: Needed, asker: Asker): Promise<Reply> => {
  const visible = await visibleServices(deps, needed, asker)
  if ('message' in visible) return visible
  const now = deps.clock.now()
  const [services, locks] = await Promise.all([
    Promise.all(visible.services.map((service) => handoverOf(deps, service))),
    deps.locks.all(),
  ])
  const shown = locks.filter(
    (lock) => isActive(lock, now) && (lock.service === '*' || visible.services.includes(lock.service)),
  )
  const locale = localeOf(deps, asker.userLocale, needed.service)
  return { ok: true, message: handoverMessage({ ...locale, services, locks: shown }) }
}

const handoverOf = async (deps: GatewayDeps, service: string): Promise<ServiceHandover> => {
  const { journal, catalogue, clock } = deps
  const now = clock.now()
  const [operations, window, events, past] = await Promise.all([
    operationsOf(deps, service),
    openWindowOf(deps, service),
    eventsOf(deps, service),
    journal.readableHistory(service, historyLimit),
  ])
  return {
    service,
    operations,
    ...(window && { window }),
    ...closedAndNext(catalogue.windows ?? [], service, now),
    events: events.flatMap((known) =>
      occurrencesOf(known.event, { from: now, to: now + horizon }).map((occurrence) => ({
        known,
        occurrence,
      })),
    ),
    failed: past.filter(({ ending }) => ending && now - ending.at < horizon && failures.has(ending.kind)),
  }
}

/** Events of a service; one that cannot be read must not take the rest of a handover with it. */
const eventsOf = async ({ calendar }: Pick<GatewayDeps, 'calendar'>, service: string) => {
  try {
    return await calendar.of(service)
  } catch (error) {
    if (error instanceof UnreadableRecord) return []
    throw error
  }
}
