import { pause, record, wait } from './step'

/** What an operation writes down for itself, before its runbook begins and beside it. */
export const operationSteps = {
  /** A plan that was shown. */
  planShown: record.per(['fingerprint'], { task: 'plan', name: '', visible: false }),
  /** AWS does not answer, so that there is no plan yet. */
  planUnanswered: wait({ task: 'plan', name: 'unanswered', visible: false }),
  /** A window is closed, until which it was asked to wait. */
  windowClosed: wait({ task: 'plan', name: 'window', visible: false }),
  /** Half of the time for an approval of a plan is over: whoever has not answered is called once more. */
  approvalReminded: record.per(['fingerprint'], { task: 'plan', name: 'reminded', visible: false }),
  /** Unexpected errors in a row. */
  unexpectedErrors: record({ task: 'surprise', name: 'count', visible: false }),
  /** A pause at a safe point, because a person asked to cancel. */
  pausedAtSafePoint: pause.per(['round'], { task: 'hold', name: '' }),
}
