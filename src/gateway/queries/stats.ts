import type { Needed } from '../../commands/spec'
import { statsOf } from '../../domain/stats/dora'
import { statsMessage } from '../../messages/stats/stats'
import { type Asker, type GatewayDeps, localeOf } from '../deps'
import type { Reply } from '../reply'
import { visibleServices } from './visible-services'

/** As many ended operations of a service as are asked of the journal: all that it keeps. */
const historyLimit = 200

/** How services are delivered, by their own endings. Rejects with StoreUnavailable. */
export const statsReply = async (deps: GatewayDeps, needed: Needed, asker: Asker): Promise<Reply> => {
  const visible = await visibleServices(deps, needed, asker)
  if ('message' in visible) return visible
  const { journal, clock } = deps
  const services = await Promise.all(
    visible.services.map(async (service) => {
      const ended = await journal.readableHistory(service, historyLimit)
      return { service, stats: statsOf(ended, clock.now(), ended.length < historyLimit) }
    }),
  )
  return {
    ok: true,
    message: statsMessage({ ...localeOf(deps, asker.userLocale, needed.service), services }),
  }
}
