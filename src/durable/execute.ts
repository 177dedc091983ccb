import { type Reason, reason } from '../domain/reasons/reason'
import type { Instant } from '../domain/time/time'
import type { Clock } from '../ports/clock'
import type { HearChanges } from '../ports/hear-changes'
import type { OperationHints } from '../ports/hints'
import { isQuestionOnWayBack } from '../domain/steps/key'
import { Suspended, Unwinding } from './control'
import { createRun } from './engine'
import type { Recorder } from './recorder'
import type { Replay } from './replay'
import type { Run } from './run'

/** Where a tick of a procedure came to. */
export type Executed =
  | { readonly kind: 'suspended'; readonly until: Instant }
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'failed'
      readonly reason: Reason
      /** Whether there was anything to undo when it failed. */
      readonly changed: boolean
      /** What could not be undone, each as `way_back_failed`; empty when all is as it was. */
      readonly left: readonly Reason[]
      /** Whether the failure came after `commit`, so that nothing was undone on purpose. */
      readonly committed: boolean
    }

/**
 * Runs a procedure from its top until it waits or ends; on a failure undoes what was done, newest first.
 * Undoing goes on with the next when one fails: each thing put back is one less for a person to put back.
 */
export const execute = async (
  recorder: Recorder,
  clock: Clock,
  procedure: (run: Run) => Promise<void>,
  { hints, hearChanges }: { readonly hints?: OperationHints; readonly hearChanges?: HearChanges } = {},
): Promise<Executed> => {
  const replay: Replay = {
    recorder,
    clock,
    ...(hints && { hints }),
    ...(hearChanges && { hearChanges }),
    undos: [],
    committed: false,
    interrupted: false,
    returning: false,
  }
  try {
    await procedure(createRun(replay))
    return { kind: 'succeeded' }
  } catch (thrown) {
    if (thrown instanceof Suspended) return { kind: 'suspended', until: thrown.until }
    if (thrown instanceof Unwinding) return unwind(replay, thrown.reason)
    throw thrown
  }
}

const unwind = async (replay: Replay, why: Reason): Promise<Executed> => {
  const changed = replay.undos.length > 0
  // While a person is asked on the way back, it is held.
  const asks = replay.recorder.all().some(({ key, state }) => isQuestionOnWayBack(key) && state === 'waiting')
  if (changed && !asks) await replay.recorder.enter('returning')
  replay.returning = true
  const run = createRun(replay, true)
  const left: Reason[] = []
  for (const undo of replay.undos.toReversed()) {
    try {
      await undo.back(run, why)
    } catch (thrown) {
      if (thrown instanceof Suspended) return { kind: 'suspended', until: thrown.until }
      if (!(thrown instanceof Unwinding)) throw thrown
      left.push(
        reason('way_back_failed', {
          what: undo.what,
          code: thrown.reason.code,
          aws: awsMessageOf(thrown.reason),
        }),
      )
    }
  }
  return { kind: 'failed', reason: why, changed, left, committed: replay.committed }
}

/** What AWS itself said, where a reason has it. */
const awsMessageOf = (why: Reason): string | undefined => {
  const aws = why.facts['aws']
  return typeof aws === 'string' ? aws : undefined
}
