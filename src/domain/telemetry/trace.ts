import { createHash } from 'node:crypto'
import type { Ending, Operation, StepRecord } from '../operation/operation'
import type { OperationId } from '../operation/id'
import { ownKey } from '../steps/key'
import type { Instant } from '../time/time'

/*
 * An operation as a trace, by OpenTelemetry's semantic conventions for CI/CD (1.44: "Semantic conventions for CICD spans").
 * It is made of the journal, at the ending: nothing is held open while the operation waits, a crash loses no part of it,
 * and made again it is the same, for its ids come of the operation's.
 */

export interface Span {
  readonly id: string
  /** The span that it is part of; absent for the operation itself. */
  readonly parent?: string
  readonly name: string
  readonly kind: 'server' | 'internal'
  readonly from: Instant
  readonly to: Instant
  readonly failed: boolean
  readonly attributes: Readonly<Record<string, string>>
}

export interface Trace {
  readonly id: string
  /** The operation first. */
  readonly spans: readonly Span[]
}

/** What an operation came to, in the convention's words. */
type Result = 'success' | 'failure' | 'error' | 'timeout' | 'cancellation' | 'skip'

const hashed = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits)

/** The trace of an operation: the first 16 bytes of the SHA-256 of its id. */
export const traceIdOf = (id: OperationId): string => hashed(id, 32)
const spanIdOf = (id: OperationId, key: string): string => hashed(`${id} ${key}`, 16)

const resultOf = ({ kind, reason }: Ending): Result => {
  if (kind === 'succeeded') return 'success'
  if (kind === 'cancelled') return 'cancellation'
  if (kind === 'refused') return 'skip'
  if (reason?.code === 'worker_surprise') return 'error'
  return reason?.code === 'timed_out' || reason?.code === 'aws_unanswered' ? 'timeout' : 'failure'
}

/** The operation, and each of its steps, of one that has ended. */
export const traceOf = (operation: Operation, ending: Ending): Trace => {
  const { id, request, createdAt, steps } = operation
  const result = resultOf(ending)
  const failed = result === 'failure' || result === 'error' || result === 'timeout'
  const version = 'version' in request ? request.version : undefined
  const root: Span = {
    id: spanIdOf(id, ''),
    name: `RUN ${request.procedure} ${request.service}`,
    kind: 'server',
    from: createdAt,
    to: ending.at,
    failed,
    attributes: {
      'cicd.pipeline.name': `${request.procedure} ${request.service}`,
      'cicd.pipeline.action.name': 'RUN',
      'cicd.pipeline.run.id': id,
      'cicd.pipeline.result': result,
      ...(failed && { 'error.type': ending.reason?.code ?? ending.kind }),
      'rollcall.service': request.service,
      'rollcall.procedure': request.procedure,
      'rollcall.ending': ending.kind,
      ...(version !== undefined && { 'rollcall.version': version }),
    },
  }
  return { id: traceIdOf(id), spans: [root, ...steps.map((step) => spanOfStep(id, root, step, ending))] }
}

/** A step that the ending left open was cut off there. */
const spanOfStep = (id: OperationId, root: Span, step: StepRecord, ending: Ending): Span => {
  const failed = step.state === 'failed'
  const cutOff = step.state === 'waiting' || step.state === 'intended'
  return {
    id: spanIdOf(id, step.key),
    parent: root.id,
    name: step.key,
    kind: 'internal',
    from: step.startedAt,
    to: Math.max(step.startedAt, step.endedAt ?? ending.at),
    failed,
    attributes: {
      'cicd.pipeline.task.name': ownKey(step.key),
      'cicd.pipeline.task.run.id': `${id}/${step.key}`,
      'cicd.pipeline.task.run.result': failed ? 'failure' : cutOff ? 'cancellation' : 'success',
      ...(step.failure && { 'error.type': step.failure.code }),
    },
  }
}
