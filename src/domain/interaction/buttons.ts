import type { OperationId } from '../operation/id'

/** What a button does. It is the `action_id`; `block_id`s are free. */
export type Verb =
  | 'confirm'
  | 'dismiss'
  | 'approve'
  | 'decline'
  | 'cancel'
  | 'go_back'
  | 'go_on'
  | 'rollback'
  /** The window of a swap: ended now, or kept open longer. */
  | 'finish'
  | 'keep'
  | 'unlock'
  | 'run_command'
  | 'open_form'
  | 'show'
  /** A service was chosen in a form: its versions are to be shown. Carries no value of ours. */
  | 'choose_service'
  /** How often an event repeats was chosen in a form: its fields change. Carries no value of ours. */
  | 'choose_repeats'

/**
 * What a button carries in its `value` (at most 2,000 characters): for buttons of an operation its id and
 * the fingerprint that was on the screen; for `run_command` the line of chat; for `open_form` the command,
 * and the event that is changed.
 */
export interface ButtonValue {
  readonly operation?: OperationId
  readonly fingerprint?: string
  readonly service?: string
  readonly line?: string
  readonly form?: string
  /** Until when a window is open, as it was on the screen: milliseconds since the epoch. */
  readonly until?: string
  readonly event?: string
  /** When the lock was set that is shown: milliseconds since the epoch. */
  readonly since?: string
  /** How often somebody had asked to cancel by then: which of an operation's questions an answer is for. */
  readonly asked?: string
}

/** Packs a button's value. */
export const packButton = (value: ButtonValue): string => JSON.stringify(value)

/** Reads a button's value; fields that are no text are left out, and what is not ours gives nothing. */
export const readButton = (packed: string): ButtonValue => {
  try {
    const value: unknown = JSON.parse(packed)
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field === 'string'))
  } catch {
    return {}
  }
}
