import type { Person } from '../domain/person'
import { servicesFor, statusOf } from './affairs'
import type { DispatchOptions } from './dispatch'
import { actorOf, voiceOf } from './front-desk'

const shownOperations = 5

/** Shows the services that a person may look at on the app's Home. Never throws. */
export const showHome = async (desk: DispatchOptions, person: Person): Promise<void> => {
  const { chat, journal, readers, sayings, log } = desk
  try {
    const voice = voiceOf(desk, await readers.of(person.user))
    const actor = await actorOf(desk, person)
    const names = servicesFor(desk, 'status', actor)
    const [services, ended] = await Promise.all([
      statusOf(desk, names),
      journal.history(undefined, shownOperations * 4),
    ])
    const history = ended.filter(({ request }) => names.includes(request.service)).slice(0, shownOperations)
    await chat.home(person.user, sayings.home({ services, history }, voice))
  } catch (error) {
    log.warn({ error: String(error) }, 'the Home could not be shown')
  }
}
