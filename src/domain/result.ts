import type { Reason } from './reasons/reason'

/** A value, or why there is none: mostly a reason that a person is told. */
export type Result<T, Why = Reason> = { readonly ok: true; readonly value: T } | Failure<Why>

export interface Failure<Why = Reason> {
  readonly ok: false
  readonly reason: Why
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export const failure = <Why>(reason: Why): Failure<Why> => ({ ok: false, reason })
