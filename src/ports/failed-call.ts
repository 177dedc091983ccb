import type { Unanswered } from '../domain/operation/operation'
import { type Reason, reason } from '../domain/reasons/reason'
import { type Milliseconds, second } from '../domain/time/time'
import type { AwsFailure } from './failure'

/** So long people are not told of a call that AWS does not answer: most answer at the next try. */
export const tellAfter: Milliseconds = 20 * second

/** Codes beside which the words are not AWS's: of an answer without any, of Node, of the SDK. */
const notOfAws = /^(HTTP |E[A-Z_]+$|UND_|TimeoutError$|AbortError$|CredentialsProviderError$)/

/** What is known of a call that AWS does not answer. */
export const callOf = ({
  action,
  code,
  words,
}: AwsFailure): Pick<Unanswered, 'action' | 'awsCode' | 'aws'> => ({
  action,
  awsCode: code,
  ...(!notOfAws.test(code) && { aws: words }),
})

/** Why something is given up, or not known, for which AWS gave no answer for so long. */
export const unansweredReason = (failure: AwsFailure, after?: Milliseconds): Reason =>
  reason('aws_unanswered', { ...callOf(failure), after })

/** What a call that AWS refused comes to. */
export const refusedReason = ({ action, code, words }: AwsFailure): Reason =>
  reason('aws_refused', { action, awsCode: code, aws: words })

/** A failed call in words: whether AWS said no, or said nothing. */
export const failedCallReason = (failure: AwsFailure): Reason =>
  failure.kind === 'refused' ? refusedReason(failure) : unansweredReason(failure)
