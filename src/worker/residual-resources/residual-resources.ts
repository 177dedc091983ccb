import type { Ending, Operation } from '../../domain/operation/operation'
import { canBeUndone } from '../../domain/procedures'
import { type Reason, reason } from '../../domain/reasons/reason'
import { readRecords } from '../../domain/steps/records'
import type { Executed } from '../../durable/execute'
import type { Recorder } from '../../durable/recorder'
import { leftIn } from './by-effect'

type FailedExecution = Extract<Executed, { kind: 'failed' }>

/** Which of the endings a failed procedure comes to. `left` is what it leaves in AWS. */
export const endingKind = (
  operation: Operation,
  failed: FailedExecution,
  residues: readonly Reason[],
): Ending['kind'] => {
  if (failed.committed || failed.left.length > 0) return 'needs attention'
  // What a build made is removed, or kept because a person said so: nothing that was there before has changed.
  if (residues.some(({ code }) => code === 'left_resource')) return 'failed clean'
  // What is deleted by half is not clean, unless a person stopped it there.
  const isPartial = !canBeUndone(operation.request) && residues.length > 0
  if (isPartial && failed.reason.code !== 'cancelled_by_person') return 'needs attention'
  if (failed.reason.code === 'cancelled_by_person') return 'cancelled'
  return failed.changed ? 'rolled back' : 'failed clean'
}

/** What a failed operation leaves in AWS: what it made and did not take back, and what could not be undone. */
export const residualResources = (recorder: Recorder, failed: FailedExecution): readonly Reason[] => {
  const steps = recorder.all()
  const stopped = {
    operation: { ...recorder.operation, steps },
    records: readRecords(steps),
    interrupted: false,
    restored: failed.left.length === 0,
    fleetRestored: !failed.left.some(({ facts }) => facts['what'] === 'fleet' || facts['what'] === 'colors'),
    committed: failed.committed,
    because: failed.reason.code,
  }
  return [...failed.left, ...leftIn(stopped)]
}

/** What an operation leaves that stops in its middle with nothing put back. */
export const interruptedResources = (recorder: Recorder): readonly Reason[] => {
  const steps = recorder.all()
  const { operation, phase } = recorder
  const stopped = {
    operation: { ...operation, steps },
    records: readRecords(steps),
    interrupted: true,
    restored: false,
    fleetRestored: false,
    committed: phase === 'finishing',
  }
  return [reason('left_midway', { operation: operation.id }), ...leftIn(stopped)]
}
