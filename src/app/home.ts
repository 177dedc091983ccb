import { atClick } from '../domain/clicks'
import type { Operation, Signal } from '../domain/operation'
import type { Person } from '../domain/person'
import type { Actor } from '../domain/verdict'
import { homeView } from '../messages/home'
import { servicesFor, statusOf, unfinishedOperations } from './affairs'
import { actorOf, type FrontDesk, voiceOf } from './front-desk'

const recentOperations = 10

/** What a person could say to an operation that waits. */
const answers: readonly Signal['kind'][] = ['confirm', 'approve', 'go back']

/** Shows what concerns a person on the app's Home. Never throws. */
export const showHome = async (desk: FrontDesk, person: Person): Promise<void> => {
  const { chat, journal, readers, log } = desk
  try {
    const voice = voiceOf(desk, await readers.of(person.user))
    const actor = await actorOf(desk, person)
    const names = servicesFor(desk, 'status', actor)
    const visible = ({ request }: Operation) => names.includes(request.service)
    const [services, unfinished, ended] = await Promise.all([
      statusOf(desk, names),
      unfinishedOperations(desk),
      journal.history(undefined, recentOperations * 4),
    ])
    const open = unfinished.filter(visible)
    const waiting = open.filter((operation) => waitsFor(desk, operation, actor))
    const home = homeView({
      ...voice,
      services,
      waiting,
      running: open.filter((operation) => !waiting.includes(operation)),
      recent: ended.filter(visible).slice(0, recentOperations),
    })
    await chat.home(person.user, home)
  } catch (error) {
    log.warn({ error: String(error) }, 'the Home could not be shown')
  }
}

/** Whether an operation waits for this very person's word. */
const waitsFor = ({ catalogue }: FrontDesk, operation: Operation, actor: Actor): boolean => {
  const fingerprint = operation.plan?.fingerprint
  const shown = fingerprint === undefined ? {} : { fingerprint }
  return answers.some((kind) => atClick({ catalogue, kind, operation, actor, ...shown }).verdict === 'pass')
}
