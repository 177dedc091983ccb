import type { StepRecord } from '../operation/operation'
import type { Instant } from '../time/time'
import { operationSteps } from './operation'
import { recordOf } from './records'

/** When the window opened that an operation waited for: its plan is asked for from then on. 0 where it waited for none. */
export const openedAtOf = (steps: readonly StepRecord[]): Instant =>
  recordOf(steps, operationSteps.windowClosed)?.endedAt ?? 0
