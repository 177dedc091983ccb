/**
 * A call to AWS that did not give an answer to act on.
 * - `throttled`: AWS did not do it, and it may be retried later;
 * - `ambiguous`: it may or may not have happened (time-out, lost connection, 5xx): observe before asking again;
 * - `refused`: AWS understood and said no; `code` is the wire code.
 */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure'
  constructor(
    readonly kind: 'throttled' | 'ambiguous' | 'refused',
    readonly action: string,
    readonly code: string,
    /** AWS's own words, safe to show once escaped. */
    readonly words: string,
    options?: ErrorOptions,
  ) {
    super(`${action}: ${code}: ${words}`, options)
  }
}

/** The journal, the queue or the locks cannot be read or written now. Nothing may be assumed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/** A newer tick has acquired the lease of this operation: this one must stop at once. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}
