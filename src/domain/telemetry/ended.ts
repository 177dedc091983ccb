import { isReadOnly } from '../procedures'
import type { Ending, Operation } from '../operation/operation'
import { traceIdOf } from './trace'

/** An operation's ending, as other systems are told of it: ids and words of ours, no sentences and nobody's name. */
export interface Ended {
  readonly operation: string
  readonly service: string
  readonly procedure: string
  readonly version?: string
  readonly ending: Ending['kind']
  /** The code of the reason, where it did not succeed. */
  readonly reason?: string
  /** In ISO 8601. */
  readonly startedAt: string
  readonly endedAt: string
  /** Of OpenTelemetry. */
  readonly trace: string
}

/** What is told of an ended operation; undefined of one that only looked, or never began, for it changed nothing. */
export const endedOf = (operation: Operation, ending: Ending): Ended | undefined => {
  const { id, request, startedAt } = operation
  if (startedAt === undefined || isReadOnly(request)) return undefined
  return {
    operation: id,
    service: request.service,
    procedure: request.procedure,
    ...('version' in request && request.version !== undefined && { version: request.version }),
    ending: ending.kind,
    ...(ending.reason && { reason: ending.reason.code }),
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(ending.at).toISOString(),
    trace: traceIdOf(id),
  }
}
