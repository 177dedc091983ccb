import { type Swapped, swappedBy, windowId } from '../../domain/blue-green/window'
import type { Operation } from '../../domain/operation/operation'
import { isRollcall } from '../../domain/access/person'
import { previousOf } from '../../domain/fleet/previous'
import { minute, type Milliseconds, second } from '../../domain/time/time'
import type { OperationFacts, RollbackOffer, WindowFacts } from '../../messages/operation/facts'
import type { Timers } from '../../ports/timers'
import type { Journal } from '../../ports/journal'
import { goesForward } from '../../domain/procedures'

// What the message of a swap, and of the end of its window, tells besides the operation itself.

/** So long it takes a color that stands by to register again and pass one check. */
const warmRollbackTime: Milliseconds = minute
/** A color that runs on at weight 0 takes the traffic with one call. */
const weightRollbackTime: Milliseconds = 10 * second

/** Two colors: warm while the old one stands by, else the old version comes up anew. */
export const blueGreenRollbackOffer = (
  operation: Operation,
  { before, from, version }: Swapped,
  window: WindowFacts | undefined,
): RollbackOffer | undefined => {
  if (window)
    return {
      to: before ?? from,
      expected: operation.plan?.colors?.weights ? weightRollbackTime : warmRollbackTime,
    }
  if (!goesForward(operation.request) || before === undefined || before === version) return undefined
  const tasks = (operation.plan?.tasks ?? []).filter(({ name }) => name !== 'image' && name !== 'standby')
  return { to: before, expected: tasks.reduce((sum, task) => sum + task.expected, 0) }
}

/** Whether an ended operation can be gone back from. */
export const isUndoable = (operation: Operation): boolean =>
  previousOf(operation) !== undefined || swappedBy(operation) !== undefined

/** The end of this swap's window, where it is under way. */
export const windowEndingOf = async (
  journal: Pick<Journal, 'queue' | 'read'>,
  operation: Operation,
): Promise<OperationFacts['windowEnding']> => {
  if (swappedBy(operation) === undefined) return undefined
  for (const id of await journal.queue(operation.request.service)) {
    const one = await journal.read(id)
    const ends = one?.request.procedure === 'finish' && one.plan?.colors?.of === operation.id
    if (one !== undefined && ends && one.startedAt !== undefined) {
      return { operation: id, by: one.requester.user }
    }
  }
  return undefined
}

/** When the end of a window that came to nothing is tried again. */
export const windowRetryAt = async (
  { timers }: { readonly timers: Pick<Timers, 'of'> },
  operation: Operation,
): Promise<number | undefined> => {
  const { request, ending } = operation
  if (request.procedure !== 'finish' || ending === undefined || ending.kind === 'succeeded') return undefined
  const [next] = (await timers.of(request.service)).filter(({ id }) => id === windowId(request.service))
  return next !== undefined && next.at > ending.at ? next.at : undefined
}

/** Whom an operation that started by itself concerns: who asked for what it follows from. */
export const causedByOf = async (
  journal: Pick<Journal, 'read'>,
  { request, requester }: Operation,
): Promise<string | undefined> => {
  const follows = request.procedure === 'finish' || request.procedure === 'rollback'
  if (!follows || request.operation === undefined) return undefined
  if (!isRollcall(requester)) return undefined
  return (await journal.read(request.operation))?.requester.user
}
