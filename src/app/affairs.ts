import type { Action } from '../domain/catalogue'
import type { Operation } from '../domain/operation'
import { allowed } from '../domain/permissions'
import { onlyLooks } from '../domain/request'
import type { Actor } from '../domain/verdict'
import type { ServiceStatus } from '../messages/status'
import { StoreUnavailable } from '../ports/failure'
import type { FrontDesk } from './front-desk'
import { askWorker } from './questions'
import { windowNow } from './windows'

type Sources = Pick<FrontDesk, 'catalogue' | 'journal' | 'locks' | 'questions' | 'appointments'>

/** Names of the services on which a person may do something. */
export const servicesFor = (
  { catalogue }: Pick<FrontDesk, 'catalogue'>,
  action: Action,
  actor: Actor,
): readonly string[] =>
  [...catalogue.services.keys()].filter(
    (service) => allowed(catalogue, action, service, actor.user, actor.memberships).ok,
  )

/** Unfinished operations, oldest first. Rejects with StoreUnavailable. */
const unfinishedOperations = async ({
  journal,
}: Pick<FrontDesk, 'journal'>): Promise<readonly Operation[]> => {
  const read = await Promise.all((await journal.unfinished()).map((id) => journal.read(id)))
  return read
    .filter((operation) => operation !== undefined)
    .filter(({ ending }) => ending === undefined)
    .toSorted((a, b) => a.createdAt - b.createdAt)
}

/** Unfinished operations of a service that change it: the one that owns it, those in its line, and then the others. */
export const operationsOf = async (
  desk: Pick<FrontDesk, 'journal'>,
  service: string,
): Promise<readonly Operation[]> => {
  const [all, line] = await Promise.all([unfinishedOperations(desk), desk.journal.line(service)])
  const place = (operation: Operation): number => {
    const found = line.indexOf(operation.id)
    return found < 0 ? line.length : found
  }
  return all
    .filter(({ request }) => request.service === service && !onlyLooks(request))
    .toSorted((a, b) => place(a) - place(b))
}

/** How services stand: their fleets where a worker answers, and what the journal and the locks say. */
export const statusOf = async (
  desk: Sources,
  names: readonly string[],
): Promise<readonly ServiceStatus[]> => {
  const [answered, own] = await Promise.all([
    // Where even the question cannot be asked, the journal's silence says so below.
    askWorker(desk.questions, { ask: 'status', services: names }).catch((error: unknown) => {
      if (error instanceof StoreUnavailable) return undefined
      throw error
    }),
    Promise.all(names.map((name) => journalOf(desk, name))),
  ])
  return own.map((affairs) => ({
    ...affairs,
    ...(answered === undefined
      ? { trouble: 'unanswered' as const }
      : answered.find(({ service }) => service === affairs.service)),
  }))
}

const journalOf = async (desk: Sources, service: string): Promise<ServiceStatus> => {
  const [[running, ...line], locks, [last], window] = await Promise.all([
    operationsOf(desk, service),
    desk.locks.of(service),
    desk.journal.history(service, 1),
    windowNow(desk, service),
  ])
  return {
    service,
    locks,
    line: line.map(({ id }) => id),
    ...(running && { running }),
    ...(last && { last }),
    ...(window && { window }),
  }
}
