import { stepsOf } from './step'

const plan = stepsOf('plan')
const unexpected = stepsOf('surprise')
const hold = stepsOf('hold')

/** What an operation writes down for itself, before its runbook begins and beside it. */
export const operationSteps = {
  /** A plan that was shown. */
  planShown: plan.record.per(['fingerprint'], '', { visible: false }),
  /** AWS does not answer, so that there is no plan yet. */
  planUnanswered: plan.wait('unanswered', { visible: false }),
  /** A window is closed, until which it was asked to wait. */
  windowClosed: plan.wait('window', { visible: false }),
  /** The requester's word on a plan is awaited. */
  confirmationAwaited: plan.wait('confirmation', { visible: false }),
  /** The approval of a plan is awaited. */
  approvalAwaited: plan.wait('approval', { visible: false }),
  /** Half of the time for an approval of a plan is over: whoever has not answered is called once more. */
  approvalReminded: plan.record.per(['fingerprint'], 'reminded', { visible: false }),
  /** What let it through the gates, as it began: the rule, who agreed, the window that was overridden. */
  passed: plan.record('passed', { visible: false }),
  /** Unexpected errors in a row. */
  unexpectedErrors: unexpected.record('count', { visible: false }),
  /** A pause at a safe point, because a person asked to cancel. */
  pausedAtSafePoint: hold.pause.per(['round'], ''),
}
