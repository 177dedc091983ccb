import type { Timer } from '../../domain/operation/timer'
import type { Price } from '../../domain/catalogue/catalogue'
import { type KeptStandby, keptStandbyOf, swappedBy, windowId } from '../../domain/blue-green/window'
import type { Operation } from '../../domain/operation/operation'
import { reason } from '../../domain/reasons/reason'
import { minute, type Milliseconds } from '../../domain/time/time'
import { denied } from '../../domain/access/verdict'
import type { WindowFacts } from '../../messages/operation/facts'
import { windowExtendedMessage } from '../../messages/blue-green/window-extended'
import type { Timers } from '../../ports/timers'
import { type Asker, actorOf, type GatewayDeps, localeOf } from '../deps'
import { refused, type Reply } from '../reply'
import type { OperationId } from '../../domain/operation/id'
import type { ServiceStatus } from '../../domain/fleet/service-status'

type WindowDeps = Pick<GatewayDeps, 'catalogue' | 'journal'> & { readonly timers: Pick<Timers, 'of'> }

/** How much longer a click keeps a window open. */
const extension: Milliseconds = 30 * minute

/** The timer that ends the window of this swap; undefined when its window is not open. */
const windowTimerOf = async (
  { timers }: Pick<WindowDeps, 'timers'>,
  service: string,
  operation: OperationId,
): Promise<Timer | undefined> =>
  (await timers.of(service)).find(
    ({ id, request }) =>
      id === windowId(service) && request.procedure === 'finish' && request.operation === operation,
  )

/** Whether the window that is open now is another swap's than this one's. Rejects with StoreUnavailable. */
export const isOtherWindow = async (
  { timers }: Pick<WindowDeps, 'timers'>,
  service: string,
  operation: OperationId,
): Promise<boolean> =>
  (await timers.of(service)).some(
    ({ id, request }) =>
      id === windowId(service) && request.procedure === 'finish' && request.operation !== operation,
  )

/** The open window under a swap, as its message tells it. Rejects with StoreUnavailable. */
export const windowOf = async (
  deps: WindowDeps,
  operation: Operation,
  later: readonly Operation[],
): Promise<WindowFacts | undefined> => {
  const swapped = swappedBy(operation)
  const { service } = operation.request
  const window = swapped && (await windowTimerOf(deps, service, operation.id))
  if (!window) return undefined
  const standby: KeptStandby = keptStandbyOf(operation) ?? { instances: [], types: {} }
  const cost = costOf(standby, deps.catalogue.services.get(service)?.prices ?? {})
  const blockedBy = later.find(
    ({ request }) => request.procedure === 'finish' && request.operation === operation.id,
  )
  const why = blockedBy?.ending?.reason
  return {
    until: window.at,
    color: swapped.from,
    ...(swapped.before !== undefined && { version: swapped.before }),
    instances: standby.instances.length,
    types: standby.types,
    ...(operation.plan?.colors?.weights && { byWeights: true }),
    ...(cost && { cost }),
    ...(window.moved && { extendedBy: window.moved.by.user }),
    ...(why && !silentReasons.has(why.code) && { blockedBy: why }),
  }
}

/** Why a window's end came to nothing that nobody need hear of. */
const silentReasons: ReadonlySet<string> = new Set(['window_moved', 'no_window'])

/** What is kept costs so much by the hour; undefined unless there is a price for all of it, in one currency. */
const costOf = ({ types }: KeptStandby, prices: Readonly<Record<string, Price>>): Price | undefined => {
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
export const openWindowOf = async (
  { timers, journal }: Pick<WindowDeps, 'timers' | 'journal'>,
  service: string,
): Promise<ServiceStatus['window']> => {
  const window = (await timers.of(service)).find(({ id }) => id === windowId(service))
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
export const openWindows = async ({ catalogue, timers }: WindowDeps): Promise<readonly OperationId[]> => {
  const colored = [...catalogue.services.values()].filter(({ colors }) => colors !== undefined)
  const found = await Promise.all(colored.map(({ name }) => timers.of(name)))
  return found
    .flat()
    .flatMap(({ id, request }) =>
      request.procedure === 'finish' && id === windowId(request.service) ? (request.operation ?? []) : [],
    )
}

/** What a click on `Keep 30 min more` brings: the swap, and the end that was on the screen. */
export interface ExtendRequest {
  readonly operation: OperationId
  readonly until: number
}

/**
 * Keeps a window open longer. Two clicks on what was on one screen move it once, whoever makes them. Rejects with
 * StoreUnavailable when nothing could be recorded.
 */
export const extendWindow = async (
  deps: GatewayDeps,
  { operation, until }: ExtendRequest,
  asker: Asker,
): Promise<Reply> => {
  const { timers, catalogue, clock, journal } = deps
  const [swap, actor] = await Promise.all([journal.read(operation), actorOf(deps, asker.person)])
  if (swap === undefined) return refused(deps, reason('unknown_operation', { operation }), asker)
  const { service } = swap.request
  const denial = denied(catalogue, 'finish', service, actor)
  if (denial) return refused(deps, denial, asker, service)
  const window = await windowTimerOf(deps, service, operation)
  if (window === undefined) {
    const stale = reason('stale', { operation, phase: 'ended', ending: swap.ending?.kind })
    return refused(deps, stale, asker, service)
  }
  const locale = localeOf(deps, asker.userLocale, service)
  const answer = (at: number): Reply => ({
    ok: true,
    message: windowExtendedMessage({ ...locale, service, until: at }),
  })
  if (window.at > until) return answer(window.at)
  const now = clock.now()
  const at = Math.max(window.at, now) + extension
  const request = { procedure: 'finish' as const, service, operation, due: at }
  await timers.set({ ...window, at, request, moved: { by: asker.person, at: now } })
  deps.refreshMessage?.(operation)
  return answer(at)
}
