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
