import { goesForward, type Swapped, swappedBy, windowId } from '../domain/colors/window'
import type { Operation } from '../domain/operation'
import { isRollcall } from '../domain/person'
import { previousOf } from '../domain/planning/previous'
import { minute, type Milliseconds, second } from '../domain/time'
import type { OperationFacts, RollbackOffer, WindowFacts } from '../messages/facts'
import type { Appointments } from '../ports/appointments'
import type { Journal } from '../ports/journal'

// What the message of a swap, and of the end of its window, tells besides the operation itself.

/** So long it takes a color that stands by to register again and pass one check. */
const warm: Milliseconds = minute
/** A color that runs on at weight 0 takes the traffic with one call. */
const atOnce: Milliseconds = 10 * second

/** Two colors: warm while the old one stands by, else the old version comes up anew. */
export const offerOfColors = (
  operation: Operation,
  { before, from, version }: Swapped,
  window: WindowFacts | undefined,
): RollbackOffer | undefined => {
  if (window) return { to: before ?? from, expected: operation.plan?.colors?.weights ? atOnce : warm }
  if (!goesForward(operation) || before === undefined || before === version) return undefined
  const tasks = (operation.plan?.tasks ?? []).filter(({ name }) => name !== 'image' && name !== 'standby')
  return { to: before, expected: tasks.reduce((sum, task) => sum + task.expected, 0) }
}

/** Whether an ended operation can be gone back from. */
export const isUndoable = (operation: Operation): boolean =>
  previousOf(operation) !== undefined || swappedBy(operation) !== undefined

/** The end of this swap's window, where it is under way. */
export const finishingOf = async (
  journal: Pick<Journal, 'line' | 'read'>,
  operation: Operation,
): Promise<OperationFacts['finishing']> => {
  if (swappedBy(operation) === undefined) return undefined
  for (const id of await journal.line(operation.request.service)) {
    const one = await journal.read(id)
    const ends = one?.request.procedure === 'finish' && one.plan?.colors?.of === operation.id
    if (one !== undefined && ends && one.startedAt !== undefined) {
      return { operation: id, by: one.requester.user }
    }
  }
  return undefined
}

/** When the end of a window that came to nothing is tried again. */
export const againOf = async (
  { appointments }: { readonly appointments: Pick<Appointments, 'of'> },
  operation: Operation,
): Promise<number | undefined> => {
  const { request, ending } = operation
  if (request.procedure !== 'finish' || ending === undefined || ending.kind === 'succeeded') return undefined
  const [next] = (await appointments.of(request.service)).filter(({ id }) => id === windowId(request.service))
  return next !== undefined && next.at > ending.at ? next.at : undefined
}

/** Whom an operation that started by itself concerns: who asked for what it follows from. */
export const concernsOf = async (
  journal: Pick<Journal, 'read'>,
  { request, requester }: Operation,
): Promise<string | undefined> => {
  if (request.procedure !== 'finish' || request.operation === undefined) return undefined
  if (!isRollcall(requester)) return undefined
  return (await journal.read(request.operation))?.requester.user
}
