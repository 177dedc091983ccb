import { defined } from '../../domain/defined'
import { swappedBy } from '../../domain/blue-green/window'
import { checkStart } from '../../domain/access/gates'
import { whoMayOverride } from '../../domain/access/permissions'
import { isRollcall } from '../../domain/access/person'
import { isImageUpdate, previousOf } from '../../domain/fleet/previous'
import { closureHolding } from '../../domain/windows/held'
import type { Operation } from '../../domain/operation/operation'
import type { Plan } from '../../domain/operation/plan'
import { templateSteps } from '../../domain/steps/fleet'
import { operationSteps } from '../../domain/steps/operation'
import { hearingOf } from '../../domain/steps/awaited'
import { openedAtOf } from '../../domain/steps/opened-at'
import { recordOf } from '../../domain/steps/records'
import type { Wait } from '../../domain/access/verdict'
import type { OperationFacts, RollbackOffer, WindowFacts } from '../../messages/operation/facts'
import { approvalMessage } from '../../messages/operation/approval'
import { confirmAgainMessage } from '../../messages/operation/confirm-again'
import { confirmedBefore } from '../../messages/operation/superseded'
import { followUpMessage, heldMessage, overriddenMessage } from '../../messages/windows/called'
import { windowMention } from '../../messages/analysis/window'
import { monitorMention } from '../../messages/events/monitor/mention'
import type { Locale } from '../../messages/locale'
import { operationLog } from '../../messages/log/log'
import { operationMessage } from '../../messages/operation/message'
import type { Timers } from '../../ports/timers'
import type { Journal } from '../../ports/journal'
import { type GatewayDeps, localeOf } from '../deps'
import { membershipsOf } from '../../ports/memberships'
import type { OperationView } from '../notifier/message-publisher'
import { windowRetryAt, causedByOf, windowEndingOf, isUndoable, blueGreenRollbackOffer } from './blue-green'
import { followUpKey, isDue } from './follow-ups'
import { windowOf } from './standby-window'
import { movesFleet } from '../../domain/procedures'
import type { OperationId } from '../../domain/operation/id'

/** How far back a service's past is looked at for what came after an operation. */
const historyLimit = 20

type ViewDeps = Pick<GatewayDeps, 'catalogue' | 'clock' | 'journal' | 'locks' | 'people'> & {
  readonly timers: Pick<Timers, 'of'>
}

/** How operations read in their service's channel: in the service's language and zone. */
export const operationView = (deps: ViewDeps): OperationView => {
  const locale = (operation: Operation) => localeOf(deps, {}, operation.request.service)
  return {
    message: async (operation) => operationMessage(await factsOf(deps, operation, locale(operation))),
    log: (operation, from) => operationLog(operation, locale(operation), from),
    async mention(operation) {
      if (operation.request.procedure === 'monitor-event') return monitorMention(operation, locale(operation))
      if (operation.request.procedure === 'monitor-window') return windowMention(operation, locale(operation))
      if (isDue(deps, operation))
        return { key: followUpKey, message: followUpMessage(operation, locale(operation)) }
      const called = calledByWindow(deps, operation, locale(operation))
      if (called) return called
      const wait = await waitOf(deps, operation)
      if (operation.plan === undefined) return undefined
      const { fingerprint } = operation.plan
      const confirmed = confirmedBefore(operation)
      if (wait?.for === 'confirmation' && confirmed)
        return {
          key: `confirm ${fingerprint}`,
          message: confirmAgainMessage({ ...locale(operation), operation, wait, confirmed }),
        }
      if (wait?.for !== 'approval') return undefined
      const again =
        recordOf(operation.steps, operationSteps.approvalReminded.at({ fingerprint })) !== undefined
      return {
        key: again ? `${fingerprint} again` : fingerprint,
        message: approvalMessage({ ...locale(operation), operation, wait, again }),
      }
    },
    related: (operation) => relatedTo(deps.journal, operation),
  }
}

/** People whom a closed window concerns: who asked for what it holds after all, and who answers for an override. */
const calledByWindow = (
  { catalogue }: Pick<ViewDeps, 'catalogue'>,
  operation: Operation,
  locale: Locale,
): Awaited<ReturnType<OperationView['mention']>> => {
  const { ending, plan, request, requester, startedAt } = operation
  if (ending?.kind === 'refused' && ending.reason?.code === 'window_closed' && !isRollcall(requester))
    return { key: 'held by a window', message: heldMessage(operation, locale) }
  if (plan?.override && startedAt !== undefined)
    return {
      key: 'overrides a window',
      message: overriddenMessage(operation, whoMayOverride(catalogue, request.service), locale),
    }
  return undefined
}

/** Gathers what an operation's message tells besides the operation itself. Rejects with StoreUnavailable. */
export const factsOf = async (
  deps: ViewDeps,
  operation: Operation,
  locale: Locale,
): Promise<OperationFacts> => {
  const { journal, locks } = deps
  const { service } = operation.request
  const [queue, wait, later, locksHeld] = await Promise.all([
    operation.phase === 'queued' ? queuePlaceOf(journal, operation) : undefined,
    waitOf(deps, operation),
    operation.ending === undefined ? [] : journal.readableHistory(service, historyLimit),
    operation.ending === undefined ? [] : locks.of(service),
  ])
  const [window, rolledBack, windowEnding] = await Promise.all([
    operation.ending === undefined ? undefined : windowOf(deps, operation, later),
    undoneBy(journal, operation, later),
    windowEndingOf(journal, operation),
  ])
  const rollback = rollbackOfferOf(operation, later, window)
  const [retryAt, causedBy] = await Promise.all([
    windowRetryAt(deps, operation),
    causedByOf(journal, operation),
  ])
  const watched = await watchedFacts(deps, operation, locale)
  const targetVersion = previousOf(operation)?.movedTo ?? createdVersion(operation)
  return {
    ...locale,
    operation,
    ...(queue && { queue }),
    ...(wait && { wait }),
    ...(rollback && rolledBack === undefined && { rollback }),
    ...(rolledBack && { rolledBack }),
    ...(window && rolledBack === undefined && windowEnding === undefined && { window }),
    ...(windowEnding && { windowEnding }),
    ...(retryAt !== undefined && { retryAt }),
    ...(causedBy !== undefined && { causedBy }),
    ...(targetVersion !== undefined && { targetVersion }),
    ...(watched && { watched }),
    frozen: locksHeld.some((lock) => lock.kind === 'freeze' && lock.operation === operation.id),
  }
}

/** What the swap's own message tells, for the message of who watches its window. */
const watchedFacts = async (
  deps: ViewDeps,
  { request }: Operation,
  locale: Locale,
): Promise<OperationFacts | undefined> => {
  const swap = request.procedure === 'monitor-window' ? await deps.journal.read(request.operation) : undefined
  return swap && factsOf(deps, swap, locale)
}

const queuePlaceOf = async (
  journal: Pick<Journal, 'queue'>,
  operation: Operation,
): Promise<OperationFacts['queue']> => {
  const queue = await journal.queue(operation.request.service)
  const place = queue.indexOf(operation.id)
  const behind = queue[place - 1]
  return place < 0 ? undefined : { place, ...(behind !== undefined && { behind }) }
}

/** What a waiting operation waits for, as the gates say of the plan that is shown. */
const waitOf = async (deps: ViewDeps, operation: Operation): Promise<Wait | undefined> => {
  const { phase, plan, request, atWindow } = operation
  const isAsked = phase === 'confirming' || phase === 'approving'
  if ((!isAsked && !(phase === 'queued' && atWindow?.waits)) || plan === undefined) return undefined
  const now = deps.clock.now()
  // Of what is asked, the plan says which window it overrides.
  const closure = isAsked ? undefined : closureHolding(deps.catalogue, request, now, plan)
  if (!isAsked && !closure) return undefined
  const verdict = checkStart({
    catalogue: deps.catalogue,
    action: request.procedure,
    service: request.service,
    locks: [],
    now,
    ...(closure && { closure }),
    ...(atWindow && { atWindow }),
    overrides: plan.override !== undefined,
    requester: operation.requester.user,
    ...defined({ behind: operation.requester.caller?.behind }),
    memberships: await membershipsOf(operation, deps.catalogue, deps.people),
    fingerprint: plan.fingerprint,
    shownAt: shownAt(operation, plan),
    ...hearingOf(operation.steps, plan.fingerprint),
    signals: operation.signals,
    ...(plan.confirm && { confirm: true }),
  })
  return verdict.verdict === 'wait' ? verdict : undefined
}

/** The instant since when this plan can be answered: the worker writes a step down for each that it shows. */
const shownAt = ({ steps, createdAt }: Operation, plan: Plan): number =>
  Math.max(
    recordOf(steps, operationSteps.planShown.at({ fingerprint: plan.fingerprint }))?.startedAt ?? createdAt,
    openedAtOf(steps),
  )

const createdVersion = (operation: Operation): number | undefined => {
  const created = recordOf(operation.steps, templateSteps.create)?.outcome
  return typeof created === 'number' ? created : undefined
}

/**
 * Whether this is the newest change of its service's fleet. A move to a newer image by night takes nothing from the
 * deploy of the day; it can itself be gone back from.
 */
export const isNewestChange = (operation: Operation, history: readonly Operation[]): boolean => {
  const counts = (one: Operation) =>
    movesFleet(one.request) || (isImageUpdate(operation) && isImageUpdate(one))
  return history.find((one) => one.ending?.kind === 'succeeded' && counts(one))?.id === operation.id
}

/** Only the newest change of a service can be gone back from by a button. */
const rollbackOfferOf = (
  operation: Operation,
  history: readonly Operation[],
  window: WindowFacts | undefined,
): RollbackOffer | undefined => {
  if (!isNewestChange(operation, history)) return undefined
  const swapped = swappedBy(operation)
  if (swapped) return blueGreenRollbackOffer(operation, swapped, window)
  const previous = previousOf(operation)
  if (previous === undefined) return undefined
  const tasks = operation.plan?.tasks ?? []
  const expected = tasks
    .filter(({ name }) => name !== 'image' && name !== 'template' && name !== 'return')
    .reduce((sum, task) => sum + task.expected, 0)
  return { to: previous.label ?? `version ${previous.templateVersion}`, expected }
}

/** By a button, which names it, or by a typed command, whose plan says what it goes back from. */
const undoes = ({ request, plan }: Operation, id: OperationId): boolean =>
  request.procedure === 'rollback' && (request.operation === id || plan?.colors?.of === id)

/** The rollback of an operation, whether it runs or succeeded. */
const undoneBy = async (
  journal: Pick<Journal, 'queue' | 'read'>,
  operation: Operation,
  history: readonly Operation[],
): Promise<OperationFacts['rolledBack']> => {
  if (!isUndoable(operation)) return undefined
  const done = history.find((one) => one.ending?.kind === 'succeeded' && undoes(one, operation.id))
  if (done !== undefined) return { operation: done.id, by: done.requester.user }
  for (const id of await journal.queue(operation.request.service)) {
    const one = await journal.read(id)
    if (one !== undefined && undoes(one, operation.id)) return { operation: id, by: one.requester.user }
  }
  return undefined
}

/** Ended operations whose messages tell of this one: their buttons change with it. */
const relatedTo = async (
  journal: Pick<Journal, 'readableHistory'>,
  operation: Operation,
): Promise<readonly OperationId[]> => {
  const { request } = operation
  const named =
    request.procedure === 'rollback' || request.procedure === 'finish' ? request.operation : undefined
  const rolledBack = [named, operation.plan?.colors?.of].filter((id) => id !== undefined)
  const history = rolledBack.length > 0 ? await journal.readableHistory(request.service, historyLimit) : []
  const watching = history.flatMap(({ id, request: one }) =>
    one.procedure === 'monitor-window' && rolledBack.includes(one.operation) ? [id] : [],
  )
  if (operation.ending?.kind !== 'succeeded') return [...rolledBack, ...watching]
  const before = (await journal.readableHistory(request.service, historyLimit)).filter(
    (one) => one.id !== operation.id && isUndoable(one),
  )
  return [...new Set([...rolledBack, ...watching, ...before.slice(0, 2).map(({ id }) => id)])]
}
