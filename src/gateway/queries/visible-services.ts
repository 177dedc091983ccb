import type { Needed } from '../../commands/spec'
import { denied } from '../../domain/access/verdict'
import { type Asker, actorOf, type GatewayDeps } from '../deps'
import { refused, type Reply } from '../reply'
import { permittedServices } from './service-status'

/** The services that a person may look at: the one named, or all that are allowed. */
export const visibleServices = async (
  deps: GatewayDeps,
  { action, service }: Needed,
  asker: Asker,
): Promise<Reply | { readonly services: readonly string[] }> => {
  const actor = await actorOf(deps, asker.person)
  if (service === undefined) {
    const services = permittedServices(deps, action, actor)
    if (services.length > 0) return { services }
  }
  const denial = denied(deps.catalogue, action, service ?? '*', actor)
  if (denial !== undefined) return refused(deps, denial, asker, service)
  return { services: service === undefined ? [] : [service] }
}
