import type { ApprovalFacts } from '../access/approval'
import type { StepRecord } from '../operation/operation'
import type { Wait } from '../access/verdict'
import { operationSteps } from './operation'
import { recordOf } from './records'

/** The step that says that somebody's word on a plan is awaited. */
export const awaitedSteps = {
  confirmation: operationSteps.confirmationAwaited,
  approval: operationSteps.approvalAwaited,
} as const satisfies { readonly [word in Exclude<Wait['for'], 'window'>]: unknown }

/** Whether a record is of a word on this plan. */
export const isOnPlan = (record: StepRecord | undefined, fingerprint: string): record is StepRecord => {
  const choice = record?.choice
  return (
    typeof choice === 'object' &&
    choice !== null &&
    'fingerprint' in choice &&
    choice.fingerprint === fingerprint
  )
}

/** Whether nothing has been said since a word that is awaited was looked for last. */
export const isSilentSince = ({ choice }: StepRecord, said: number): boolean =>
  typeof choice === 'object' && choice !== null && 'signals' in choice && choice.signals === said

/**
 * What the time for an answer to this plan leaves out: consent expires by the clock, and whoever could not answer since
 * nobody was there to hear has the rest of the time afterwards. Approvers have theirs from when they were asked.
 */
export const hearingOf = (
  steps: readonly StepRecord[],
  fingerprint: string,
): Pick<ApprovalFacts, 'unheard' | 'askedAt'> => {
  const confirmation = recordOf(steps, awaitedSteps.confirmation)
  const approval = recordOf(steps, awaitedSteps.approval)
  return {
    ...(isOnPlan(confirmation, fingerprint) && { unheard: confirmation.unobserved ?? 0 }),
    ...(isOnPlan(approval, fingerprint) && { askedAt: approval.startedAt + (approval.unobserved ?? 0) }),
  }
}
