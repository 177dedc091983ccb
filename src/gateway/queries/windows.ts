import type { Needed } from '../../commands/spec'
import { whoMayOverride } from '../../domain/access/permissions'
import { closedAndNext } from '../../domain/windows/closures'
import { windowsMessage } from '../../messages/windows/windows'
import { type Asker, type GatewayDeps, localeOf } from '../deps'
import type { Reply } from '../reply'
import { visibleServices } from './visible-services'

/** When services are closed, by the catalogue and the clock alone. */
export const windowsReply = async (deps: GatewayDeps, needed: Needed, asker: Asker): Promise<Reply> => {
  const visible = await visibleServices(deps, needed, asker)
  if ('message' in visible) return visible
  const { catalogue, clock } = deps
  const locale = localeOf(deps, asker.userLocale, needed.service)
  return {
    ok: true,
    message: windowsMessage({
      ...locale,
      services: visible.services.map((service) => ({
        service,
        ...closedAndNext(catalogue.windows ?? [], service, clock.now()),
      })),
      any: (catalogue.windows ?? []).length > 0,
      mayOverride: whoMayOverride(catalogue, needed.service ?? '*'),
    }),
  }
}
