import type { Action } from '../../domain/access/action'
import type { Operation } from '../../domain/operation/operation'
import { allowed } from '../../domain/access/permissions'
import { closedAndNext } from '../../domain/windows/closures'
import { isReadOnly } from '../../domain/procedures'
import type { Actor } from '../../domain/access/verdict'
import { StoreUnavailable, UnreadableRecord } from '../../ports/failure'
import { readOperations } from '../../ports/journal'
import type { GatewayDeps } from '../deps'
import { queryWorker } from '../../ports/worker-queries'
import { openWindowOf } from '../operation-view/standby-window'
import type { ServiceStatus } from '../../domain/fleet/service-status'

type StatusDeps = Pick<
  GatewayDeps,
  'catalogue' | 'clock' | 'journal' | 'locks' | 'workerRpc' | 'timers' | 'calendar' | 'unreadable'
>

/** Names of the services on which a person may do something. */
export const permittedServices = (
  { catalogue }: Pick<GatewayDeps, 'catalogue'>,
  action: Action,
  actor: Actor,
): readonly string[] =>
  [...catalogue.services.keys()].filter(
    (service) => allowed(catalogue, action, service, actor.user, actor.memberships).ok,
  )

/** Unfinished operations, oldest first. Rejects with StoreUnavailable. */
const unfinishedOperations = async ({
  journal,
}: Pick<GatewayDeps, 'journal'>): Promise<readonly Operation[]> => {
  const read = await readOperations(journal, await journal.unfinished())
  return read.filter(({ ending }) => ending === undefined).toSorted((a, b) => a.createdAt - b.createdAt)
}

/** Unfinished operations of a service that change it: the one that owns it, those in its line, and then the others. */
export const operationsOf = async (
  deps: Pick<GatewayDeps, 'journal'>,
  service: string,
): Promise<readonly Operation[]> => {
  const [all, queue] = await Promise.all([unfinishedOperations(deps), deps.journal.queue(service)])
  const place = (operation: Operation): number => {
    const found = queue.indexOf(operation.id)
    return found < 0 ? queue.length : found
  }
  return all
    .filter(({ request }) => request.service === service && !isReadOnly(request))
    .toSorted((a, b) => place(a) - place(b))
}

/** How services stand: their fleets where a worker answers, and what the journal and the locks say. */
export const statusOf = async (
  deps: StatusDeps,
  names: readonly string[],
): Promise<readonly ServiceStatus[]> => {
  const [answers, fromJournal] = await Promise.all([
    // Where even the question cannot be asked, the journal's silence says so below.
    queryWorker(deps.workerRpc, { ask: 'status', services: names }).catch((error: unknown) => {
      if (error instanceof StoreUnavailable) return undefined
      throw error
    }),
    Promise.all(names.map((name) => statusFromJournal(deps, name))),
    meetEvents(deps, names),
  ])
  return fromJournal.map((local) => ({
    ...local,
    // After all was read: what was met now is known.
    unreadable: deps.unreadable.of(local.service),
    ...(answers === undefined
      ? { error: 'unanswered' as const }
      : answers.find(({ service }) => service === local.service)),
  }))
}

/** Status tells nothing of events, but of those that cannot be read: they hold plans of their service back. */
const meetEvents = async ({ calendar }: StatusDeps, [first]: readonly string[]): Promise<void> => {
  if (first === undefined) return
  await calendar.of(first).catch((error: unknown) => {
    if (!(error instanceof UnreadableRecord)) throw error
  })
}

const statusFromJournal = async (deps: StatusDeps, service: string): Promise<ServiceStatus> => {
  const [[running, ...queue], locks, [last], window] = await Promise.all([
    operationsOf(deps, service),
    deps.locks.of(service),
    deps.journal.readableHistory(service, 1),
    openWindowOf(deps, service),
  ])
  return {
    service,
    locks,
    queue: queue.map(({ id }) => id),
    ...(running && { running }),
    ...(last && { last }),
    ...(window && { window }),
    ...closedAndNext(deps.catalogue.windows ?? [], service, deps.clock.now()),
  }
}
