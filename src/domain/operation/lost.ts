import type { Instant } from '../time/time'
import type { OperationId } from './id'

/** Ended operations that the store keeps of each service. */
export const keptOperations = 200

/** One thing in AWS that says which operation made it. */
export interface Trace {
  readonly operation: OperationId
  readonly kind: 'image' | 'version' | 'resource'
  /** As people know it: `Web Server v2 (ami-…)`, `Web 4`. */
  readonly name: string
  /** When it was made, where AWS tells it. */
  readonly at?: Instant
}

/**
 * The traces that the store should know the operations of, by operation: those of what it has dropped of its own accord,
 * as older than all that it keeps, are left out. `kept`: the ended operations of the service that it has.
 */
export const tracesToKnow = (
  traces: readonly Trace[],
  kept: readonly { readonly id: OperationId; readonly createdAt: Instant }[],
): ReadonlyMap<OperationId, readonly Trace[]> => {
  const ids = new Set(kept.map(({ id }) => id))
  const since = kept.length < keptOperations ? undefined : Math.min(...kept.map((one) => one.createdAt))
  const unknown = traces.filter(
    ({ operation, at }) => !ids.has(operation) && (since === undefined || (at ?? 0) > since),
  )
  const found = new Map<OperationId, readonly Trace[]>()
  for (const trace of unknown) found.set(trace.operation, [...(found.get(trace.operation) ?? []), trace])
  return found
}
