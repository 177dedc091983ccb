import type { Person } from '../domain/access/person'
import type { Catalogue } from '../domain/catalogue/catalogue'
import type { NewOperation } from '../domain/operation/operation'
import type { Request } from '../domain/operation/request'
import type { AtWindow } from '../domain/windows/at-window'
import type { Clock } from '../ports/clock'
import type { Journal } from '../ports/journal'
import type { Log } from '../ports/log'
import type { Wakeups } from '../ports/wakeups'
import { newOperationId } from './operation-ids'
import type { OperationId } from '../domain/operation/id'

export interface OperationRequest {
  readonly request: Request
  readonly why?: string
  readonly atWindow?: AtWindow
}

export interface CreateDeps {
  readonly catalogue: Pick<Catalogue, 'services'>
  readonly clock: Pick<Clock, 'now'>
  readonly journal: Pick<Journal, 'create'>
  readonly wakeups: Pick<Wakeups, 'wake'>
  readonly log: Log
}

/** An id is taken once in millions; three in a row is something else. */
const maxAttempts = 3

/**
 * Records an operation, durably, and wakes it. The same delivery a second time gives the operation of the first.
 * Rejects with StoreUnavailable when it could not be recorded: then nothing was.
 */
export const createOperation = async (
  deps: CreateDeps,
  { request, why, atWindow }: OperationRequest,
  asker: { readonly person: Person },
  delivery: string,
): Promise<{ readonly id: OperationId; readonly created: boolean }> => {
  const operation: Omit<NewOperation, 'id'> = {
    request,
    requester: asker.person,
    channel: deps.catalogue.services.get(request.service)?.channel ?? '',
    createdAt: deps.clock.now(),
    ...(why !== undefined && { why }),
    ...(atWindow && { atWindow }),
  }
  const created = await createWithFreshId(deps, operation, delivery)
  await wake(deps, created.id)
  return created
}

const createWithFreshId = async (
  { journal }: Pick<CreateDeps, 'journal'>,
  operation: Omit<NewOperation, 'id'>,
  delivery: string,
): ReturnType<Journal['create']> => {
  for (let attempt = 1; ; attempt++) {
    const id = newOperationId(operation.request.service)
    try {
      return await journal.create({ id, ...operation }, delivery)
    } catch (error) {
      const isTaken = error instanceof Error && error.message.includes('id is taken')
      if (!isTaken || attempt === maxAttempts) throw error
    }
  }
}

/** Wakes an operation. That it fails harms nothing: the reconciler wakes what was recorded. */
export const wake = async (
  { wakeups, log }: Pick<CreateDeps, 'wakeups' | 'log'>,
  id: OperationId,
): Promise<void> => {
  try {
    await wakeups.wake(id)
  } catch (error) {
    log.warn({ operation: id, error: String(error) }, 'an operation was recorded but not woken at once')
  }
}
