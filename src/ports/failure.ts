/**
 * A call to AWS that did not give an answer to act on.
 * - `throttled`: AWS did not do it, and it may be retried later;
 * - `ambiguous`: it may or may not have happened (time-out, lost connection, 5xx): observe before asking again;
 * - `unauthenticated`: AWS takes no call of whoever asks, whatever it is (credentials, a clock, a region or service that is
 *   off), and did nothing: it says nothing of what was asked;
 * - `refused`: AWS understood and said no; `code` is the wire code.
 */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure'
  constructor(
    readonly kind: 'throttled' | 'ambiguous' | 'unauthenticated' | 'refused',
    readonly action: string,
    /** The wire's code; `HTTP 502` where the answer has none, `HTTP 200 text/html` where it is not AWS's, Node's or the SDK's own without one. */
    readonly code: string,
    /** AWS's own words, safe to show once escaped. */
    readonly words: string,
    options?: ErrorOptions,
  ) {
    super(`${action}: ${code}: ${words}`, options)
  }
}

/** Auto Scaling says so where a right is missing (its API reference, "Common errors"). */
const denials = /^(AccessDenied|NotAuthorized|Unauthorized)/

export const isDenied = (failure: unknown): boolean =>
  failure instanceof AwsFailure && denials.test(failure.code)

/** The journal, the queue or the locks cannot be read or written now. Nothing may be assumed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/**
 * A record that is there but cannot be understood: damaged, or written by a newer version. It is never to be taken for one
 * that is not there, nor may it stop what has nothing to do with it.
 */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord'
  constructor(
    /** As people are told of it: `operation web-k7f3q`. */
    readonly record: string,
    options?: ErrorOptions,
  ) {
    super(`${record} cannot be read`, options)
  }
}

/** A newer tick has acquired the lease of this operation: this one must stop at once. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}
