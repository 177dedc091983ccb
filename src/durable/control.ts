import type { Reason } from '../domain/reasons/reason'
import type { Instant } from '../domain/time/time'

/*
 * How a run leaves the middle of a procedure. Thrown by the engine and caught by the engine: a procedure
 * neither throws nor catches them.
 */

/** The tick is over: the operation waits, and its slot is given back. */
export class Suspended extends Error {
  override readonly name = 'Suspended'
  constructor(
    /** When to look again. */
    readonly until: Instant,
  ) {
    super('suspended')
  }
}

/** A step or wait failed, or a person asked to go back: what was done is undone, newest first. */
export class Unwinding extends Error {
  override readonly name = 'Unwinding'
  constructor(readonly reason: Reason) {
    super(`unwinding: ${reason.code}`)
  }
}
