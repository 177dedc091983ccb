import { commands } from '../commands'
import type { Person } from '../domain/person'
import { createSayings } from '../messages/sayings'
import { servicesFor, statusOf } from './affairs'
import { actorOf, type FrontDesk, voiceOf } from './front-desk'

const recentOperations = 10
const sayings = createSayings(commands)

/** Shows the services that a person may look at on the app's Home. Never throws. */
export const showHome = async (desk: FrontDesk, person: Person): Promise<void> => {
  const { chat, journal, readers, log } = desk
  try {
    const voice = voiceOf(desk, await readers.of(person.user))
    const actor = await actorOf(desk, person)
    const names = servicesFor(desk, 'status', actor)
    const [services, ended] = await Promise.all([
      statusOf(desk, names),
      journal.history(undefined, recentOperations * 4),
    ])
    const history = ended.filter(({ request }) => names.includes(request.service)).slice(0, recentOperations)
    await chat.home(person.user, sayings.home({ services, history }, voice))
  } catch (error) {
    log.warn({ error: String(error) }, 'the Home could not be shown')
  }
}
