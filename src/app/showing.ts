import { swappedBy } from '../domain/colors/window'
import { beforeStart } from '../domain/gates'
import { isRefresh, previousOf } from '../domain/planning/previous'
import type { Operation, OperationId } from '../domain/operation'
import type { Plan } from '../domain/plan'
import { templateSteps } from '../domain/steps/fleet'
import { operationSteps } from '../domain/steps/operation'
import { recordOf } from '../domain/steps/records'
import type { Wait } from '../domain/verdict'
import type { OperationFacts, RollbackOffer, WindowFacts } from '../messages/facts'
import { approvalMessage } from '../messages/approval'
import { followCall } from '../messages/follow/call'
import type { Voice } from '../messages/language'
import { operationLog } from '../messages/log'
import { operationMessage } from '../messages/operation'
import type { Appointments } from '../ports/appointments'
import type { Journal } from '../ports/journal'
import { type FrontDesk, voiceOf } from './front-desk'
import { membershipsOf } from './memberships'
import type { Showing } from './notifying/teller'
import { againOf, concernsOf, finishingOf, isUndoable, offerOfColors } from './swaps'
import { windowOf } from './windows'

/** How far back a service's past is looked at for what came after an operation. */
const recent = 20

type Sources = Pick<FrontDesk, 'catalogue' | 'clock' | 'journal' | 'locks' | 'people'> & {
  readonly appointments: Pick<Appointments, 'of'>
}

/** How operations read in their service's channel: in the service's language and zone. */
export const showing = (sources: Sources): Showing => {
  const voice = (operation: Operation) => voiceOf(sources, {}, operation.request.service)
  return {
    message: async (operation) => operationMessage(await factsOf(sources, operation, voice(operation))),
    log: (operation, from) => operationLog(operation, voice(operation), from),
    async call(operation) {
      if (operation.request.procedure === 'follow') return followCall(operation, voice(operation))
      const wait = await waitOf(sources, operation)
      if (wait?.for !== 'approval' || operation.plan === undefined) return undefined
      return {
        key: operation.plan.fingerprint,
        message: approvalMessage({ ...voice(operation), operation, wait }),
      }
    },
    related: (operation) => relatedTo(sources.journal, operation),
  }
}

/** Gathers what an operation's message tells besides the operation itself. Rejects with StoreUnavailable. */
export const factsOf = async (
  sources: Sources,
  operation: Operation,
  voice: Voice,
): Promise<OperationFacts> => {
  const { journal, locks } = sources
  const { service } = operation.request
  const [line, wait, later, held] = await Promise.all([
    operation.phase === 'queued' ? lineOf(journal, operation) : undefined,
    waitOf(sources, operation),
    operation.ending === undefined ? [] : journal.history(service, recent),
    operation.ending === undefined ? [] : locks.of(service),
  ])
  const [window, undone, finishing] = await Promise.all([
    operation.ending === undefined ? undefined : windowOf(sources, operation, later),
    undoneBy(journal, operation, later),
    finishingOf(journal, operation),
  ])
  const rollback = offerOf(operation, later, window)
  const [again, concerns] = await Promise.all([againOf(sources, operation), concernsOf(journal, operation)])
  const targetVersion = previousOf(operation)?.movedTo ?? madeVersion(operation)
  return {
    ...voice,
    operation,
    ...(line && { line }),
    ...(wait && { wait }),
    ...(rollback && undone === undefined && { rollback }),
    ...(undone && { undone }),
    ...(window && undone === undefined && finishing === undefined && { window }),
    ...(finishing && { finishing }),
    ...(again !== undefined && { again }),
    ...(concerns !== undefined && { concerns }),
    ...(targetVersion !== undefined && { targetVersion }),
    frozen: held.some((lock) => lock.kind === 'freeze' && lock.operation === operation.id),
  }
}

const lineOf = async (
  journal: Pick<Journal, 'line'>,
  operation: Operation,
): Promise<OperationFacts['line']> => {
  const line = await journal.line(operation.request.service)
  const place = line.indexOf(operation.id)
  const behind = line[place - 1]
  return place < 0 ? undefined : { place, ...(behind !== undefined && { behind }) }
}

/** What a waiting operation waits for, as the gates say of the plan that is shown. */
const waitOf = async (sources: Sources, operation: Operation): Promise<Wait | undefined> => {
  const { phase, plan, request } = operation
  if ((phase !== 'confirming' && phase !== 'approving') || plan === undefined) return undefined
  const verdict = beforeStart({
    catalogue: sources.catalogue,
    action: request.procedure,
    service: request.service,
    locks: [],
    now: sources.clock.now(),
    requester: operation.requester.user,
    memberships: await membershipsOf(operation, sources.catalogue, sources.people),
    fingerprint: plan.fingerprint,
    shownAt: shownAt(operation, plan),
    signals: operation.signals,
    ...(plan.confirm && { confirm: true }),
  })
  return verdict.verdict === 'wait' ? verdict : undefined
}

/** The instant since when this plan can be seen: the worker writes a step down for each plan it shows. */
const shownAt = (operation: Operation, plan: Plan): number =>
  recordOf(operation.steps, operationSteps.planShown.at({ fingerprint: plan.fingerprint }))?.startedAt ??
  operation.createdAt

const madeVersion = (operation: Operation): number | undefined => {
  const made = recordOf(operation.steps, templateSteps.create)?.outcome
  return typeof made === 'number' ? made : undefined
}

const changesFleet = new Set<Operation['request']['procedure']>(['deploy', 'roll', 'rollback', 'swap'])

/**
 * Whether this is the newest change of its service's fleet. A move to a newer image by night takes nothing from the
 * deploy of the day; it can itself be gone back from.
 */
export const isNewestChange = (operation: Operation, history: readonly Operation[]): boolean => {
  const counts = (one: Operation) =>
    changesFleet.has(one.request.procedure) || (isRefresh(operation) && isRefresh(one))
  return history.find((one) => one.ending?.kind === 'succeeded' && counts(one))?.id === operation.id
}

/** Only the newest change of a service can be gone back from by a button. */
const offerOf = (
  operation: Operation,
  history: readonly Operation[],
  window: WindowFacts | undefined,
): RollbackOffer | undefined => {
  if (!isNewestChange(operation, history)) return undefined
  const swapped = swappedBy(operation)
  if (swapped) return offerOfColors(operation, swapped, window)
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
  journal: Pick<Journal, 'line' | 'read'>,
  operation: Operation,
  history: readonly Operation[],
): Promise<OperationFacts['undone']> => {
  if (!isUndoable(operation)) return undefined
  const done = history.find((one) => one.ending?.kind === 'succeeded' && undoes(one, operation.id))
  if (done !== undefined) return { operation: done.id, by: done.requester.user }
  for (const id of await journal.line(operation.request.service)) {
    const one = await journal.read(id)
    if (one !== undefined && undoes(one, operation.id)) return { operation: id, by: one.requester.user }
  }
  return undefined
}

/** Ended operations whose messages tell of this one: their buttons change with it. */
const relatedTo = async (
  journal: Pick<Journal, 'history'>,
  operation: Operation,
): Promise<readonly OperationId[]> => {
  const { request } = operation
  const named =
    request.procedure === 'rollback' || request.procedure === 'finish' ? request.operation : undefined
  const undone = [named, operation.plan?.colors?.of].filter((id) => id !== undefined)
  if (operation.ending?.kind !== 'succeeded') return undone
  const before = (await journal.history(request.service, recent)).filter(
    (one) => one.id !== operation.id && isUndoable(one),
  )
  return [...new Set([...undone, ...before.slice(0, 2).map(({ id }) => id)])]
}
