import { commands } from '../../commands'
import type { Person } from '../../domain/access/person'
import { createViews } from '../../messages/views'
import { permittedServices, statusOf } from './service-status'
import { actorOf, type GatewayDeps, localeOf } from '../deps'

const recentOperations = 10
const views = createViews(commands)

/** Shows the services that a person may look at on the app's Home. Never throws. */
export const publishHome = async (deps: GatewayDeps, person: Person): Promise<void> => {
  const { chat, journal, readers, log } = deps
  try {
    const locale = localeOf(deps, await readers.of(person.user))
    const actor = await actorOf(deps, person)
    const names = permittedServices(deps, 'status', actor)
    const [services, ended] = await Promise.all([
      statusOf(deps, names),
      journal.readableHistory(undefined, recentOperations * 4),
    ])
    const history = ended.filter(({ request }) => names.includes(request.service)).slice(0, recentOperations)
    await chat.home(person.user, views.home({ services, history }, locale))
  } catch (error) {
    log.warn({ error: String(error) }, 'the Home could not be shown')
  }
}
