import { AwsFailure } from '../../../ports/failure'
import { strangeAnswer } from './answer-of-aws'

/**
 * Codes that say "not done, ask again later". EC2 API throttling gives RequestLimitExceeded, Elastic Load Balancing
 * ThrottlingException, Auto Scaling Throttling; ResourceContention is Auto Scaling's word for an update of the same
 * group still under way ("You already have a pending update"), an HTTP 500 that changed nothing.
 */
const throttlingCodes: ReadonlySet<string> = new Set([
  'EC2ThrottledException',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ResourceContention',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
])

/**
 * AWS's words for too many calls, under whatever code: Auto Scaling hands on what EC2 or ELB told it as a
 * ValidationError (spinnaker/clouddriver#1187).
 */
const limitWords =
  /\b(request limit exceeded|RequestLimitExceeded|rate exceeded|Throttling(Exception)?|TooManyRequests)\b/i

/** Answers of 4xx after which nobody knows whether the call took effect. */
const ambiguousCodes: ReadonlySet<string> = new Set([
  'RequestTimeout',
  'RequestTimeoutException',
  'TimeoutError',
])

/**
 * Codes by which AWS takes no call at all of whoever asks: credentials that ran out, are unknown or sign wrongly, a clock
 * that is off ("Common errors" of each API reference; the SDK's CLOCK_SKEW_ERROR_CODES). A region that is not enabled says
 * InvalidClientTokenId and UnrecognizedClientException, for it does not know the token. CredentialsProviderError is the
 * SDK's own: nothing was signed, and nothing sent.
 */
const unauthenticatedCodes: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'SubscriptionRequiredException',
  'UnrecognizedClientException',
])

/**
 * Codes that mean it in some words only. EC2 says AuthFailure of a wrong key and in a region that is not enabled, and of one
 * image of somebody else's; OptInRequired of a service that the account has no subscription for, and of one image of the
 * Marketplace (Amazon EC2 API reference, "Error codes").
 */
const unauthenticatedWords: Readonly<Record<string, RegExp>> = {
  AuthFailure: /credentials|signature/i,
  OptInRequired: /subscri(bed to|ption for) (this|the) service/i,
}

interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly code?: unknown
  readonly Code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean }
  readonly $response?: { readonly statusCode?: number }
  readonly $retryable?: { readonly throttling?: boolean }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/**
 * What the SDK threw, as the port says it. The wire's own code is `Code`: `name` is the SDK's shape name, which differs
 * for errors that AWS has modelled (InstanceRefreshInProgress, InstanceRefreshInProgressFault). Network errors carry
 * Node's `code` and no status. What has no status and is no credentials error may have reached AWS: ambiguous.
 */
export function toFailure(action: string, thrown: unknown): AwsFailure {
  if (thrown instanceof AwsFailure) return thrown
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode
  const unread = unreadAnswer(error, status)
  const code = unread?.code ?? text(error.Code) ?? text(error.code) ?? text(error.name) ?? 'Unknown'
  const words = unread?.words ?? text(error.message) ?? 'no words given'
  const kind = limitWords.test(words) ? 'throttled' : kindOf(error, { code, words, status })
  return new AwsFailure(kind, action, code, words, { cause: thrown })
}

/**
 * An answer in which the SDK found no error of AWS's. It calls that `Unknown`, or by its parser's own error (@smithy/core
 * protocols, measured): what people are told is the status instead. Nobody knows whether AWS did what was asked.
 */
function unreadAnswer(
  error: Thrown,
  status: number | undefined,
): { readonly code: string; readonly words: string } | undefined {
  const strange = strangeAnswer(error.$response)
  if (strange !== undefined) return { code: strange, words: 'an answer that is not AWS\u2019s' }
  if (status === undefined || text(error.Code) !== undefined || text(error.code) !== undefined)
    return undefined
  const isParsers = error.name === 'Error' || error.name === 'SyntaxError'
  if (error.name !== 'Unknown' && !isParsers) return undefined
  return { code: `HTTP ${status}`, words: 'an answer without AWS\u2019s words' }
}

interface Said {
  readonly code: string
  readonly words: string
  readonly status: number | undefined
}

function kindOf(error: Thrown, { code, words, status }: Said): AwsFailure['kind'] {
  if (throttlingCodes.has(code) || status === 429 || error.$retryable?.throttling === true) return 'throttled'
  if (unauthenticatedCodes.has(code) || unauthenticatedWords[code]?.test(words)) return 'unauthenticated'
  if (ambiguousCodes.has(code) || status === 408 || code.startsWith('HTTP ')) return 'ambiguous'
  return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'ambiguous'
}

/**
 * Whether AWS turned the call away for this machine's clock and the SDK has set it right since, so that the very same
 * call may be sent once more: a request with a wrong signature time is never carried out.
 */
export function clockWasSet(thrown: unknown): boolean {
  return (thrown as Thrown | undefined)?.$metadata?.clockSkewCorrected === true
}
