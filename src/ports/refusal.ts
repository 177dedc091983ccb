import type { Result } from '../domain/result'

/**
 * What AWS says no with and is gone on from:
 * - `exists`: a thing of that name (rule, port) is there already: look it up, it may be one's own;
 * - `unknown`: AWS does not know an id that the call names. One that was made seconds ago it may know in a moment;
 * - `in-use`: others still need it, or work at it goes on: later, or after those are gone;
 * - `protected`: deletion protection is on, which a person must take off;
 * - `unauthorized`: the credentials lack the right.
 */
export type RefusalCode = 'exists' | 'unknown' | 'in-use' | 'protected' | 'unauthorized'

export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly code: Code
  /** The wire's own code, e.g. `InvalidGroup.Duplicate`. */
  readonly wireCode: string
  /** AWS's own words, safe to show once escaped. */
  readonly words: string
}

/** What a call gave, or one of the refusals that it may be gone on from; all others throw AwsFailure. */
export type Answer<T, Code extends RefusalCode> = Result<T, Refusal<Code>>
