/**
 * Where an operation stands. The order is the usual one; `held` and `returning` come only when needed. One that is
 * `finishing` has passed: nothing is undone any more, and it is too late to cancel.
 */
export type Phase =
  | 'planning'
  | 'confirming'
  | 'approving'
  | 'queued'
  | 'running'
  | 'held'
  | 'finishing'
  | 'returning'
  | 'ended'

export type EndingKind =
  | 'succeeded'
  | 'rolled back'
  | 'failed clean'
  | 'needs attention'
  | 'refused'
  | 'cancelled'
