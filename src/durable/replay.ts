import type { StepRecord } from '../domain/operation/operation'
import type { Reason } from '../domain/reasons/reason'
import type { Clock } from '../ports/clock'
import type { HearChanges } from '../ports/hear-changes'
import type { OperationHints } from '../ports/hints'
import { Unwinding } from './control'
import type { Recorder } from './recorder'
import type { Run } from './run'

/** What is undone when the procedure fails from here on. */
interface Undo {
  readonly what: string
  readonly back: (run: Run, why: Reason) => Promise<void>
}

/** State of one replay that the runs of its scopes share. */
export interface Replay {
  readonly recorder: Recorder
  readonly clock: Clock
  /** What is heard of AWS's events, where a queue of them is named. */
  readonly hints?: OperationHints
  /** Tells of the calls that change something in AWS. */
  readonly hearChanges?: HearChanges
  readonly undos: Undo[]
  /** Too late to cancel. */
  committed: boolean
  /** A cancel was handed to the procedure, which has not held yet. */
  interrupted: boolean
  /** The way back has begun: a cancel means nothing any more. */
  returning: boolean
}

/** Records a failure under its key, and begins the way back. */
export const failStepWith =
  ({ recorder, clock }: Replay) =>
  async (record: Omit<StepRecord, 'order'>, why: Reason): Promise<never> => {
    await recorder.put({ ...record, state: 'failed', failure: why, endedAt: clock.now() })
    throw new Unwinding(why)
  }
