import { AwsFailure } from '../../../ports/failure'

/**
 * Codes that say "not done, ask again later". EC2 API throttling gives RequestLimitExceeded, Elastic Load Balancing
 * ThrottlingException, Auto Scaling Throttling; ResourceContention is Auto Scaling's word for an update of the same
 * group still under way ("You already have a pending update"), an HTTP 500 that changed nothing. Credentials that ran
 * out (ExpiredToken, RequestExpired) are refused before anything is done, and are renewed by whoever gave them.
 */
const throttlingCodes: ReadonlySet<string> = new Set([
  'EC2ThrottledException',
  'ExpiredToken',
  'ExpiredTokenException',
  'PriorRequestNotComplete',
  'RequestExpired',
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
  const code = text(error.Code) ?? text(error.code) ?? text(error.name) ?? 'Unknown'
  const words = text(error.message) ?? 'no words given'
  const kind = limitWords.test(words) ? 'throttled' : kindOf(error, code, status)
  return new AwsFailure(kind, action, code, words, { cause: thrown })
}

function kindOf(error: Thrown, code: string, status: number | undefined): AwsFailure['kind'] {
  if (throttlingCodes.has(code) || status === 429 || error.$retryable?.throttling === true) return 'throttled'
  if (ambiguousCodes.has(code) || status === 408) return 'ambiguous'
  // Without credentials nothing is signed and nothing is sent.
  if (error.name === 'CredentialsProviderError') return 'refused'
  return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'ambiguous'
}

/**
 * Whether AWS turned the call away for this machine's clock and the SDK has set it right since, so that the very same
 * call may be sent once more: a request with a wrong signature time is never carried out.
 */
export function clockWasSet(thrown: unknown): boolean {
  return (thrown as Thrown | undefined)?.$metadata?.clockSkewCorrected === true
}
