import type { Operation, Signal } from '../../domain/operation/operation'

/** The word that asked to cancel, as long as nobody said to go on after it: the stop is still to come. */
export function openCancel(operation: Pick<Operation, 'signals'>): Signal | undefined {
  const last = operation.signals.findLast(({ kind }) => kind === 'cancel' || kind === 'go on')
  return last?.kind === 'cancel' ? last : undefined
}
