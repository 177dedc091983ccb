import type { Appointment } from '../domain/appointment'
import type { Price } from '../domain/catalogue'
import { type Kept, keptBy, swappedBy, windowId } from '../domain/colors/window'
import type { Operation, OperationId } from '../domain/operation'
import { reason } from '../domain/reasons'
import { minute, type Milliseconds } from '../domain/time'
import { denied } from '../domain/verdict'
import type { WindowFacts } from '../messages/facts'
import type { ServiceStatus } from '../messages/status'
import { keptMessage } from '../messages/kept'
import type { Appointments } from '../ports/appointments'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { refused, type Reply } from './reply'

type Sources = Pick<FrontDesk, 'catalogue' | 'journal'> & { readonly appointments: Pick<Appointments, 'of'> }

/** How much longer a click keeps a window open. */
const longer: Milliseconds = 30 * minute

/** The appointment that ends the window of this swap; undefined when its window is not open. */
const windowUnder = async (
  { appointments }: Pick<Sources, 'appointments'>,
  service: string,
  operation: OperationId,
): Promise<Appointment | undefined> =>
  (await appointments.of(service)).find(
    ({ id, request }) =>
      id === windowId(service) && request.procedure === 'finish' && request.operation === operation,
  )

/** Whether the window that is open now is another swap's than this one's. Rejects with StoreUnavailable. */
export const isAnothersWindow = async (
  { appointments }: Pick<Sources, 'appointments'>,
  service: string,
  operation: OperationId,
): Promise<boolean> =>
  (await appointments.of(service)).some(
    ({ id, request }) =>
      id === windowId(service) && request.procedure === 'finish' && request.operation !== operation,
  )

/** The open window under a swap, as its message tells it. Rejects with StoreUnavailable. */
export const windowOf = async (
  sources: Sources,
  operation: Operation,
  later: readonly Operation[],
): Promise<WindowFacts | undefined> => {
  const swapped = swappedBy(operation)
  const { service } = operation.request
  const window = swapped && (await windowUnder(sources, service, operation.id))
  if (!window) return undefined
  const kept: Kept = keptBy(operation) ?? { instances: [], types: {} }
  const cost = costOf(kept, sources.catalogue.services.get(service)?.prices ?? {})
  const held = later.find(
    ({ request }) => request.procedure === 'finish' && request.operation === operation.id,
  )
  const why = held?.ending?.reason
  return {
    until: window.at,
    color: swapped.from,
    ...(swapped.before !== undefined && { version: swapped.before }),
    instances: kept.instances.length,
    types: kept.types,
    ...(operation.plan?.colors?.weights && { byWeights: true }),
    ...(cost && { cost }),
    ...(window.moved && { keptBy: window.moved.by.user }),
    ...(why && !quiet.has(why.code) && { held: why }),
  }
}

/** Why a window's end came to nothing that nobody need hear of. */
const quiet: ReadonlySet<string> = new Set(['window_moved', 'no_window'])

/** What is kept costs so much by the hour; undefined unless there is a price for all of it, in one currency. */
const costOf = ({ types }: Kept, prices: Readonly<Record<string, Price>>): Price | undefined => {
  const counted = Object.entries(types).map(([type, count]) => ({ count, price: prices[type] }))
  const [first] = counted
  const currency = first?.price?.currency
  if (currency === undefined) return undefined
  let amount = 0
  for (const { count, price } of counted) {
    if (price?.currency !== currency) return undefined
    amount += count * price.amount
  }
  return { amount, currency }
}

/** The open window of a service, as its status tells it. Rejects with StoreUnavailable. */
export const windowNow = async (
  { appointments, journal }: Pick<Sources, 'appointments' | 'journal'>,
  service: string,
): Promise<ServiceStatus['window']> => {
  const window = (await appointments.of(service)).find(({ id }) => id === windowId(service))
  const id = window?.request.procedure === 'finish' ? window.request.operation : undefined
  const operation = id === undefined ? undefined : await journal.read(id)
  const swapped = operation && swappedBy(operation)
  if (!window || !swapped) return undefined
  const { before: version, from: color } = swapped
  return {
    operation: swapped.operation,
    until: window.at,
    color,
    ...(version !== undefined && { version }),
    ...(operation.plan?.colors?.weights && { byWeights: true }),
  }
}

/** Swaps whose windows are open now: their messages tell how long still. Rejects with StoreUnavailable. */
export const openWindows = async ({ catalogue, appointments }: Sources): Promise<readonly OperationId[]> => {
  const colored = [...catalogue.services.values()].filter(({ colors }) => colors !== undefined)
  const found = await Promise.all(colored.map(({ name }) => appointments.of(name)))
  return found
    .flat()
    .flatMap(({ id, request }) =>
      request.procedure === 'finish' && id === windowId(request.service) ? (request.operation ?? []) : [],
    )
}

/** What a click on `Keep 30 min more` brings: the swap, and the end that was on the screen. */
export interface Keeping {
  readonly operation: OperationId
  readonly until: number
}

/**
 * Keeps a window open longer. Two clicks on what was on one screen move it once, whoever makes them. Rejects with
 * StoreUnavailable when nothing could be recorded.
 */
export const keepLonger = async (
  desk: FrontDesk,
  { operation, until }: Keeping,
  asker: Asker,
): Promise<Reply> => {
  const { appointments, catalogue, clock, journal } = desk
  const [swap, actor] = await Promise.all([journal.read(operation), actorOf(desk, asker.person)])
  if (swap === undefined) return refused(desk, reason('unknown_operation', { operation }), asker)
  const { service } = swap.request
  const no = denied(catalogue, 'finish', service, actor)
  if (no) return refused(desk, no, asker, service)
  const window = await windowUnder(desk, service, operation)
  if (window === undefined) {
    const stale = reason('stale', { operation, phase: 'ended', ending: swap.ending?.kind })
    return refused(desk, stale, asker, service)
  }
  const voice = voiceOf(desk, asker.reader, service)
  const answer = (at: number): Reply => ({ ok: true, message: keptMessage({ ...voice, service, until: at }) })
  if (window.at > until) return answer(window.at)
  const now = clock.now()
  const at = Math.max(window.at, now) + longer
  const request = { procedure: 'finish' as const, service, operation, due: at }
  await appointments.set({ ...window, at, request, moved: { by: asker.person, at: now } })
  desk.refresh?.(operation)
  return answer(at)
}
