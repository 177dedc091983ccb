import type { NewOperation, OperationId } from '../domain/operation'
import type { Request } from '../domain/request'
import type { Asker, FrontDesk } from './front-desk'
import { newOperationId } from './operation-ids'

export interface Asked {
  readonly request: Request
  readonly why?: string
}

type Sources = Pick<FrontDesk, 'catalogue' | 'clock' | 'journal' | 'wakeups' | 'log'>

/** An id is taken once in millions; three in a row is something else. */
const attempts = 3

/**
 * Records an operation, durably, and wakes it. The same delivery a second time gives the operation of the first.
 * Rejects with StoreUnavailable when it could not be recorded: then nothing was.
 */
export const record = async (
  desk: Sources,
  { request, why }: Asked,
  asker: Pick<Asker, 'person'>,
  delivery: string,
): Promise<{ readonly id: OperationId; readonly created: boolean }> => {
  const operation: Omit<NewOperation, 'id'> = {
    request,
    requester: asker.person,
    channel: desk.catalogue.services.get(request.service)?.channel ?? '',
    createdAt: desk.clock.now(),
    ...(why !== undefined && { why }),
  }
  const recorded = await create(desk, operation, delivery)
  await wake(desk, recorded.id)
  return recorded
}

const create = async (
  { journal }: Pick<FrontDesk, 'journal'>,
  operation: Omit<NewOperation, 'id'>,
  delivery: string,
): ReturnType<FrontDesk['journal']['create']> => {
  for (let attempt = 1; ; attempt++) {
    const id = newOperationId(operation.request.service)
    try {
      return await journal.create({ id, ...operation }, delivery)
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('id is taken')
      if (!taken || attempt === attempts) throw error
    }
  }
}

/** Wakes an operation. That it fails harms nothing: the reconciler wakes what was recorded. */
export const wake = async (
  { wakeups, log }: Pick<FrontDesk, 'wakeups' | 'log'>,
  id: OperationId,
): Promise<void> => {
  try {
    await wakeups.wake(id)
  } catch (error) {
    log.warn({ operation: id, error: String(error) }, 'an operation was recorded but not woken at once')
  }
}
